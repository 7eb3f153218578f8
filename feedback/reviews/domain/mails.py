"""The mails about a review: written late, from the state of things at the minute of sending."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.times import say_day, to_wall
from experts.domain import message_kinds
from experts.domain.mails import absolute, write
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from feedback.reviews.domain import answers, escalation, identity, notices
from feedback.reviews.models import Assignment, Draft, ReviewRound


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


def _context(message: Message, task: Task) -> dict[str, object]:
    assignment = task.assignment
    return {
        "person": message.person,
        "round": assignment.round,
        "version": assignment.round.version,
        "due": say_day(assignment.due_on),
        "task": task,
        "was_due": False,
        "link": absolute("review_desk", assignment.pk),
    }


def _words(context: dict[str, object], task: Task) -> dict[str, object]:
    version = task.assignment.round.version
    return {"title": version.material.title, "number": version.number, "due": context["due"]}


def _ask(message: Message, task: Task, _at: datetime) -> Mail:
    context = _context(message, task)
    subject = _("Please review “%(title)s” v%(number)d by %(due)s") % _words(context, task)
    return write("review_assignment", subject, context)


def _remind(message: Message, task: Task, at: datetime) -> Mail:
    was_due = task.assignment.due_on < to_wall(at, message.zone).date()
    context = _context(message, task) | {"was_due": was_due}
    subject = _("Reminder: your review of “%(title)s” v%(number)d, due %(due)s")
    if was_due:
        subject = _("Your review of “%(title)s” v%(number)d was due %(due)s")
    return write("review_reminder", subject % _words(context, task), context)


def _thank(message: Message, task: Task, _at: datetime) -> Mail:
    context = _context(message, task)
    subject = _("No need to hurry: “%(title)s” v%(number)d") % _words(context, task)
    return write("review_released", subject, context)


def _rounds() -> QuerySet[ReviewRound]:
    found: QuerySet[ReviewRound] = ReviewRound.objects.with_version()
    return found


def _is_escalated(message: Message, review_round: ReviewRound, at: datetime) -> bool:
    """The review named in the key is still late. The key is read back: no other field holds it."""
    assignment = int(message.key.split(":")[1])
    late = Assignment.objects.late(at.date() - escalation.LATE_AFTER)
    return late.filter(pk=assignment, round=review_round).exists()


def _escalate(message: Message, review_round: ReviewRound, _at: datetime) -> Mail:
    title = {"title": review_round.version.material.title}
    subject = _("One review of “%(title)s” is a week late") % title
    context = {
        "person": message.person,
        "round": review_round,
        "link": absolute("round_substitute", review_round.pk),
    }
    mail = write("review_escalation", subject, context)
    return replace(mail, link=reverse("round_substitute", args=[review_round.pk]))


def register() -> None:
    """Makes this room's kinds known to the outbox."""
    for name, label, still_true, render in (
        (notices.ASSIGNMENT, gettext_lazy("Request to review"), _is_waited_for, _ask),
        (notices.REMINDER, gettext_lazy("Reminder of a review"), _is_reminded, _remind),
        (notices.RELEASED, gettext_lazy("Thanks for a late review"), _is_released, _thank),
    ):
        message_kinds.register(
            MessageKind(
                name,
                label,
                message_kinds.one_by_one(_load),
                still_true,
                render,
                topic=Topic.REVIEWS,
                waits=name == notices.REMINDER,
                confidential=name != notices.ASSIGNMENT,
            )
        )
    message_kinds.register(
        MessageKind(
            notices.ESCALATION,
            gettext_lazy("A review is a week late"),
            message_kinds.by_row(_rounds),
            _is_escalated,
            _escalate,
            topic=Topic.REVIEWS,
            waits=True,
        )
    )
