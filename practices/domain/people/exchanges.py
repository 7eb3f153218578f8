"""Offers and needs: put up until a day, matched, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import Country, User
from practices import permissions
from practices.domain import spam
from practices.domain.people import match_telling, matching
from practices.models import Exchange

# More of one person's would crowd out the others.
MOST_OPEN = 10
LONGEST_DAYS = 366
MOST_READ = 300


class NoRoom(NotPossible):
    """It cannot be put up; the message says why."""


@dataclass(frozen=True)
class Wanted:
    """The cleaned fields of the filter bar."""

    wish: str = ""
    country: Country | None = None
    language: str = ""


@dataclass(frozen=True)
class Typed:
    """The cleaned fields of a new offer or need."""

    wish: str
    words: str
    languages: list[str]
    until: date


@dataclass(frozen=True)
class Own:
    """One's own offer or need with what answers it: (the other one, reasons)."""

    exchange: Exchange
    matches: tuple[tuple[Exchange, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Board:
    """The page of offers and needs as one person reads it."""

    own: tuple[Own, ...]
    others: tuple[Exchange, ...]


def board(user: User, wanted: Wanted, at: datetime) -> Board:
    """One's own with their matches, then everybody else's; one query."""
    today = to_wall(at, user.person.zone).date()
    rows = Exchange.objects.visible_to(user).open(today).select_related("person__country")
    found = list(rows[:MOST_READ])
    mine = [row for row in found if row.person_id == user.person.pk]
    others = [row for row in found if row.person_id != user.person.pk]
    by_key = {row.pk: row for row in others}
    entries = [match_telling.entry(row) for row in others]
    own = tuple(
        Own(
            row,
            tuple(
                (by_key[match.entry.id], match.reasons)
                for match in matching.matches(match_telling.entry(row), entries)
            ),
        )
        for row in mine
    )
    return Board(own, tuple(row for row in others if _wanted(row, wanted)))


def _wanted(row: Exchange, wanted: Wanted) -> bool:
    return (
        (not wanted.wish or row.wish == wanted.wish)
        and (wanted.country is None or row.person.country_id == wanted.country.pk)
        and (not wanted.language or wanted.language in row.languages)
    )


@transaction.atomic
def put_up(*, typed: Typed, by: User, at: datetime) -> Exchange:
    """Puts an offer or a need up until its day; who abroad answers it is told, and so is the other.

    Raises NoRoom for one too many or a day gone by, Spam for a flood of links.
    """
    permissions.may_contribute(by)
    spam.check(typed.words)
    today = to_wall(at, by.person.zone).date()
    if typed.until < today or typed.until > today + timedelta(days=LONGEST_DAYS):
        raise NoRoom(_("Choose a day within the next year: until then it is shown."))
    if Exchange.objects.open(today).filter(person=by.person).count() >= MOST_OPEN:
        raise NoRoom(_("You have ten of them open. Close one first."))
    made = Exchange.objects.create(person=by.person, added_at=at, **vars(typed))
    audit.record(deed="put up", about=made, by=by, at=at, country_id=by.person.country_id)
    match_telling.tell(made, today, at)
    return made


@transaction.atomic
def close(*, exchange_id: int, by: User, at: datetime) -> None:
    """Takes one's own down; doing it twice changes nothing more."""
    exchange = Exchange.objects.select_for_update().get(pk=exchange_id)
    permissions.may_close_exchange(by, exchange)
    if exchange.closed_at is None:
        exchange.closed_at = at
        exchange.save(update_fields=["closed_at"])
