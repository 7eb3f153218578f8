"""Intervals of a share A/N and of a mean: how little a small panel can promise.

Sources: Wilson 1927 (score interval); Clopper and Pearson 1934 (exact, by beta quantiles); Student
1908 (mean).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, stdev

from feedback.validation.figures import distributions
from feedback.validation.figures.values import CONFIDENCE, Interval, Reason, without


def wilson(relevant: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """The score interval of the share A/N (Wilson 1927)."""
    if n < 1:
        return without(n, Reason.NO_RATING)
    z = distributions.z(confidence)
    centre = relevant + z * z / 2
    spread = z * math.sqrt(relevant * (n - relevant) / n + z * z / 4)
    whole = n + z * z
    # At the two ends the exact values are 0 and 1; floating point misses them by a hair.
    low = 0.0 if relevant == 0 else (centre - spread) / whole
    high = 1.0 if relevant == n else (centre + spread) / whole
    return Interval(low, high, n)


def clopper_pearson(relevant: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """The exact interval of the share A/N: never too narrow, often wider than needed."""
    if n < 1:
        return without(n, Reason.NO_RATING)
    tail = (1 - confidence) / 2
    low = 0.0 if relevant == 0 else distributions.beta_quantile(tail, relevant, n - relevant + 1)
    high = (
        1.0 if relevant == n else distributions.beta_quantile(1 - tail, relevant + 1, n - relevant)
    )
    return Interval(low, high, n)


def mean_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """The interval of the mean of N values by Student's distribution, for N from 2 on."""
    n = len(values)
    if n < 2:
        return without(n, Reason.TOO_SMALL)
    # Squared, Student's t is an F with one degree of freedom above.
    t = math.sqrt(distributions.f_quantile(confidence, 1, n - 1))
    half = t * stdev(values) / math.sqrt(n)
    return Interval(fmean(values) - half, fmean(values) + half, n)
