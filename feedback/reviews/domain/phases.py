"""The phases of a round, what each permits, and going from one into the next.

What a phase permits stands in `PERMITS` and nowhere else: the visibility of reviews, the desk, the
discussion and the page that explains a round to its coordinator all read that table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.reviews import permissions
from feedback.reviews.domain import notices
from feedback.reviews.enums import TAKES_REVIEWS, Phase
from feedback.reviews.models import PhaseChange, ReviewRound

# The end of every round; not a phase that is stored, but a row of the table.
CLOSED = "closed"
ORDER = (Phase.INDEPENDENT, Phase.DISCUSSION, Phase.RESPONSE, Phase.DECISION)
STEPS = (*ORDER, CLOSED)


class RoundClosed(NotPossible):
    """The round takes nothing of that kind in any more; the message says why."""


class NoWayBack(NotPossible):
    """A round goes forward only."""


@dataclass(frozen=True)
class Permit:
    """What a phase permits.

    `asks`: experts may be added to the panel; `takes_reviews`: reviews are written and sent;
    `reviewers_read`, `coordinators_read`, `authors_read`: the remarks of others, where the rest of
    the rules allows it; `discusses`: answers in the threads; `answers`: the author writes the
    response to the reviewers.
    """

    asks: bool = False
    takes_reviews: bool = False
    reviewers_read: bool = False
    coordinators_read: bool = False
    authors_read: bool = False
    discusses: bool = False
    answers: bool = False


_READ_BY_ALL = {"reviewers_read": True, "coordinators_read": True, "authors_read": True}
PERMITS: dict[str, Permit] = {
    # Who is asked later than this would be known by a label that was not there before.
    Phase.INDEPENDENT: Permit(asks=True, takes_reviews=True),
    Phase.DISCUSSION: Permit(
        takes_reviews=True, reviewers_read=True, coordinators_read=True, discusses=True
    ),
    Phase.RESPONSE: Permit(**_READ_BY_ALL, discusses=True, answers=True),
    Phase.DECISION: Permit(**_READ_BY_ALL),
    CLOSED: Permit(**_READ_BY_ALL),
}


def step_of(review_round: ReviewRound) -> str:
    """The row of `PERMITS` a round is at: its phase, or closed."""
    return CLOSED if review_round.closed_at else review_round.phase


def permit(review_round: ReviewRound) -> Permit:
    """What the round permits now."""
    return PERMITS[step_of(review_round)]


def takes_reviews(review_round: ReviewRound) -> bool:
    """Whether reviews are still written and sent in this round."""
    return permit(review_round).takes_reviews


def with_permit(what: str) -> Q:
    """For rounds: at a step that permits something, which is a name of `Permit`."""
    phases = [phase for phase in ORDER if getattr(PERMITS[phase], what)]
    closed = Q(closed_at__isnull=False)
    in_phase = Q(closed_at__isnull=True, phase__in=phases)
    return in_phase | closed if getattr(PERMITS[CLOSED], what) else in_phase


def check_takes_reviews(review_round: ReviewRound) -> None:
    """Raises RoundClosed with the sentence for the reviewer who comes too late."""
    if review_round.closed_at:
        raise RoundClosed(_("This review round is closed. Your draft is kept here for you."))
    if not takes_reviews(review_round):
        raise RoundClosed(
            _("The reviews of this round are all in. Your draft is kept here for you.")
        )


def check_keeps_drafts(review_round: ReviewRound) -> None:
    """Raises RoundClosed with the sentence for what is saved by itself too late."""
    if takes_reviews(review_round):
        return
    why = (
        _("This round is closed, so nothing more is saved.")
        if review_round.closed_at
        else _("The reviews of this round are all in, so nothing more is saved.")
    )
    rest = _("Your draft is as it was; what you write now stays on this device only.")
    raise RoundClosed(f"{why} {rest}")


def check_asks(review_round: ReviewRound) -> None:
    """Raises RoundClosed where nobody can be added to the panel any more."""
    if review_round.closed_at:
        raise RoundClosed(_("This review round is closed."))
    if not permit(review_round).asks:
        raise RoundClosed(_("The independent phase is over: nobody else can be asked."))


def ahead(review_round: ReviewRound) -> tuple[Phase, ...]:
    """The phases a round can still go to, the next one first; none when it is closed."""
    if review_round.closed_at:
        return ()
    return ORDER[ORDER.index(Phase(review_round.phase)) + 1 :]


def together(review_round: ReviewRound) -> list[ReviewRound]:
    """The open rounds that move together with this one, itself among them, by their keys."""
    rounds = ReviewRound.objects.open()
    if review_round.group_id is None:
        found = rounds.filter(pk=review_round.pk)
    else:
        found = rounds.filter(group=review_round.group_id)
    return list(found.with_version().order_by("pk"))


@transaction.atomic
def go_on(*, round_id: int, to: str, by: User, at: datetime) -> list[ReviewRound]:
    """Takes a round, and all of its group, forward into a phase; which of them moved.

    Phases between may be left out. Being there already changes nothing. There is no way back:
    what was shown in a phase has been read. Raises Refused, RoundClosed, NoWayBack.
    """
    found = ReviewRound.objects.get(pk=round_id)
    permissions.may_close(by, found)
    # All at once and in one order, so that two who press at the same time do not block each other.
    keys = {round_id, *(one.pk for one in together(found))}
    locked = ReviewRound.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    rows = list(locked.select_related("version__material").order_by("pk"))
    review_round = next(row for row in rows if row.pk == round_id)
    if review_round.closed_at:
        raise RoundClosed(_("This review round is closed."))
    phase = Phase(to)
    if ORDER.index(phase) < ORDER.index(Phase(review_round.phase)):
        raise NoWayBack(_("A round goes forward only: what was shown in a phase has been read."))
    moved = [row for row in rows if phase in ahead(row)]
    for row in moved:
        _move(row, phase, by, at)
    return moved


def _move(review_round: ReviewRound, phase: Phase, by: User, at: datetime) -> None:
    review_round.phase = phase
    review_round.save(update_fields=["phase"])
    PhaseChange.objects.create(round=review_round, phase=phase, at=at, by=by.person)
    if phase not in TAKES_REVIEWS:
        notices.take_back_reminders(review_round)
    audit.record(
        deed="review phase changed",
        about=review_round,
        by=by,
        at=at,
        country_id=review_round.country_id,
        phase=phase.value,
    )
