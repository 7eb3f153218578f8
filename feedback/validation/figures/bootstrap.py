"""How far Krippendorff's alpha may lie from what the items at hand give: a bootstrap over items.

Items are drawn with replacement, as many as there are, a thousand times from a fixed seed, so that
the same ratings always give the same interval; its ends are the 2.5th and 97.5th percentile. A draw
in which all ratings are equal has no alpha and is left out.

An item enters alpha as its coincidences (how often two values stand beside each other) and its
counts. Both are whole numbers once multiplied by a common number, so an item is packed into one
large integer and a draw is one sum of such integers: no draw looks at a rating again.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from feedback.validation.figures import krippendorff as own
from feedback.validation.figures.krippendorff import Unit
from feedback.validation.figures.spread import quantile
from feedback.validation.figures.values import (
    CONFIDENCE,
    Interval,
    Level,
    Reason,
    Table,
    without,
)

SEED = 20_261_127
DRAWS = 1_000
# With more different values an item has too many coincidences to draw with.
_MANY = 50


def alpha_intervals(table: Table, confidence: float = CONFIDENCE) -> dict[Level, Interval]:
    """The interval of alpha on every level; n counts the items with two ratings or more."""
    units = own.pairable(table)
    n = len(units)
    why = {level: _why_not(table, units, level) for level in Level}
    wanted = [level for level, reason in why.items() if reason is None]
    found: dict[Level, list[float]] = {level: [] for level in wanted}
    for draw in _draws(units) if wanted else ():
        for level in wanted:
            value = draw.alpha(level)
            if value is not None:
                found[level].append(value)
    tail = (1 - confidence) / 2
    return {
        level: without(n, reason) if reason else _interval(found[level], n, tail)
        for level, reason in why.items()
    }


def _why_not(table: Table, units: Sequence[Unit], level: Level) -> Reason | None:
    reason = own.alpha(table, level).reason
    if reason:
        return reason
    if len(units) == 1:
        return Reason.ONE_ITEM
    return Reason.MANY_VALUES if len(own.totals(list(units))) > _MANY else None


def _interval(values: Sequence[float], n: int, tail: float) -> Interval:
    return Interval(quantile(values, tail).value, quantile(values, 1 - tail).value, n)


@dataclass(frozen=True)
class Draw:
    """The coincidences of pairs of values, times `times`, and the counts of the values."""

    pairs: Sequence[tuple[float, float]]
    coincidences: Sequence[int]
    times: int
    marginals: dict[float, int]

    def alpha(self, level: Level) -> float | None:
        """Alpha of the draw; None where all its ratings are equal."""
        distance = own.distances(level, self.marginals)
        counts = self.marginals
        observed = expected = 0.0
        for (one, other), coincidence in zip(self.pairs, self.coincidences, strict=True):
            apart = distance(one, other)
            observed += coincidence * apart
            expected += counts[one] * counts[other] * apart
        if not expected:
            return None
        return 1 - (sum(counts.values()) - 1) * observed / (self.times * expected)


def _draws(units: Sequence[Unit]) -> Iterator[Draw]:
    values = sorted(own.totals(list(units)))
    pairs = list(combinations(values, 2))
    times = math.lcm(*(unit.total() - 1 for unit in units))
    rows = [fields_of(unit, values, pairs, times) for unit in units]
    # Wide enough for the largest field of all items added up.
    width = (len(units) * max(map(max, rows))).bit_length()
    # Sorted, so that the order of the items changes nothing.
    packed = sorted(sum(f << place * width for place, f in enumerate(row)) for row in rows)
    chance = random.Random(SEED)  # noqa: S311 - the same draws each time are what is wanted
    mask = (1 << width) - 1
    for _n in range(DRAWS):
        total = sum(chance.choices(packed, k=len(packed)))
        fields = [total >> place * width & mask for place in range(len(rows[0]))]
        marginals = dict(zip(values, fields[len(pairs) :], strict=True))
        yield Draw(pairs, fields[: len(pairs)], times, marginals)


def fields_of(
    unit: Unit, values: Sequence[float], pairs: Sequence[tuple[float, float]], times: int
) -> list[int]:
    """An item's coincidences, times `times`, and its counts."""
    share = times // (unit.total() - 1)
    coincidences = [unit[one] * unit[other] * share for one, other in pairs]
    return [*coincidences, *(unit[value] for value in values)]
