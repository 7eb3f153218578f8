"""How many seats a session has is decided here, and the line is moved up when there are more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import Country, User
from sessions import permissions
from sessions.domain import seats
from sessions.enums import Seat
from sessions.models import CopSession, CountrySeats, Invitation


class TooFewSeats(NotPossible):
    """More people have a seat already than would be left."""


class SeatsClosed(NotPossible):
    """The session is cancelled or has started."""


@transaction.atomic
def change_seats(
    *, session_id: int, capacity: int | None, by_country: dict[int, int], by: User, at: datetime
) -> CopSession:
    """Sets the seats of a session, in all (None: no limit) and by country id.

    Nobody loses a seat by it: fewer than are held are refused. More seats go to those who wait.
    Raises Refused, SeatsClosed, TooFewSeats.
    """
    session = CopSession.objects.select_for_update().get(pk=session_id)
    permissions.may_run(by, session)
    if session.cancelled_at or at >= session.starts_at:
        raise SeatsClosed(_("This session is cancelled or has started; its seats stay."))
    _check(session, capacity, by_country, at)
    session.capacity = capacity
    session.version += 1
    session.save(update_fields=["capacity", "version"])
    session.country_seats.all().delete()
    CountrySeats.objects.bulk_create(
        CountrySeats(session=session, country_id=country_id, seats=number)
        for country_id, number in by_country.items()
    )
    seats.settle(session, at=at)
    audit.record(deed="seats changed", about=session, by=by, at=at, capacity=capacity)
    return session


def follow_plan(session: CopSession, *, at: datetime) -> None:
    """After a plan was written to a locked session: its seats hold for those who have one.

    More seats go to those who wait. Raises TooFewSeats.
    """
    by_country = dict(session.country_seats.values_list("country_id", "seats"))
    _check(session, session.capacity, by_country, at)
    seats.settle(session, at=at)


def _check(
    session: CopSession, capacity: int | None, by_country: dict[int, int], at: datetime
) -> None:
    held = seats.holders_without_limit(session, at)
    if capacity is not None and held.total() > capacity:
        raise TooFewSeats(
            ngettext(
                "%(n)d person has a seat already; nobody loses one.",
                "%(n)d people have a seat already; nobody loses one.",
                held.total(),
            )
            % {"n": held.total()}
        )
    for country in Country.objects.filter(pk__in=by_country):
        if held[country.pk] > by_country[country.pk]:
            raise TooFewSeats(
                ngettext(
                    "%(n)d person of %(country)s has a seat already; nobody loses one.",
                    "%(n)d people of %(country)s have a seat already; nobody loses one.",
                    held[country.pk],
                )
                % {"n": held[country.pk], "country": country.name}
            )


def pass_on(*, at: datetime) -> dict[str, int]:
    """Moves every line up: offers that ran out go to the next person. Run by the tick.

    Sessions are taken one by one, each in a transaction of its own; a late or second run finds
    less to do. Returns how many sessions had a line and how many people were told.
    """
    waiting = Invitation.objects.filter(
        seat=Seat.WAITING, session__cancelled_at__isnull=True, session__starts_at__gt=at
    )
    ids = sorted(set(waiting.values_list("session_id", flat=True)))
    return {"sessions": len(ids), "told": sum(_pass_on_one(pk, at) for pk in ids)}


@transaction.atomic
def _pass_on_one(session_id: int, at: datetime) -> int:
    session = CopSession.objects.select_for_update().get(pk=session_id)
    return seats.settle(session, at=at).moved
