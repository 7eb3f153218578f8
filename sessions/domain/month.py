"""A month of sessions as a grid of weeks; as an agenda, the days of it on which something is."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from cop_platform.common.times import FIRST_DAY, LAST_DAY
from sessions.domain import calendar_days
from sessions.domain.calendar_days import Day, Frame
from sessions.domain.filters import SessionFilter


@dataclass(frozen=True)
class Month:
    """A month and its neighbours; weeks begin on Monday, as everywhere in the EU."""

    first: date
    weeks: list[list[Day]]
    previous: date | None
    following: date | None

    @property
    def days_in_use(self) -> list[Day]:
        """Days of the month with a session, a holiday or a busy period."""
        return [d for w in self.weeks for d in w if d.in_period and (d.entries or d.marks)]

    @property
    def count(self) -> int:
        """How many sessions; one of several days counts once."""
        return len({entry.card.pk for day in self.days_in_use for entry in day.entries})


def build(wanted: SessionFilter, day: date, frame: Frame) -> Month:
    """The month of `day`, filled with the sessions that are `wanted`."""
    first = day.replace(day=1)
    grid = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    days = calendar_days.build(wanted, grid[0][0], grid[-1][-1], frame, month=first.month)
    weeks = [days[n : n + 7] for n in range(0, len(days), 7)]
    return Month(first, weeks, _neighbour(first, -1), _neighbour(first, 1))


def _neighbour(first: date, step: int) -> date | None:
    """The first day of the month before or after; None beyond the years we keep."""
    months = first.year * 12 + first.month - 1 + step
    day = date(months // 12, months % 12 + 1, 1)
    return day if FIRST_DAY <= day <= LAST_DAY else None
