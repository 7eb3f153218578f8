"""Reuse: are good practices taken up by others?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from practices.domain.health.figure import Measure, share

# Nobody adopts what is new; after so many days somebody could have.
AGE = timedelta(days=90)


@dataclass(frozen=True)
class Shared:
    """A practice: its country, the day it came out, the days others adopted it, its end."""

    country_id: int
    published_on: date
    adopted_on: tuple[date, ...] = ()
    retired_on: date | None = None


def of(practices: Iterable[Shared], on: date) -> Measure:
    """Practices older than 90 days adopted by another partner / all such, as of a day."""
    old = [
        one
        for one in practices
        if one.published_on < on - AGE and (one.retired_on is None or one.retired_on > on)
    ]
    used = sum(1 for one in old if any(day <= on for day in one.adopted_on))
    return share(used, len(old))
