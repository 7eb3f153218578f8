"""Seats: who has one, who waits in which order, and to whom a free one is offered.

Every function here expects the session's row to be locked by the caller (`select_for_update`), so
that one answer at a time counts the seats. A seat is held by whoever is seated, and by whoever an
offer that still runs was made to. An offer that ran out holds nothing; who answers after that
joins the end of the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.functions import Coalesce

from sessions.domain import notices, replanning
from sessions.enums import Answer, Seat
from sessions.models import CopSession, Invitation

OFFER_LASTS = timedelta(hours=24)
# Nobody is kept waiting for an answer in the last hours: then a free seat is simply given.
OFFERS_END = timedelta(hours=2)


@dataclass
class Limits:
    """How many seats there are, and how many are held, in all and by country id."""

    capacity: int | None
    by_country: dict[int, int]
    held: Counter[int | None]

    @property
    def limited(self) -> bool:
        return self.capacity is not None or bool(self.by_country)

    @property
    def free(self) -> int | None:
        """Seats nobody holds; None without a limit for the whole session."""
        return None if self.capacity is None else max(0, self.capacity - self.held.total())

    def fits(self, country_id: int | None) -> bool:
        """True when somebody of this country can still have a seat."""
        if self.capacity is not None and self.held.total() >= self.capacity:
            return False
        limit = self.by_country.get(country_id) if country_id is not None else None
        return limit is None or self.held[country_id] < limit


def limits_of(
    session: CopSession, at: datetime, by_country: dict[int, int] | None = None
) -> Limits:
    """The seats of a session as of `at`, in two queries; nobody is counted without a limit.

    `by_country` are its seats by country id where they are known already.
    """
    if by_country is None:
        by_country = dict(session.country_seats.values_list("country_id", "seats"))
    if session.capacity is None and not by_country:
        return Limits(None, {}, Counter())
    held = Invitation.objects.filter(session=session).holding_seats(at)
    return Limits(
        session.capacity, by_country, Counter(held.values_list("person__country_id", flat=True))
    )


def take(invitation: Invitation, limits: Limits, *, at: datetime) -> None:
    """Gives the seat a yes asks for, or a place at the end of the line; sets, does not save.

    `limits` are those that `settle` gave back: what is free fits nobody who waits, so that nobody
    jumps the line.
    """
    if invitation.seat == Seat.SEATED:
        return
    if not limits.limited:
        _leave_line(invitation, Seat.NONE)
    elif invitation.offer_runs(at) or limits.fits(invitation.person.country_id):
        _leave_line(invitation, Seat.SEATED)
    elif invitation.seat != Seat.WAITING:
        _leave_line(invitation, Seat.WAITING)
        invitation.waiting_since = at


def give_back(invitation: Invitation) -> None:
    """No seat and no place in the line any more; sets, does not save."""
    _leave_line(invitation, Seat.NONE)


def _leave_line(invitation: Invitation, seat: Seat) -> None:
    invitation.seat = seat
    invitation.waiting_since = None
    invitation.offer_until = None


@dataclass(frozen=True)
class Settled:
    """How many people a settling moved, and the seats as they are after it."""

    moved: int
    limits: Limits


def settle(session: CopSession, *, at: datetime) -> Settled:
    """Offers what is free to those who wait, in their order, and tells them.

    Doing it again, or late, changes nothing more. Somebody a country's limit keeps out is passed
    over and keeps the place. Who said yes before seats were counted is placed by that answer.
    """
    limits = limits_of(session, at)
    if session.cancelled_at or at >= session.starts_at:
        return Settled(0, limits)
    line = _line(session, limits)
    moved = [invitation for invitation in line if _place(session, invitation, limits, at)]
    if moved:
        Invitation.objects.bulk_update(moved, ["seat", "waiting_since", "offer_until"])
        notices.tell_of_seats([i for i in moved if i.seat_news], at=at)
        replanning.follow([session], at=at, invitations=moved)
    return Settled(len(moved), limits)


def _line(session: CopSession, limits: Limits) -> list[Invitation]:
    """Those who wait, and those whose yes is not counted yet, in the order of their turn.

    A full house needs no look at who waits: nobody can move up.
    """
    rows = Invitation.objects.filter(session=session).wanting_seats(session.sequence)
    if not limits.limited:
        rows = rows.filter(seat=Seat.WAITING)
    elif limits.free == 0:
        rows = rows.filter(seat=Seat.NONE)
    return list(
        rows.select_related("person").order_by(Coalesce("waiting_since", "answered_at"), "pk")
    )


def _place(
    session: CopSession, invitation: Invitation, limits: Limits, at: datetime
) -> Seat | None:
    """What becomes of one in the line; None when nothing changes. `seat_news`: tell the person."""
    waited = invitation.seat == Seat.WAITING
    if not limits.limited and not waited:
        return None
    country_id = invitation.person.country_id
    invitation.seat_news = waited
    if not limits.fits(country_id):
        if waited:
            return None
        since = invitation.answered_at
        _leave_line(invitation, Seat.WAITING)
        invitation.waiting_since, invitation.seat_news = since, True
        return Seat.WAITING
    limits.held[country_id] += 1
    until = min(at + OFFER_LASTS, session.starts_at - OFFERS_END)
    if waited and limits.limited and until > at:
        _leave_line(invitation, Seat.OFFERED)
        invitation.offer_until = until
        return Seat.OFFERED
    _leave_line(invitation, Seat.SEATED)
    return Seat.SEATED


def places(invitations: Iterable[Invitation]) -> dict[int, int]:
    """The place in the line, from 1, by the invitation's key."""
    waiting = [i for i in invitations if i.seat == Seat.WAITING and i.waiting_since]
    waiting.sort(key=lambda i: (i.waiting_since, i.pk))
    return {invitation.pk: place for place, invitation in enumerate(waiting, start=1)}


def place_of(invitation: Invitation) -> int | None:
    """One's own place in the line, from 1; None for somebody who does not wait."""
    if invitation.seat != Seat.WAITING:
        return None
    return Invitation.objects.filter(session_id=invitation.session_id).ahead_of(invitation) + 1


def holders_without_limit(session: CopSession, at: datetime) -> Counter[int | None]:
    """Seats that cannot be taken away by a new limit: held ones, and a yes not counted yet."""
    invited = Invitation.objects.filter(session=session)
    held: Counter[int | None] = Counter(
        invited.holding_seats(at).values_list("person__country_id", flat=True)
    )
    rows = invited.filter(answer=Answer.YES, seat=Seat.NONE)
    return held + Counter(
        rows.current_for(session.sequence).values_list("person__country_id", flat=True)
    )
