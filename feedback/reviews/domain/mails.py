"""The mails about a review: written late, from the state of things at the minute of sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cop_platform.common.times import say_day, to_wall
from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from feedback.reviews.domain import answers, escalation, identity, notices, phases
from feedback.reviews.models import Assignment, Draft, ReviewRound

_DESK_BUTTON = mail_words.button(
    gettext_lazy("the button that opens the review desk"), "desk_button"
)
KNOWN = (
    NAME,
    TITLE,
    Placeholder("number", gettext_lazy("the number of the version")),
    Placeholder("language", gettext_lazy("the language of the version")),
    Placeholder("due", gettext_lazy("the day the review is due")),
    Placeholder("criteria", gettext_lazy("how many criteria there are")),
    Placeholder("done", gettext_lazy("a sentence: how many criteria are done")),
    mail_words.block("instruction", gettext_lazy("what to look at, in the coordinator's words")),
    _DESK_BUTTON,
)
ASSIGNMENT_WORDS = Words(
    subject=pgettext_lazy("mail", "Please review “{title}” v{number} by {due}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "You are asked to review this material:"),
        "{title}",
        pgettext_lazy("mail", "Version {number}, {language}\nPlease send it by {due}."),
        "{instruction}",
        "{desk_button}",
        pgettext_lazy(
            "mail",
            "There are {criteria} criteria. Everything you type is saved as you go, and your name "
            "is not shown beside your review.",
        ),
    ),
    placeholders=KNOWN,
)
REMINDER_WORDS = Words(
    subject=pgettext_lazy("mail", "Reminder: your review of “{title}” v{number}, due {due}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "Your review of “{title}”, version {number}, is due on {due}."),
        "{done}",
        "{desk_button}",
    ),
    placeholders=KNOWN,
)
OVERDUE_WORDS = Words(
    subject=pgettext_lazy("mail", "Your review of “{title}” v{number} was due {due}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "Your review of “{title}”, version {number}, was due on {due}. It still counts while "
            "the round is open.",
        ),
        "{done}",
        "{desk_button}",
    ),
    placeholders=KNOWN,
)
_OF_MATERIAL = (
    NAME,
    TITLE,
    Placeholder("number", gettext_lazy("the number of the version")),
)
RELEASED_WORDS = Words(
    subject=pgettext_lazy("mail", "No need to hurry: “{title}” v{number}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "Somebody else reviews “{title}”, version {number}, in your place, and you will be "
            "reminded no more. Thank you for having been ready. If you have written yours already, "
            "you may still send it while the round is open.",
        ),
        "{desk_button}",
    ),
    placeholders=KNOWN,
)
ESCALATION_WORDS = Words(
    subject=pgettext_lazy("mail", "One review of “{title}” is a week late"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "One review of “{title}”, version {number}, has been due for a week. Somebody else "
            "could take it over: the page shows who fits, and why.",
        ),
        "{substitute_button}",
    ),
    placeholders=(
        *_OF_MATERIAL,
        mail_words.button(
            gettext_lazy("the button that shows who could take it over"), "substitute_button"
        ),
    ),
)


@dataclass(frozen=True)
class Task:
    """What a mail is about, found from the round and the reader."""

    assignment: Assignment
    done: int
    total: int


def load(message: Message) -> Task | None:
    """The reader's own assignment in the round the message names."""
    assignment = identity.assignment_of(round_id=message.object_id, person=message.person)
    if assignment is None:
        return None
    criteria = list(assignment.round.rubric.criteria.all())
    draft = Draft.objects.filter(assignment=assignment).first()
    done = answers.count_done(draft.answers if draft else {}, criteria)
    return Task(assignment, done, len(answers.counted(criteria)))


def _is_waited_for(_message: Message, task: Task, _at: datetime) -> bool:
    waits = task.assignment.submitted_on is None and task.assignment.declined_on is None
    return waits and phases.takes_reviews(task.assignment.round)


def _is_reminded(message: Message, task: Task, at: datetime) -> bool:
    assignment = task.assignment
    due_on = assignment.due_on
    days = message.payload.get("days", max(notices.LADDER))
    newest = message.payload.get("due_on") in {None, due_on.isoformat()}
    if not newest or notices.is_overtaken(due_on, days, message.person.zone, at):
        return False
    return assignment.released_on is None and _is_waited_for(message, task, at)


def _is_released(_message: Message, task: Task, _at: datetime) -> bool:
    return task.assignment.released_on is not None and task.assignment.submitted_on is None


