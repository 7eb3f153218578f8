"""Why a day is a bad one to meet: public holidays, and busy periods that partners entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from experts.models import Country, User
from sessions.domain import public_holidays
from sessions.models import BusyPeriod

_BUSY = Prepared(
    lambda: (
        BusyPeriod.objects.touching(Slot("first"), Slot("last"))
        .filter(country_id__in=KeysSlot("countries"))
        .values_list("country_id", "name", "first_day", "last_day")
    )
)


@dataclass(frozen=True)
class DayMark:
    """What a day is called, and the codes of the countries where it is."""

    name: str
    codes: tuple[str, ...]


def concerned(countries: Sequence[Country], chosen: Country | None, user: User) -> list[Country]:
    """The country that was chosen, else the reader's own ones, else (project roles) all."""
    if chosen:
        return [chosen]
    own = user.access.countries()
    return [country for country in countries if country.pk in own] or list(countries)


def between(
    countries: Sequence[Country], first: date, last: date, user: User
) -> dict[date, tuple[DayMark, ...]]:
    """Marks of each day from `first` to `last`, both included; one query."""
    found: dict[date, dict[str, list[str]]] = {}
    for country in countries:
        for day, name in public_holidays.between(country.iso_code, first, last).items():
            found.setdefault(day, {}).setdefault(name, []).append(country.code)
    codes = {country.pk: country.code for country in countries}
    may_see = user.access.is_member
    busy = _BUSY.all(first=first, last=last, countries=list(codes)) if may_see else []
    for country_id, name, begins, ends in busy:
        for day in _days(max(begins, first), min(ends, last)):
            where = found.setdefault(day, {}).setdefault(name, [])
            if codes[country_id] not in where:
                where.append(codes[country_id])
    return {
        day: tuple(DayMark(name, tuple(sorted(where))) for name, where in sorted(names.items()))
        for day, names in found.items()
    }


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
