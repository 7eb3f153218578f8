"""A sent review is handed back to its writer, who asked for it; nobody else ever changes a rating.

What this reveals, and why that is accepted: the count of sent reviews goes down by one, and the
coordinator who allows it reads a reason. Neither says whose review it is: the coordinator sees no
name and no code, and several people of a country may have sent theirs. Where that is too much for
a writer, the form says so before the reason is typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from experts.models import User
from feedback.reviews import permissions
from feedback.reviews.domain import identity, notices, records
from feedback.reviews.enums import Choice, Phase
from feedback.reviews.models import Assignment, Draft, Rating, Reopening, ReviewRound


class TooLate(NotPossible):
    """The round is closed, or the reviews are being discussed already."""


class NothingToReopen(NotPossible):
    """The review was not sent, or it was handed back already."""


@dataclass(frozen=True)
class Wish:
    """What a coordinator sees of a wish: a number to answer by, and the reason."""

    pk: int
    reason: str


@transaction.atomic
def ask(*, assignment_id: int, reason: str, by: User, at: datetime) -> Reopening:
    """Asks for one's own sent review. Asking again while nobody has answered is asking once.

    Raises Refused, NothingToReopen, TooLate.
    """
    assignment = _locked(assignment_id)
    if not identity.is_mine(by, assignment.reviewer_code):
        raise Refused(_("Only who wrote a review can ask for it."))
    _check(assignment)
    waiting = Reopening.objects.filter(assignment=assignment, allowed__isnull=True).first()
    if waiting:
        return waiting
    made = Reopening.objects.create(assignment=assignment, reason=reason, asked_on=at.date())
    records.by_code("review asked back", assignment, at=at, country_id=None)
    return made


@transaction.atomic
def allow(*, reopening_id: int, by: User, at: datetime) -> Assignment:
    """Hands the review back: its ratings are a draft again, and it waits to be sent once more.

    The history keeps what had been sent. Allowing twice is allowing once.
    Raises Refused, NothingToReopen, TooLate.
    """
    wish = _answerable(reopening_id, by)
    assignment = _locked(wish.assignment_id)
    if wish.allowed:
        return assignment
    if wish.allowed is False:
        raise NothingToReopen(_("This wish was answered already."))
    _check(assignment)
    ratings = Rating.objects.filter(assignment=assignment)
    Draft.objects.create(assignment=assignment, answers=_answers(ratings), revision=1, saved_at=at)
    ratings.delete()
    assignment.submitted_on, assignment.reopened_on = None, at.date()
    assignment.save(update_fields=["submitted_on", "reopened_on"])
    _answer(wish, allowed=True, at=at)
    notices.tell_reopened(assignment, identity.reader_of(assignment), at=at)
    records.by_code("review handed back", assignment, at=at, country_id=assignment.country_id)
    return assignment


@transaction.atomic
def decline(*, reopening_id: int, by: User, at: datetime) -> None:
    """Leaves the review as it was sent. Raises Refused, NothingToReopen when it was allowed."""
    wish = _answerable(reopening_id, by)
    if wish.allowed:
        raise NothingToReopen(_("This wish was answered already."))
    if wish.allowed is None:
        _answer(wish, allowed=False, at=at)


def waiting(user: User, review_round: ReviewRound) -> list[Wish]:
    """The wishes that this person may answer, in no order that could be somebody's.

    Whoever still has to rate in the round sees none: a reason tells of another's review.
    """
    if identity.still_rates(user, review_round):
        return []
    found = waiting_for(user).filter(assignment__round=review_round)
    return [Wish(pk, reason) for pk, reason in found.order_by("pk").values_list("pk", "reason")]


def waiting_for(user: User) -> QuerySet[Reopening]:
    """The unanswered wishes of those whose reviews this person coordinates, in open rounds."""
    return _unanswered(Assignment.objects.visible_to(user))


def _unanswered(assignments: QuerySet[Assignment]) -> QuerySet[Reopening]:
    """Wishes for these that nobody has answered, while one can still be granted."""
    early = assignments.filter(round__closed_at__isnull=True, round__phase=Phase.INDEPENDENT)
    return Reopening.objects.filter(allowed__isnull=True, assignment__in=early.order_by())


def rounds_with_wishes(assignments: QuerySet[Assignment], person: Any) -> QuerySet[ReviewRound]:
    """The rounds in which one of these was asked back; not those a person, or a slot, rates in."""
    asked = _unanswered(assignments).order_by().values("assignment__round_id")
    own = Assignment.objects.filter(reviewer_code__in=identity.codes_of(person)).order_by()
    found: QuerySet[ReviewRound] = ReviewRound.objects.filter(pk__in=asked)
    return found.exclude(pk__in=own.waiting().values("round_id"))


def may_ask(assignment: Assignment) -> bool:
    """Whether asking makes sense now."""
    review_round = assignment.round
    is_early = review_round.closed_at is None and review_round.phase == Phase.INDEPENDENT
    return assignment.submitted_on is not None and is_early


def is_asked(assignment: Assignment) -> bool:
    """Whether the writer waits for an answer."""
    return Reopening.objects.filter(assignment=assignment, allowed__isnull=True).exists()


def _locked(assignment_id: int) -> Assignment:
    """The assignment with its round, both locked: neither is closed meanwhile."""
    rows = Assignment.objects.select_for_update(of=("self", "round"), no_key=True)
    return rows.select_related("round").get(pk=assignment_id)


def _answerable(reopening_id: int, by: User) -> Reopening:
    wish = Reopening.objects.select_for_update(of=("self",)).select_related("assignment__round")
    found = wish.get(pk=reopening_id)
    permissions.may_answer_reopening(by, found.assignment.country_id)
    if identity.still_rates(by, found.assignment.round):
        raise Refused(_("You review this version yourself; somebody else has to answer."))
    return found


def _check(assignment: Assignment) -> None:
    if assignment.round.closed_at:
        raise TooLate(_("This review round is closed."))
    if assignment.round.phase != Phase.INDEPENDENT:
        raise TooLate(_("The reviews are being discussed already, so they stay as they were sent."))
    if assignment.submitted_on is None:
        raise NothingToReopen(_("This review is open; it can be changed as it is."))


def _answers(ratings: Iterable[Rating]) -> dict[str, dict[str, str]]:
    """Ratings as a draft holds them."""
    return {
        str(rating.criterion_id): {
            "score": _score(rating),
            "comment": rating.comment,
            "suggestion": rating.suggestion,
            "reason": rating.na_reason,
            "confidence": str(rating.confidence or ""),
        }
        for rating in ratings
    }


def _score(rating: Rating) -> str:
    return Choice.NOT_APPLICABLE.value if rating.not_applicable else str(rating.score or "")


def _answer(wish: Reopening, *, allowed: bool, at: datetime) -> None:
    wish.allowed, wish.answered_on = allowed, at.date()
    wish.save(update_fields=["allowed", "answered_on"])
