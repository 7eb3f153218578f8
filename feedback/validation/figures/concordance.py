"""Kendall's W: how far experts put the items in the same order.

Source: Kendall and Babington Smith 1939; Kendall 1948, Rank Correlation Methods (correction for
ties; chi-squared approximation).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.validation.figures.distributions import chi_squared_above
from feedback.validation.figures.ratings import complete
from feedback.validation.figures.values import Figure, Reason, Table


@dataclass(frozen=True)
class Concordance:
    """W (n counts the items), chi-squared = m (n - 1) W, and how likely chance gives as much."""

    w: Figure
    chi_squared: float | None = None
    p: float | None = None


def kendall_w(table: Table) -> Concordance:
    """W with the correction for ties: 12 S / (m² (n³ - n) - m sum(t³ - t)).

    Of a table without missing cells; an expert who gives all items one rating ranks nothing, and
    where all do there is no W.
    """
    rows = complete(table)
    n = len(table)
    if rows is None:
        return Concordance(Figure(None, n, Reason.MISSING))
    reason = _too_few(rows)
    if reason:
        return Concordance(Figure(None, n, reason))
    columns = list(zip(*rows, strict=True))
    m = len(columns)
    ranked = [_ranks(column) for column in columns]
    sums = [sum(ranks) for ranks in zip(*ranked, strict=True)]
    ties = sum(t**3 - t for column in columns for t in Counter(column).values())
    # Twice the ranks are whole numbers: 12 S is 3 times the sum of their squared deviations.
    middle = m * (n + 1)
    squares = 3 * sum((doubled - middle) ** 2 for doubled in sums)
    most = m * m * (n**3 - n) - m * ties
    if not most:
        return Concordance(Figure(None, n, Reason.NO_VARIATION))
    w = squares / most
    chi_squared = m * (n - 1) * w
    return Concordance(Figure(w, n), chi_squared, chi_squared_above(chi_squared, n - 1))


def _too_few(rows: Sequence[Sequence[float]]) -> Reason | None:
    if not rows or not rows[0]:
        return Reason.NO_RATING if rows else Reason.NO_ITEM
    if len(rows[0]) < 2:
        return Reason.ONE_EXPERT
    return Reason.ONE_ITEM if len(rows) < 2 else None


def _ranks(column: Sequence[float]) -> list[int]:
    """Twice the rank of each rating; equal ratings share the middle of their ranks."""
    place, found = 0, {}
    for value, count in sorted(Counter(column).items()):
        found[value] = 2 * place + count + 1
        place += count
    return [found[value] for value in column]
