"""Loop closed: is what people asked for decided, and do they hear of it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from practices.domain.health.figure import NOTHING, Measure, share


@dataclass(frozen=True)
class Asked:
    """A change somebody asked for, with the days of what became of it."""

    country_id: int | None
    raised_on: date
    decided_on: date | None = None
    told_on: date | None = None


def decided(changes: Iterable[Asked], on: date) -> Measure:
    """Decided / all, as of a day."""
    known = [change for change in changes if change.raised_on <= on]
    done = sum(1 for change in known if change.decided_on and change.decided_on <= on)
    return share(done, len(known))


def told(changes: Iterable[Asked], on: date) -> Measure:
    """The median of the days from asking to being told."""
    days = [
        (one.told_on - one.raised_on).days for one in changes if one.told_on and one.told_on <= on
    ]
    return Measure(median(days), len(days)) if days else NOTHING
