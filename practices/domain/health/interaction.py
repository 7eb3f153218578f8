"""Interaction: do people talk with each other, or one after the other?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from statistics import fmean

from practices.domain.health.figure import NOTHING, Measure


def of(threads: Mapping[str, Collection[int]]) -> Measure:
    """The mean number of distinct contributors per thread, from the people of each thread."""
    sizes = [len(set(people)) for people in threads.values() if people]
    if not sizes:
        return NOTHING
    return Measure(fmean(sizes), len(sizes), sum(sizes), len(sizes))
