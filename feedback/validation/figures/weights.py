"""How nearly two ratings agree: the weights of Gwet's AC2, one set for each level of measurement.

Source: Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition, chapter 3: identity weights for
nominal, ordinal weights for ordinal, quadratic weights for interval and ratio weights for ratio
scales. Categories are all points of the scale, whether or not somebody used them; a rating between
two points is a category of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from feedback.validation.figures.values import Level, Reason, Scale

# Ratio weights are added up pair by pair.
_MANY = 1_500


@dataclass(frozen=True)
class Weights:
    """The weights between categories in rising order."""

    level: Level
    categories: tuple[float, ...]

    @cached_property
    def ranks(self) -> dict[float, int]:
        """The place of each category."""
        return {category: place for place, category in enumerate(self.categories)}

    @property
    def reason(self) -> Reason | None:
        """Why there are no such weights."""
        if self.level != Level.RATIO:
            return None
        if self.categories[0] < 0:
            return Reason.NEGATIVE
        return Reason.MANY_VALUES if len(self.categories) > _MANY else None

    def between(self, one: float, other: float) -> float:
        """1 for the same category, 0 for the two ends of the scale (nominal: for any two)."""
        if one == other:
            return 1.0
        low, high = self.categories[0], self.categories[-1]
        if self.level == Level.NOMINAL:
            return 0.0
        if self.level == Level.ORDINAL:
            return self._by_distance(abs(self.ranks[one] - self.ranks[other]))
        if self.level == Level.INTERVAL:
            return 1 - ((one - other) / (high - low)) ** 2
        return 1 - ((one - other) / (one + other) * (high + low) / (high - low)) ** 2

    @cached_property
    def total(self) -> float:
        """The sum of the weights of all ordered pairs of categories."""
        q, low, high = len(self.categories), self.categories[0], self.categories[-1]
        if self.level == Level.NOMINAL:
            return q
        if self.level == Level.ORDINAL:
            return q + sum(2 * (q - d) * self._by_distance(d) for d in range(1, q))
        if self.level == Level.INTERVAL:
            above = [category - low for category in self.categories]
            squares = 2 * (q * sum(x * x for x in above) - sum(above) ** 2)
            return q * q - squares / (high - low) ** 2
        return sum(self.between(a, b) for a in self.categories for b in self.categories)

    def _by_distance(self, steps: int) -> float:
        return 1 - math.comb(steps + 1, 2) / math.comb(len(self.categories), 2)


def of(level: Level, scale: Scale, ratings: Iterable[float]) -> Weights:
    """The weights of a level for the points of a scale and whatever else was given."""
    return Weights(level, tuple(sorted({float(p) for p in scale.points} | set(ratings))))
