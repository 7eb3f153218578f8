"""The mails about a review: written late, from the state of things at the minute of sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.times import say_day
from experts.domain import message_kinds
from experts.domain.mails import absolute, write
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from feedback.reviews.domain import answers, identity, notices
from feedback.reviews.models import Assignment, Draft


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


def _context(message: Message, task: Task) -> dict[str, object]:
    assignment = task.assignment
    return {
        "person": message.person,
        "round": assignment.round,
        "version": assignment.round.version,
        "due": say_day(assignment.due_on),
        "task": task,
        "link": absolute("review_desk", assignment.pk),
    }


def _words(context: dict[str, object], task: Task) -> dict[str, object]:
    version = task.assignment.round.version
    return {"title": version.material.title, "number": version.number, "due": context["due"]}


def _ask(message: Message, task: Task, _at: datetime) -> Mail:
    context = _context(message, task)
    subject = _("Please review “%(title)s” v%(number)d by %(due)s") % _words(context, task)
    return write("review_assignment", subject, context)


def _remind(message: Message, task: Task, _at: datetime) -> Mail:
    context = _context(message, task)
    subject = _("Reminder: your review of “%(title)s” v%(number)d, due %(due)s") % _words(
        context, task
    )
    return write("review_reminder", subject, context)


def register() -> None:
    """Makes this room's kinds known to the outbox."""
    for name, label, render in (
        (notices.ASSIGNMENT, gettext_lazy("Request to review"), _ask),
        (notices.REMINDER, gettext_lazy("Reminder of a review"), _remind),
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
            )
        )
