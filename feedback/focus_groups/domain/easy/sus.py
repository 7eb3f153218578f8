"""The System Usability Scale (J. Brooke, 1996): ten statements, one score from 0 to 100.

Odd statements count their value less one, even ones five less their value; the sum times 2.5.
A person who left one of the ten out has no score: a guessed item would be ours, not theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from cop_platform.common.reporting.cells import SMALLEST
from feedback.validation import figures

ITEMS = 10
# The mean of many published studies, to compare with.
AVERAGE = 68


@dataclass(frozen=True)
class SusScore:
    """The mean of at least five people, with the interval it lies in 95 times of 100."""

    mean: float
    people: int
    low: float
    high: float


def score(values: Mapping[int, int]) -> float | None:
    """One person's score from values 1 to 5 by the number of the statement; None with a gap."""
    if set(values) != set(range(1, ITEMS + 1)):
        return None
    points = (value - 1 if number % 2 else 5 - value for number, value in values.items())
    return sum(points) * 2.5


def summary(scores: Sequence[float]) -> SusScore | None:
    """What is said of several people's scores; None for fewer than five."""
    people = len(scores)
    if people < SMALLEST:
        return None
    interval = figures.mean_interval(scores)
    low, high = interval.low or 0.0, interval.high or 0.0
    # The scale ends at 0 and 100; the interval of a small group may reach beyond.
    return SusScore(fmean(scores), people, max(0.0, low), min(100.0, high))
