"""Rhythm: does the community meet at regular times, in every month?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from statistics import fmean, pstdev

from practices.domain.health.figure import NOTHING, Measure, share


def of(days: Iterable[date]) -> Measure:
    """max(0, 1 - CV of gaps) of the days of sessions; n counts the gaps.

    CV is the standard deviation over the mean. Several sessions of one day are one.
    """
    gaps = [(after - before).days for before, after in pairwise(sorted(set(days)))]
    if not gaps:
        return NOTHING
    return Measure(max(0.0, 1 - pstdev(gaps) / fmean(gaps)), len(gaps))


def mean(rhythms: Iterable[Measure]) -> Measure:
    """The mean of several communities' rhythms; n counts all their gaps."""
    found = [one for one in rhythms if one.value is not None]
    if not found:
        return NOTHING
    return Measure(fmean(one.value or 0.0 for one in found), sum(one.n for one in found))


def covered(months_met: Iterable[date], months_due: Iterable[date]) -> Measure:
    """Months with a session / months since the community started."""
    due = set(months_due)
    return share(len(due & set(months_met)), len(due))
