"""Voice balance: do many speak, or always the same few?"""

from __future__ import annotations

from collections.abc import Iterable

from practices.domain.health.figure import Measure


def gini(amounts: Iterable[int]) -> float | None:
    """0 where all give the same, near 1 where one gives all; None where nobody gives anything."""
    ordered = sorted(amounts)
    n, total = len(ordered), sum(ordered)
    if not total:
        return None
    return sum((2 * rank - n - 1) * given for rank, given in enumerate(ordered, 1)) / (n * total)


def of(amounts: Iterable[int]) -> Measure:
    """1 - Gini of the contributions of all members, those who gave nothing included."""
    found = list(amounts)
    uneven = gini(found)
    return Measure(None if uneven is None else 1 - uneven, len(found), sum(found))
