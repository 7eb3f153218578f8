"""The mails about a review: written late, from the state of things at the minute of sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cop_platform.common.times import say_day
from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import path, write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from feedback.reviews.domain import answers, identity, notices
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


@dataclass(frozen=True)
class Task:
    """What a mail is about, found from the round and the reader."""

    assignment: Assignment
    done: int
    total: int


def _load(message: Message) -> Task | None:
    """The reader's own assignment in the round the message names."""
    assignment = identity.assignment_of(round_id=message.object_id, person=message.person)
    if assignment is None:
        return None
    criteria = list(assignment.round.rubric.criteria.all())
    draft = Draft.objects.filter(assignment=assignment).first()
    missing = answers.faults(draft.answers if draft else {}, criteria)
    return Task(assignment, len(criteria) - len(missing), len(criteria))


def _is_waited_for(_message: Message, task: Task, _at: datetime) -> bool:
    return task.assignment.submitted_on is None and task.assignment.round.closed_at is None


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


def _remind(message: Message, task: Task, _at: datetime) -> Mail:
    return _write(notices.REMINDER, message, task)


def example(user: User, _at: datetime) -> Example | None:
    """The newest round, with the user as a reviewer: nothing here tells who a real one is."""
    rounds = ReviewRound.objects.visible_to(user).with_version().select_related("rubric")
    newest = rounds.open_first().first()
    if newest is None:
        return None
    total = newest.rubric.criteria.count()
    assignment = Assignment(pk=0, round=newest, due_on=newest.due_on)
    return Example(Task(assignment, total // 2, total), {}, newest.version.material.title)


def register() -> None:
    """Makes this room's kinds known to the outbox."""
    for name, label, render, words in (
        (notices.ASSIGNMENT, gettext_lazy("Request to review"), _ask, ASSIGNMENT_WORDS),
        (notices.REMINDER, gettext_lazy("Reminder of a review"), _remind, REMINDER_WORDS),
    ):
        message_kinds.register(
            MessageKind(
                name,
                label,
                message_kinds.one_by_one(_load),
                _is_waited_for,
                render,
                topic=Topic.REVIEWS,
                waits=name == notices.REMINDER,
                follows=notices.ASSIGNMENT if name == notices.REMINDER else "",
                words=words,
                example=example,
            )
        )
