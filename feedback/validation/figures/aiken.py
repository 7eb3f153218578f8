"""Aiken's V: how far the mean rating stands up the scale, with its score interval.

Sources: Aiken 1985 (V); Penfield and Giacobbi 2004 (interval).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from feedback.validation.figures import distributions
from feedback.validation.figures.values import (
    CONFIDENCE,
    STANDARD,
    Figure,
    Interval,
    Reason,
    Scale,
)


def aiken_v(scores: Sequence[float], scale: Scale = STANDARD) -> Figure:
    """V = sum(r - low) / (n (high - low)), on any scale. One expert is no panel."""
    n = len(scores)
    if n < 2:
        return Figure(None, n, Reason.ONE_EXPERT if n else Reason.NO_RATING)
    above = sum(score - scale.low for score in scores)
    return Figure(above / (n * (scale.high - scale.low)), n)


def aiken_v_interval(
    scores: Sequence[float], scale: Scale = STANDARD, confidence: float = CONFIDENCE
) -> Interval:
    """With k = high - low: (2nkV + z² ± z sqrt(4nkV(1 - V) + z²)) / (2 (nk + z²))."""
    n = len(scores)
    v = aiken_v(scores, scale)
    if v.value is None:
        return Interval(None, None, n, v.reason)
    z = distributions.z(confidence)
    steps = n * (scale.high - scale.low)
    centre = 2 * steps * v.value + z * z
    spread = z * math.sqrt(4 * steps * v.value * (1 - v.value) + z * z)
    whole = 2 * (steps + z * z)
    # The exact ends; floating point misses them by a hair.
    low = 0.0 if v.value == 0 else (centre - spread) / whole
    high = 1.0 if v.value == 1 else (centre + spread) / whole
    return Interval(low, high, n)
