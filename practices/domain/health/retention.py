"""Retention and activation: do people stay, and do newcomers find something to give?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date, timedelta

from practices.domain.health.figure import Measure, share

FIRST_STEPS = timedelta(days=60)
QUARTER = timedelta(days=90)


def kept(first: Set[int], second: Set[int]) -> Measure:
    """People active in both quarters / active in the first."""
    return share(len(first & second), len(first))


def activated(
    joined: Mapping[int, date], given_on: Iterable[tuple[int, date]], on: date
) -> Measure:
    """Newcomers who contributed within 60 days of joining / all of them.

    Newcomers are those whose 60 days ended within the 90 days before `on`.
    """
    last = on - FIRST_STEPS
    fresh = {who: day for who, day in joined.items() if last - QUARTER <= day < last}
    found = {
        who
        for who, day in given_on
        if who in fresh and fresh[who] <= day <= fresh[who] + FIRST_STEPS
    }
    return share(len(found), len(fresh))
