"""Where the ratings of an item lie and how far apart: mean, median, spread, distribution."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

from feedback.validation.figures.values import STANDARD, Figure, Reason, Scale


def mean(scores: Sequence[float]) -> Figure:
    """The arithmetic mean."""
    if not scores:
        return Figure(None, 0, Reason.NO_RATING)
    return Figure(statistics.fmean(scores), len(scores))


def median(scores: Sequence[float]) -> Figure:
    """The middle score; between the two middle ones for an even N."""
    if not scores:
        return Figure(None, 0, Reason.NO_RATING)
    return Figure(float(statistics.median(scores)), len(scores))


def deviation(scores: Sequence[float]) -> Figure:
    """The standard deviation of a sample, with N - 1."""
    n = len(scores)
    if n < 2:
        return Figure(None, n, Reason.ONE_EXPERT if n else Reason.NO_RATING)
    return Figure(statistics.stdev(scores), n)


def quantile(scores: Sequence[float], share: float) -> Figure:
    """The value at a share of the way through the sorted scores, interpolated.

    Hyndman and Fan 1996, type 7: what R and spreadsheets give when nothing else is asked for.
    """
    if not scores:
        return Figure(None, 0, Reason.NO_RATING)
    ordered = sorted(scores)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    step = (ordered[above] - ordered[below]) * (place - below)
    return Figure(ordered[below] + step, len(ordered))


def interquartile(scores: Sequence[float]) -> Figure:
    """The distance between the quarters: the middle half of the ratings lies within it."""
    low, high = quantile(scores, 0.25), quantile(scores, 0.75)
    if low.value is None or high.value is None:
        return low
    return Figure(high.value - low.value, low.n)


def distribution(scores: Sequence[float], scale: Scale = STANDARD) -> tuple[int, ...]:
    """How many gave each point of the scale, from the lowest up."""
    return tuple(sum(score == point for score in scores) for point in scale.points)


# A scale with more points is told by the ratings that occur on it.
_SHORT = 11


def tally(scores: Sequence[float], scale: Scale = STANDARD) -> dict[float, int]:
    """How many gave each rating, in rising order; ratings between two points stand for themselves.

    Points that nobody gave are told as 0 on a scale that is short enough to be read.
    """
    found = Counter(scores)
    points = set(scale.points) if len(scale.points) <= _SHORT else set()
    return {value: found[value] for value in sorted(points | set(found))}
