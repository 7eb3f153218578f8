"""A month of sessions as a grid of weeks, in the reader's zone."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cop_platform.common.times import FIRST_DAY, LAST_DAY, say_day, to_utc, to_wall
from experts.models import User
from sessions.domain.cards import SessionCard, cards
from sessions.querysets import CopSessionQuerySet

SHOWN_PER_DAY = 3


@dataclass(frozen=True)
class Day:
    """A cell: its sessions, of which a template shows the first few and says how many more."""

    date: date
    in_month: bool
    is_today: bool
    cards: list[SessionCard]

    @property
    def number(self) -> int:
        return self.date.day

    @property
    def iso(self) -> str:
        return self.date.isoformat()

    @property
    def label(self) -> str:
        return say_day(self.date)

    @property
    def first_cards(self) -> list[SessionCard]:
        return self.cards[:SHOWN_PER_DAY]

    @property
    def more(self) -> list[SessionCard]:
        return self.cards[SHOWN_PER_DAY:]

    @property
    def look(self) -> str:
        """The cell's classes."""
        classes = {
            "calendar-other": not self.in_month,
            "calendar-today": self.is_today,
            "calendar-empty": not self.cards,
        }
        return " ".join(name for name, holds in classes.items() if holds)


@dataclass(frozen=True)
class Month:
    """A month and its neighbours; weeks begin on Monday, as everywhere in the EU."""

    first: date
    weeks: list[list[Day]]
    previous: date | None
    following: date | None

    @property
    def days_with_sessions(self) -> list[Day]:
        return [d for week in self.weeks for d in week if d.in_month and d.cards]

    @property
    def count(self) -> int:
        return sum(len(d.cards) for d in self.days_with_sessions)


def build(sessions: CopSessionQuerySet, first: date, user: User, at: datetime) -> Month:
    """The month that begins on `first`, filled from `sessions`, in the reader's zone."""
    zone = user.person.zone
    grid = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    start, end = grid[0][0], grid[-1][-1] + timedelta(days=1)
    shown = sessions.between(_midnight(start, zone), _midnight(end, zone))
    by_day: dict[date, list[SessionCard]] = {}
    for card in cards(shown, user, at):
        by_day.setdefault(card.day, []).append(card)
    today = to_wall(at, zone).date()
    weeks = [
        [Day(d, d.month == first.month, d == today, by_day.get(d, [])) for d in week]
        for week in grid
    ]
    return Month(first, weeks, _neighbour(first, -1), _neighbour(first, 1))


def _midnight(day: date, zone: str) -> datetime:
    return to_utc(datetime.combine(day, time.min), zone, fold=0).astimezone(UTC)


def _neighbour(first: date, step: int) -> date | None:
    """The first day of the month before or after; None beyond the years we keep."""
    months = first.year * 12 + first.month - 1 + step
    day = date(months // 12, months % 12 + 1, 1)
    return day if FIRST_DAY <= day <= LAST_DAY else None
