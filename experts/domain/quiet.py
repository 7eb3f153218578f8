"""Quiet hours and free weekends: when a message that can wait may reach somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from cop_platform.common.times import to_utc, to_wall

SATURDAY = 5
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Habits:
    """Hours on the person's own clock in which nothing is sent unasked; equal hours mean none."""

    quiet_from: int = 21
    quiet_until: int = 8
    weekends: bool = True

    def is_free(self, wall: datetime) -> bool:
        """At this wall time the person may be written to."""
        if not self.weekends and wall.weekday() >= SATURDAY:
            return False
        start, end = self.quiet_from, self.quiet_until
        if start < end:
            return not start <= wall.hour < end
        return start == end or end <= wall.hour < start


@lru_cache(maxsize=2000)
def fitted(
    due_at: datetime, zone: str, habits: Habits, *, not_after: datetime | None, at: datetime
) -> datetime:
    """The instant (UTC) at which a message due at `due_at` may go to somebody living in `zone`.

    As due where that is a free hour; else the next free hour. Where that would be at or past
    `not_after`, the last minute before the quiet time instead, and where that is before `at`
    (the message was planned late), as due after all: a reminder in the night helps more than one
    after the start.
    """
    wall = to_wall(due_at, zone)
    if habits.is_free(wall):
        return due_at
    later = _next_free(wall, zone, habits)
    if not_after is None or later < not_after:
        return later
    earlier = _last_free(wall, zone, habits)
    return earlier if earlier >= at else due_at


def _next_free(wall: datetime, zone: str, habits: Habits) -> datetime:
    """The first free full hour after a wall time that is not free."""
    hour = wall.replace(minute=0, second=0, microsecond=0)
    for hours in range(1, 24 * 4):
        found = hour + timedelta(hours=hours)
        if habits.is_free(found):
            return to_utc(found, zone, fold=0)
    raise AssertionError("every week has a free hour")


def _last_free(wall: datetime, zone: str, habits: Habits) -> datetime:
    """The last free minute before a wall time that is not free."""
    hour = wall.replace(minute=0, second=0, microsecond=0)
    for hours in range(1, 24 * 4):
        found = hour - timedelta(hours=hours)
        if habits.is_free(found):
            return to_utc(found + timedelta(hours=1) - A_MINUTE, zone, fold=0)
    raise AssertionError("every week has a free hour")
