"""Krippendorff's alpha for nominal, ordinal, interval and ratio data, with missing ratings.

alpha = 1 - D_o / D_e, from the pairs of ratings within an item against the pairs of all ratings.
Items with fewer than two ratings are dropped. Customary reading: rely on it from 0.800 on, from
0.667 with caution.

Sources: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); Content Analysis, 2nd
edition (2004), chapter 11.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from feedback.validation.figures.ratings import given
from feedback.validation.figures.values import Figure, Level, Reason, Table

Unit = Counter[float]
Distance = Callable[[float, float], float]

# Ratio distances between all ratings are added up pair by pair.
_MANY = 1_500


def alpha(table: Table, level: Level) -> Figure:
    """Alpha; n counts the ratings that have another one beside them in their item.

    All ratings equal: D_e is 0 and there is no alpha.
    """
    units = pairable(table)
    if not units:
        return Figure(None, 0, _no_pairs(table))
    marginals = totals(units)
    n = marginals.total()
    reason = why_not(marginals, level)
    if reason:
        return Figure(None, n, reason)
    distance = distances(level, marginals)
    observed = math.fsum(
        unit[one] * unit[other] * distance(one, other) / (unit.total() - 1)
        for unit in units
        for one, other in combinations(sorted(unit), 2)
    )
    return Figure(1 - (n - 1) * observed / _expected(level, marginals, distance), n)


def pairable(table: Table) -> list[Unit]:
    """How often each value was given to an item, for items with two ratings or more."""
    units = (Counter(given(row)) for row in table)
    return [unit for unit in units if unit.total() > 1]


def totals(units: list[Unit]) -> Unit:
    """How often each value was given in all."""
    found: Unit = Counter()
    for unit in units:
        found.update(unit)
    return found


def why_not(marginals: Unit, level: Level) -> Reason | None:
    """Why there is no alpha of this level."""
    if len(marginals) == 1:
        return Reason.ALL_EQUAL
    if level != Level.RATIO:
        return None
    if min(marginals) < 0:
        return Reason.NEGATIVE
    return Reason.MANY_VALUES if len(marginals) > _MANY else None


def distances(level: Level, marginals: Mapping[float, int]) -> Distance:
    """The squared distance of two different values, as the level measures it."""
    if level == Level.NOMINAL:
        return lambda one, other: 1.0
    if level == Level.RATIO:
        return lambda one, other: ((one - other) / (one + other)) ** 2
    if level == Level.INTERVAL:
        return lambda one, other: (one - other) ** 2
    ranks = dict(_ranks(marginals))
    return lambda one, other: (ranks[one] - ranks[other]) ** 2


def _ranks(marginals: Mapping[float, int]) -> Iterator[tuple[float, float]]:
    """The middle rank of each value among all ratings.

    The ordinal distance, the ratings from one value to the other less half of both ends, is the
    difference of the two.
    """
    below = 0
    for value in sorted(marginals):
        yield value, below + marginals[value] / 2
        below += marginals[value]


def _expected(level: Level, marginals: Unit, distance: Distance) -> float:
    """The distances between all pairs of ratings, added up; by moments where these are squares."""
    n = marginals.total()
    if level == Level.NOMINAL:
        return (n * n - sum(count * count for count in marginals.values())) / 2
    if level == Level.RATIO:
        return math.fsum(
            marginals[one] * marginals[other] * distance(one, other)
            for one, other in combinations(marginals, 2)
        )
    places = dict(_ranks(marginals)) if level == Level.ORDINAL else {v: v for v in marginals}
    middle = math.fsum(count * places[v] for v, count in marginals.items()) / n
    return n * math.fsum(count * (places[v] - middle) ** 2 for v, count in marginals.items())


def _no_pairs(table: Table) -> Reason:
    if not table:
        return Reason.NO_ITEM
    raters = [column for column in zip(*table, strict=True) if any(r is not None for r in column)]
    if not raters:
        return Reason.NO_RATING
    return Reason.ONE_EXPERT if len(raters) == 1 else Reason.NO_PAIR
