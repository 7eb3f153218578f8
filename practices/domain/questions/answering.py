"""Members answer; the first answer of somebody else stops the clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from experts.domain import audit, outbox
from experts.models import User
from practices import permissions
from practices.domain import spam
from practices.domain.questions import notices
from practices.domain.questions.routing import locked
from practices.enums import Routed
from practices.models import Answer, Question


@transaction.atomic
def answer(*, question_id: int, text: str, language: str, by: User, at: datetime) -> Answer:
    """Adds an answer and tells the asker at once.

    Sent twice with the same words by the same person it is one answer. Raises Refused, Spam, and
    NotPossible for a question that is closed or whose details are still in it.
    """
    question = locked(question_id)
    permissions.may_contribute(by)
    if question.checked_at is None or question.closed_at is not None:
        raise NotPossible(_("This question takes no answers now."))
    known = question.answers.filter(by=by.person, text=text).first()
    if known is not None:
        return known
    recent = Answer.objects.filter(by=by.person, at__gt=at - spam.WINDOW)
    spam.check(text, earlier=recent.values_list("text", flat=True))
    made = Answer.objects.create(
        question=question, by=by.person, text=text, language=language, at=at
    )
    if by.person != question.asked_by:
        _stop_the_clock(question, at)
        notices.answered(made, at)
    _settle_route(question, by, at)
    audit.record(deed="question answered", about=question, by=by, at=at)
    return made


@transaction.atomic
def change_answer(
    *, answer_id: int, revision: int, text: str, language: str, by: User, at: datetime
) -> Answer:
    """Changes one's own answer. Raises Refused, ChangedMeanwhile, Spam."""
    rows = Answer.objects.select_for_update(of=("self",)).select_related("by", "question")
    stored = rows.get(pk=answer_id)
    permissions.may_edit_answer(by, stored)
    revisions.check(stored, revision, _("You changed this answer in another window."))
    spam.check(text)
    stored.text, stored.language = text, language
    stored.edited_at = at
    stored.revision += 1
    stored.save(update_fields=["text", "language", "edited_at", "revision"])
    audit.record(deed="answer changed", about=stored, by=by, at=at)
    return stored


def _stop_the_clock(question: Question, at: datetime) -> None:
    if question.first_answer_at is None:
        question.first_answer_at = at
        question.save(update_fields=["first_answer_at"])


def _settle_route(question: Question, by: User, at: datetime) -> None:
    """Whoever was asked has answered, also after having passed."""
    route = question.routes.filter(person=by.person).exclude(state=Routed.ANSWERED).first()
    if route is None:
        return
    route.state, route.settled_at = Routed.ANSWERED, at
    route.save(update_fields=["state", "settled_at"])
    notices.not_asked_any_more([route])
    outbox.mark_answered(kinds=[notices.ROUTED], object_ids=[route.pk], at=at)
