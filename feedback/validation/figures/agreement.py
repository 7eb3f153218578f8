"""Agreement between experts: per cent, Fleiss' kappa, Cohen's kappa, Gwet's AC1 and AC2.

Sources: Fleiss 1971; Cohen 1960; Gwet 2008 (AC1) and 2014 (AC2, missing ratings). None of them
decides whether something is validated: where nearly everybody gives the same rating, the kappas
fall to 0 and below although nobody disagrees (Gwet 2008; Zec and others 2017).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import fmean

from feedback.validation.figures import weights
from feedback.validation.figures.ratings import complete, given, without_silent
from feedback.validation.figures.values import Figure, Level, Reason, Scale, Table
from feedback.validation.figures.weights import Weights


def percent(table: Table) -> Figure:
    """The share of pairs of experts that gave an item the same rating, averaged over items.

    Items with fewer than two ratings have no pair and are left out; n counts the others.
    """
    rows = _counted(table)
    reason = _no_pairs(table, rows)
    if reason:
        return Figure(None, 0, reason)
    paired = [row for row in rows if row.total() > 1]
    return Figure(fmean(_same(row) for row in paired), len(paired))


def fleiss(table: Table) -> Figure:
    """Fleiss' kappa of a table without missing cells: (mean P_i - P_e) / (1 - P_e).

    Where one category took all, P_e is 1 and there is no kappa.
    """
    rows = complete(table)
    if rows is None:
        return Figure(None, len(table), Reason.MISSING)
    return _fleiss([Counter(row) for row in rows])


def fleiss_of_counts(counts: Sequence[Sequence[int]]) -> Figure:
    """The same of a table of items by categories: how many experts chose each."""
    rows = [Counter({float(k): n for k, n in enumerate(row) if n}) for row in counts]
    if len({row.total() for row in rows}) > 1:
        return Figure(None, len(rows), Reason.MISSING)
    return _fleiss(rows)


def _fleiss(rows: Sequence[Counter[float]]) -> Figure:
    """In whole numbers until the end, so that an agreement by chance of exactly 1 is seen."""
    n = len(rows)
    raters = rows[0].total() if rows else 0
    if raters < 2:
        return Figure(None, n, _too_few(n, raters))
    overall: Counter[float] = Counter()
    for row in rows:
        overall.update(row)
    by_chance, whole = sum(count * count for count in overall.values()), (n * raters) ** 2
    if by_chance == whole:
        return Figure(None, n, Reason.ALL_EQUAL)
    same = sum(count * (count - 1) for row in rows for count in row.values())
    pairs = n * raters * (raters - 1)
    return Figure((same * whole - by_chance * pairs) / (pairs * (whole - by_chance)), n)


def cohen(table: Table) -> Figure:
    """Cohen's kappa of exactly two experts, over the items that both rated."""
    rows = [row for row in without_silent(table) if None not in row]
    raters = len(without_silent(table)[0]) if table else 0
    if raters != 2:
        return Figure(None, len(rows), Reason.NOT_TWO)
    if not rows:
        return Figure(None, 0, Reason.NO_PAIR)
    n = len(rows)
    first, second = Counter(row[0] for row in rows), Counter(row[1] for row in rows)
    # In whole numbers until the end: agreement by chance of exactly 1 must be seen as 1.
    by_chance = sum(count * second[value] for value, count in first.items())
    if by_chance == n * n:
        return Figure(None, n, Reason.ALL_EQUAL)
    found = sum(row[0] == row[1] for row in rows)
    return Figure((found * n - by_chance) / (n * n - by_chance), n)


def ac1(table: Table, scale: Scale) -> Figure:
    """Gwet's AC1: chance as it is where raters guess only what they do not know."""
    return ac2(table, scale, Level.NOMINAL)


def ac2(table: Table, scale: Scale, level: Level) -> Figure:
    """Gwet's AC2 with the weights of the level: (p_a - p_e) / (1 - p_e).

    p_a is taken over items with two ratings or more, the shares of the categories in p_e over all
    that were rated; n counts the former. Everybody of one mind gives 1.
    """
    rows = _counted(table)
    scheme = weights.of(level, scale, {rating for row in rows for rating in row})
    reason = _no_pairs(table, rows) or scheme.reason
    if reason:
        return Figure(None, 0, reason)
    paired = [row for row in rows if row.total() > 1]
    found = fmean(_weighted(row, scheme) for row in paired)
    q = len(scheme.categories)
    shares = _shares([row for row in rows if row])
    spread = math.fsum(share * (1 - share) for share in shares.values())
    by_chance = scheme.total / (q * (q - 1)) * spread
    return Figure((found - by_chance) / (1 - by_chance), len(paired))


def _same(row: Counter[float]) -> float:
    n = row.total()
    return sum(count * (count - 1) for count in row.values()) / (n * (n - 1))


def _weighted(row: Counter[float], scheme: Weights) -> float:
    """How far the pairs of an item agree, each pair by its weight."""
    n, values = row.total(), list(row)
    pairs = math.fsum(
        2 * row[one] * row[other] * scheme.between(one, other)
        for place, one in enumerate(values)
        for other in values[:place]
    )
    return (pairs + sum(count * (count - 1) for count in row.values())) / (n * (n - 1))


def _counted(table: Table) -> list[Counter[float]]:
    return [Counter(given(row)) for row in table]


def _shares(rows: Sequence[Counter[float]]) -> dict[float, float]:
    """The share of each category, each item's ratings counting as one."""
    found: dict[float, list[float]] = defaultdict(list)
    for row in rows:
        for category, count in row.items():
            found[category].append(count / row.total())
    return {category: math.fsum(shares) / len(rows) for category, shares in found.items()}


def _no_pairs(table: Table, rows: Sequence[Counter[float]]) -> Reason | None:
    if any(row.total() > 1 for row in rows):
        return None
    if not any(rows):
        return Reason.NO_RATING if rows else Reason.NO_ITEM
    return Reason.ONE_EXPERT if len(without_silent(table)[0]) == 1 else Reason.NO_PAIR


def _too_few(items: int, raters: int) -> Reason:
    if not items:
        return Reason.NO_ITEM
    return Reason.ONE_EXPERT if raters else Reason.NO_RATING
