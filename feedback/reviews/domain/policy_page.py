"""What each phase permits to whom, in sentences: the table of `phases` as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from feedback.reviews.domain import phases
from feedback.reviews.domain.phases import CLOSED, Permit
from feedback.reviews.enums import Blindness, Phase
from feedback.reviews.models import ReviewRound


@dataclass(frozen=True)
class Clause:
    """One sentence of the policy; `allowed` says whether it grants or denies."""

    allowed: bool
    text: str


@dataclass(frozen=True)
class PhaseLine:
    """A step of a round; `state` is done, now or ahead. The clauses are of the three roles."""

    key: str
    label: str
    state: str
    reviewers: tuple[Clause, ...]
    coordinators: tuple[Clause, ...]
    authors: tuple[Clause, ...]


@dataclass(frozen=True)
class Step:
    """A step in the strip above a round."""

    label: str
    state: str


def label_of(step: str) -> str:
    """The words of a step."""
    return pgettext("round", "Closed") if step == CLOSED else str(Phase(step).label)


def strip(review_round: ReviewRound) -> tuple[Step, ...]:
    """All steps in their order, with the one the round is at."""
    return strip_of(phases.step_of(review_round))


def strip_of(now: str) -> tuple[Step, ...]:
    """The same for a step."""
    return tuple(Step(label_of(step), _state(step, now)) for step in phases.STEPS)


def lines(review_round: ReviewRound) -> list[PhaseLine]:
    """The whole policy of a round, step by step."""
    now = phases.step_of(review_round)
    return [
        PhaseLine(
            key=str(step),
            label=label_of(step),
            state=_state(step, now),
            reviewers=tuple(_reviewers(phases.PERMITS[step], review_round.blindness)),
            coordinators=tuple(_coordinators(phases.PERMITS[step], review_round.blindness)),
            authors=tuple(_authors(phases.PERMITS[step], review_round.blindness)),
        )
        for step in phases.STEPS
    ]


def _state(step: str, now: str) -> str:
    place, current = phases.STEPS.index(step), phases.STEPS.index(now)
    if place == current:
        return "now"
    return "done" if place < current else "ahead"


def _reviewers(permit: Permit, blindness: str) -> Iterator[Clause]:
    if permit.takes_reviews:
        yield Clause(True, _("Write and send their review."))
    else:
        yield Clause(False, _("Cannot send a review any more."))
    if not permit.reviewers_read:
        yield Clause(False, _("See nothing of each other's reviews."))
        return
    if permit.takes_reviews:
        yield Clause(True, _("Read the others' once their own is sent, with scores."))
    else:
        yield Clause(True, _("Read the others' if they sent their own, with scores."))
    hidden = blindness in {Blindness.BOTH, Blindness.FROM_EACH_OTHER}
    yield Clause(not hidden, _("By code, not by name.") if hidden else _("By name."))
    yield _talk(permit)


def _coordinators(permit: Permit, blindness: str) -> Iterator[Clause]:
    if permit.asks:
        yield Clause(True, _("Ask experts, and see how many reviews are in."))
    else:
        yield Clause(False, _("Cannot ask anybody else."))
    if not permit.coordinators_read:
        yield Clause(False, _("Read no remark and no score of one person."))
        return
    yield Clause(True, _("Read the remarks and scores of their countries, from three reviews on."))
    named = blindness == Blindness.OPEN
    yield Clause(named, _("By name.") if named else _("By code, not by name."))
    yield _talk(permit)


def _authors(permit: Permit, blindness: str) -> Iterator[Clause]:
    if not permit.authors_read:
        yield Clause(False, _("See nothing of the round."))
        return
    yield Clause(True, _("Read the remarks, from three reviews on."))
    yield Clause(False, _("See no score of one person."))
    hidden = blindness in {Blindness.BOTH, Blindness.FROM_AUTHORS}
    yield Clause(not hidden, _("By code, not by name.") if hidden else _("By name."))
    yield _talk(permit)
    if permit.answers:
        yield Clause(True, _("Write the response to the reviewers."))
    else:
        yield Clause(False, _("Cannot change the response any more."))


def _talk(permit: Permit) -> Clause:
    if permit.discusses:
        return Clause(True, _("Answer in the discussion."))
    return Clause(False, _("The discussion is closed; it can still be read."))
