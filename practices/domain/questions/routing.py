"""A question is put to experts of other countries; who passes it on makes room for the next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import Person, User
from practices import permissions
from practices.domain.questions import fitting, gathering, notices, reasons, states
from practices.domain.questions.fitting import Fit
from practices.enums import Routed
from practices.models import Question, QuestionRoute


class NotProposed(NotPossible):
    """Somebody was chosen who is not, or no longer, among those who fit."""


@transaction.atomic
def put_to(*, question_id: int, people: Collection[int], by: User, at: datetime) -> int:
    """Asks these people (keys), who must be among those proposed; how many were asked.

    The first time at least three are asked where three fit. Raises Refused, NotProposed, and
    NotPossible for a question that is not open, and for too few people.
    """
    question = locked(question_id)
    permissions.may_tend_question(by, question)
    _must_be_open(question)
    proposed = gathering.propose(question, to_wall(at, by.person.zone).date())
    chosen = [(person, fit) for person, fit in proposed if person.pk in people]
    if len(chosen) != len(set(people)):
        raise NotProposed(_("Who fits has changed meanwhile. Please look at the list again."))
    needed = min(fitting.FEWEST, len(proposed)) if not question.routes.exists() else 1
    if len(chosen) < needed:
        raise NotPossible(
            ngettext(
                "Choose %(n)d person at least: not everybody finds the time.",
                "Choose %(n)d people at least: not everybody finds the time.",
                needed,
            )
            % {"n": needed}
        )
    _ask(question, chosen, at)
    audit.record(deed="question put", about=question, by=by, at=at, people=len(chosen))
    return len(chosen)


@transaction.atomic
def pass_on(*, question_id: int, by: User, at: datetime) -> bool:
    """Somebody who was asked leaves it to others; whether a next one was asked.

    Passing twice changes nothing. Raises Refused, and NotPossible after one's own answer.
    """
    question = locked(question_id)
    route = question.routes.select_for_update().filter(person=by.person).first()
    if route is None:
        raise Refused(_("This question was not put to you."))
    if route.state == Routed.PASSED:
        return False
    if route.state == Routed.ANSWERED:
        raise NotPossible(_("You have answered it already."))
    route.state, route.settled_at = Routed.PASSED, at
    route.save(update_fields=["state", "settled_at"])
    notices.not_asked_any_more([route])
    audit.record(deed="question passed on", about=question, by=by, at=at)
    if not states.is_open(question):
        return False
    following = gathering.propose(question, to_wall(at, by.person.zone).date())[:1]
    _ask(question, following, at)
    return bool(following)


def locked(question_id: int) -> Question:
    """The row, held until the transaction ends."""
    rows = Question.objects.select_for_update(of=("self",))
    return rows.select_related("asked_by", "topic").get(pk=question_id)


def _ask(question: Question, chosen: list[tuple[Person, Fit]], at: datetime) -> None:
    routes = QuestionRoute.objects.bulk_create(
        QuestionRoute(question=question, person=person, reasons=reasons.kept(fit), asked_at=at)
        for person, fit in chosen
    )
    notices.put_to(routes, at)


def _must_be_open(question: Question) -> None:
    if question.checked_at is None:
        raise NotPossible(_("Remove the details first; until then nobody else may read it."))
    if not states.is_open(question):
        raise NotPossible(_("This question is settled; nobody needs to be asked any more."))