def _write(kind: str, message: Message, task: Task) -> Mail:
    assignment = task.assignment
    version = assignment.round.version
    desk = path("review_desk", assignment.pk)
    said = {"done": task.done, "total": task.total}
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": version.material.title,
        "number": str(version.number),
        "language": version.get_language_display(),
        "due": say_day(assignment.due_on),
        "criteria": str(task.total),
        "done": pgettext("mail", "%(done)d of %(total)d criteria are done.") % said,
        "instruction": mail_blocks.quote(assignment.round.instruction),
        "desk_button": mail_blocks.button(
            settings.BASE_URL + desk, pgettext("mail", "Open the review desk")
        ),
    }
    return write(kind, values, link=desk)


def _ask(message: Message, task: Task, _at: datetime) -> Mail:
    return _write(notices.ASSIGNMENT, message, task)


def _remind(message: Message, task: Task, at: datetime) -> Mail:
    is_late = task.assignment.due_on < to_wall(at, message.zone).date()
    return _write(notices.OVERDUE if is_late else notices.REMINDER, message, task)


def _thank(message: Message, task: Task, _at: datetime) -> Mail:
    return _write(notices.RELEASED, message, task)


def _rounds() -> QuerySet[ReviewRound]:
    found: QuerySet[ReviewRound] = ReviewRound.objects.with_version()
    return found


def _is_escalated(message: Message, review_round: ReviewRound, at: datetime) -> bool:
    """The review named in the key is still late. The key is read back: no other field holds it."""
    assignment = int(message.key.split(":")[1])
    late = Assignment.objects.late(at.date() - escalation.LATE_AFTER)
    return late.filter(pk=assignment, round=review_round).exists()


def _escalate(message: Message, review_round: ReviewRound, _at: datetime) -> Mail:
    version = review_round.version
    page = path("round_substitute", review_round.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": version.material.title,
        "number": str(version.number),
        "substitute_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Ask somebody else")
        ),
    }
    return write(notices.ESCALATION, values, link=page)


def example(user: User, _at: datetime) -> Example | None:
    """The newest round, with the user as a reviewer: nothing here tells who a real one is."""
    rounds = ReviewRound.objects.visible_to(user).with_version().select_related("rubric")
    newest = rounds.open_first().first()
    if newest is None:
        return None
    total = newest.rubric.criteria.count()
    assignment = Assignment(pk=0, round=newest, due_on=newest.due_on)
    return Example(Task(assignment, total // 2, total), {}, newest.version.material.title)


def _example_round(user: User, _at: datetime) -> Example | None:
    """The newest round that the user sees."""
    newest = ReviewRound.objects.visible_to(user).with_version().open_first().first()
    return Example(newest, {}, newest.version.material.title) if newest else None


# A late reminder is a reminder in other words, which have a name of their own to be edited by.
KINDS = (
    MessageKind(
        name=notices.ASSIGNMENT,
        label=gettext_lazy("Request to review"),
        load=message_kinds.one_by_one(load),
        still_true=_is_waited_for,
        render=_ask,
        topic=Topic.REVIEWS,
        words=ASSIGNMENT_WORDS,
        example=example,
    ),
    MessageKind(
        name=notices.REMINDER,
        label=gettext_lazy("Reminder of a review"),
        load=message_kinds.one_by_one(load),
        still_true=_is_reminded,
        render=_remind,
        topic=Topic.REVIEWS,
        waits=True,
        confidential=True,
        follows=notices.ASSIGNMENT,
        words=REMINDER_WORDS,
        example=example,
    ),
    MessageKind(
        name=notices.OVERDUE,
        label=gettext_lazy("Reminder of a late review"),
        load=message_kinds.one_by_one(load),
        still_true=_is_reminded,
        render=_remind,
        topic=Topic.REVIEWS,
        waits=True,
        confidential=True,
        follows=notices.ASSIGNMENT,
        words=OVERDUE_WORDS,
        example=example,
    ),
    MessageKind(
        name=notices.RELEASED,
        label=gettext_lazy("Thanks for a late review"),
        load=message_kinds.one_by_one(load),
        still_true=_is_released,
        render=_thank,
        topic=Topic.REVIEWS,
        confidential=True,
        words=RELEASED_WORDS,
        example=example,
    ),
    MessageKind(
        name=notices.ESCALATION,
        label=gettext_lazy("A review is a week late"),
        load=message_kinds.by_row(_rounds),
        still_true=_is_escalated,
        render=_escalate,
        topic=Topic.REVIEWS,
        waits=True,
        words=ESCALATION_WORDS,
        example=_example_round,
    ),
)


def register() -> None:
    """Makes this room's kinds known to the outbox."""
    for kind in KINDS:
        message_kinds.register(kind)
