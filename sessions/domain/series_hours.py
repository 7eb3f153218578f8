"""Whom a series meets at another hour than usual: their clocks change on other days, or never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from cop_platform.common.times import say_clock, say_day, to_wall


@dataclass(frozen=True)
class Hours:
    """The usual hour on a clock, and the dates at another one as (day, hour)."""

    usual: str
    others: list[tuple[str, str]]


def hours(instants: Iterable[datetime], zone: str) -> Hours | None:
    """How the clocks of `zone` show these instants; None when always the same hour."""
    walls = [to_wall(instant, zone) for instant in instants]
    counted: Counter[time] = Counter(wall.time() for wall in walls)
    if len(counted) < 2:
        return None
    usual = counted.most_common(1)[0][0]
    others = [(say_day(wall), say_clock(wall)) for wall in walls if wall.time() != usual]
    return Hours(f"{usual:%H:%M}", others)
