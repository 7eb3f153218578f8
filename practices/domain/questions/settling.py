"""The asker says which answer helped and whether it worked; or a question is closed without one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit, outbox
from experts.models import User
from practices import permissions
from practices.domain.questions import notices
from practices.domain.questions.routing import locked
from practices.enums import Routed, Worked
from practices.models import Question


@transaction.atomic
def accept(*, question_id: int, answer_id: int, by: User, at: datetime) -> Question:
    """The asker takes an answer; whoever else was asked need not answer any more.

    In thirty days the asker is asked whether it worked. Accepting the same answer twice changes
    nothing. Raises Refused, and NotPossible for a closed question or an answer of another one.
    """
    question = locked(question_id)
    permissions.may_settle(by, question)
    if question.accepted_id == answer_id:
        return question
    chosen = question.answers.filter(pk=answer_id).first()
    if chosen is None or question.closed_at is not None:
        raise NotPossible(_("This answer cannot be accepted now. Please look at the page again."))
    _nothing_said(question)
    question.accepted, question.accepted_at = chosen, at
    question.save()
    _nobody_is_asked(question)
    notices.follow_up(question, at)
    audit.record(deed="answer accepted", about=question, by=by, at=at)
    return question


@transaction.atomic
def take_acceptance_back(*, question_id: int, by: User, at: datetime) -> Question:
    """The question is open again. Raises Refused."""
    question = locked(question_id)
    permissions.may_settle(by, question)
    if question.accepted_id is None:
        return question
    _nothing_said(question)
    question.accepted = question.accepted_at = None
    question.save()
    notices.no_follow_up(question)
    audit.record(deed="acceptance taken back", about=question, by=by, at=at)
    return question


@transaction.atomic
def say_whether_it_worked(
    *, question_id: int, worked: str, note: str | None, by: User, at: datetime
) -> Question:
    """What became of the advice; `note` None keeps what was noted. Raises Refused, NotPossible."""
    question = locked(question_id)
    permissions.may_settle(by, question)
    if question.accepted_id is None:
        raise NotPossible(_("Accept an answer first; then say whether it worked."))
    question.worked = Worked(worked)
    question.worked_on = to_wall(at, by.person.zone).date()
    if note is not None:
        question.worked_note = note
    question.save(update_fields=["worked", "worked_on", "worked_note"])
    notices.no_follow_up(question)
    outbox.mark_answered(kinds=[notices.FOLLOW_UP], object_ids=[question.pk], at=at)
    audit.record(deed="answer judged", about=question, by=by, at=at, worked=worked)
    return question


@transaction.atomic
def close(*, question_id: int, why: str, by: User, at: datetime) -> Question:
    """Ends a question without an answer, for a reason everybody reads.

    Raises Refused, and NotPossible for a draft and for a question that is solved.
    """
    question = locked(question_id)
    permissions.may_tend_question(by, question)
    if question.checked_at is None or question.accepted_id is not None:
        raise NotPossible(_("This question cannot be closed: it is a draft, or it is solved."))
    if question.closed_at is not None:
        return question
    question.closed_at, question.closed_why = at, why
    question.save(update_fields=["closed_at", "closed_why"])
    _nobody_is_asked(question)
    audit.record(deed="question closed", about=question, by=by, at=at)
    return question


@transaction.atomic
def open_again(*, question_id: int, by: User, at: datetime) -> Question:
    """Takes a closing back. Raises Refused."""
    question = locked(question_id)
    permissions.may_tend_question(by, question)
    if question.closed_at is None:
        return question
    question.closed_at, question.closed_why = None, ""
    question.save(update_fields=["closed_at", "closed_why"])
    audit.record(deed="question opened again", about=question, by=by, at=at)
    return question


def _nothing_said(question: Question) -> None:
    """Whether another answer worked is said of that answer."""
    question.worked, question.worked_note, question.worked_on = Worked.UNKNOWN, "", None


def _nobody_is_asked(question: Question) -> None:
    notices.not_asked_any_more(question.routes.filter(state=Routed.ASKED))
