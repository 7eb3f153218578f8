"""The cadence plan: how often each community means to meet, and the months in which it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count
from django.db.models.functions import TruncMonth

from experts.models import Country
from sessions.models import CopSession

# How many sessions a month a community means to hold, and months shown before and after this one.
A_MONTH = 1
BACK, AHEAD = 12, 3


class State(StrEnum):
    """What a month of a community is: red where it should have met and did not."""

    BEFORE = "before"
    HELD = "held"
    PLANNED = "planned"
    GAP = "gap"
    OPEN = "open"


@dataclass(frozen=True)
class Cell:
    """A month of a community: the sessions held or planned in it."""

    month: date
    state: State
    sessions: int


@dataclass(frozen=True)
class Row:
    """A community over the months; `covered` of the `due` months up to the last full one."""

    country: Country
    cells: tuple[Cell, ...]
    covered: int
    due: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.covered / self.due) if self.due else None

    @property
    def gaps(self) -> tuple[date, ...]:
        return tuple(cell.month for cell in self.cells if cell.state == State.GAP)


def month_of(day: date) -> date:
    return day.replace(day=1)


def moved(month: date, by: int) -> date:
    """The first day of the month so many later."""
    months = month.year * 12 + month.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """The months of both days and all between them."""
    found, month = [], month_of(first)
    while month <= last:
        found.append(month)
        month = moved(month, 1)
    return found


def row(country: Country, counted: dict[date, int], *, started: date, today: date) -> Row:
    """A community's months from twelve back to three ahead; its first month is that of its start.

    This month is no gap before it is over.
    """
    this = month_of(today)
    months = [moved(this, step) for step in range(-BACK, AHEAD + 1)]
    cells = tuple(
        Cell(
            month,
            _state(month, counted.get(month, 0), month_of(started), this),
            counted.get(month, 0),
        )
        for month in months
    )
    past = [cell for cell in cells if cell.month < this and cell.state != State.BEFORE]
    return Row(country, cells, sum(1 for one in past if one.state == State.HELD), len(past))


def _state(month: date, sessions: int, first: date, this: date) -> State:
    if sessions >= A_MONTH:
        return State.HELD if month < this else State.PLANNED
    if month < first:
        return State.BEFORE
    return State.GAP if month < this else State.OPEN


def rows(countries: Iterable[Country], today: date) -> list[Row]:
    """Every community's months; one question. Cancelled sessions are none."""
    this = month_of(today)
    found = CopSession.objects.not_cancelled().filter(
        wall_day__gte=moved(this, -BACK), wall_day__lt=moved(this, AHEAD + 1)
    )
    months = found.order_by().annotate(month=TruncMonth("wall_day"))
    counted = months.values_list("host_cops__country_id", "month").annotate(n=Count("pk"))
    by_country: dict[int, Counter[date]] = {}
    for country_id, month, n in counted:
        by_country.setdefault(country_id, Counter())[month] = n
    return [
        row(one, by_country.get(one.pk, Counter()), started=one.cop.started_on, today=today)
        for one in countries
    ]
