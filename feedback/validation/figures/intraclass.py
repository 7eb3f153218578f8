"""Intraclass correlation: the six forms of Shrout and Fleiss, with their intervals.

1: each item has its own experts; 2: the experts are a sample of all there could be; 3: these
experts and no others. "1" is the reliability of one expert's rating, "k" of the panel's mean.

Sources: Shrout and Fleiss 1979 (forms and intervals); McGraw and Wong 1996 (degrees of freedom of
the interval of the second form).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from feedback.validation.figures.distributions import f_quantile
from feedback.validation.figures.ratings import complete
from feedback.validation.figures.values import (
    CONFIDENCE,
    Figure,
    Interval,
    Reason,
    Table,
    without,
)

FORMS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
# Mean squares this small beside the whole are rounding, not variation.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Correlation:
    """One form with its interval; n counts the items."""

    figure: Figure
    interval: Interval


def icc(table: Table, confidence: float = CONFIDENCE) -> dict[str, Correlation]:
    """The six forms, of a table without missing cells, two items and two experts at least."""
    rows = complete(table)
    reason = Reason.MISSING if rows is None else _too_few(rows)
    squares = None if rows is None or reason else _squares(rows)
    return {form: _one(form, squares, reason, len(table), confidence) for form in FORMS}


def _too_few(rows: Sequence[Sequence[float]]) -> Reason | None:
    if not rows or not rows[0]:
        return Reason.NO_RATING if rows else Reason.NO_ITEM
    if len(rows[0]) < 2:
        return Reason.ONE_EXPERT
    if len(rows) < 2:
        return Reason.ONE_ITEM
    equal = len({rating for row in rows for rating in row}) == 1
    return Reason.ALL_EQUAL if equal else None


@dataclass(frozen=True)
class _Squares:
    """The mean squares between items, between experts, of the rest, and within items."""

    items: float
    experts: float
    rest: float
    within: float
    n: int
    k: int


def _squares(rows: Sequence[Sequence[float]]) -> _Squares:
    n, k = len(rows), len(rows[0])
    middle = fmean(rating for row in rows for rating in row)
    columns = list(zip(*rows, strict=True))
    whole = math.fsum((rating - middle) ** 2 for row in rows for rating in row)
    items = k * math.fsum((fmean(row) - middle) ** 2 for row in rows)
    experts = n * math.fsum((fmean(column) - middle) ** 2 for column in columns)

    def mean(total: float, freedom: int) -> float:
        return 0.0 if total < _ROUNDING * whole else total / freedom

    return _Squares(
        items=mean(items, n - 1),
        experts=mean(experts, k - 1),
        rest=mean(whole - items - experts, (n - 1) * (k - 1)),
        within=mean(whole - items, n * (k - 1)),
        n=n,
        k=k,
    )


def _one(
    form: str, s: _Squares | None, reason: Reason | None, n: int, confidence: float
) -> Correlation:
    if s is None:
        why = reason or Reason.NO_ITEM
        return Correlation(Figure(None, n, why), without(n, why))
    over, under = _fraction(form, s)
    # The second form can also divide by less than nothing: experts who differ less than chance.
    if under <= 0:
        return Correlation(Figure(None, n, Reason.NO_VARIATION), without(n, Reason.NO_VARIATION))
    ends = _ends(form, s, (1 + confidence) / 2)
    interval = Interval(*ends, n) if ends else without(n, Reason.NO_VARIATION)
    return Correlation(Figure(over / under, n), interval)


def _fraction(form: str, s: _Squares) -> tuple[float, float]:
    apart = (s.experts - s.rest) / s.n
    return {
        "1,1": (s.items - s.within, s.items + (s.k - 1) * s.within),
        "2,1": (s.items - s.rest, s.items + (s.k - 1) * s.rest + s.k * apart),
        "3,1": (s.items - s.rest, s.items + (s.k - 1) * s.rest),
        "1,k": (s.items - s.within, s.items),
        "2,k": (s.items - s.rest, s.items + apart),
        "3,k": (s.items - s.rest, s.items),
    }[form]


def _ends(form: str, s: _Squares, share: float) -> tuple[float, float] | None:
    """None where nothing is left to measure by: no error, or no difference between items."""
    kind, size = form.split(",")
    single = _second(s, share) if kind == "2" else _one_way_or_fixed(kind, s, share)
    if single is None or size == "1":
        return single
    # The mean of k ratings, by the formula of Spearman and Brown; it has no end below this.
    if 1 + (s.k - 1) * single[0] <= 0:
        return None
    low, high = (s.k * end / (1 + (s.k - 1) * end) for end in single)
    return low, high


def _one_way_or_fixed(kind: str, s: _Squares, share: float) -> tuple[float, float] | None:
    error = s.within if kind == "1" else s.rest
    freedom = s.n * (s.k - 1) if kind == "1" else (s.n - 1) * (s.k - 1)
    if not error or not s.items:
        return None
    ratio = s.items / error
    low = ratio / f_quantile(share, s.n - 1, freedom)
    high = ratio * f_quantile(share, freedom, s.n - 1)
    return (low - 1) / (low + s.k - 1), (high - 1) / (high + s.k - 1)


def _second(s: _Squares, share: float) -> tuple[float, float] | None:
    over, under = _fraction("2,1", s)
    if not s.rest or not s.items:
        return None
    rho, n, k = over / under, s.n, s.k
    a, b = k * rho * s.experts, (n * (1 + (k - 1) * rho) - k * rho) * s.rest
    squared = a * a / (k - 1) + b * b / ((n - 1) * (k - 1))
    if not squared:
        return None
    freedom = (a + b) ** 2 / squared
    if not freedom:
        return None
    noise = k * s.experts + (k * n - k - n) * s.rest
    # Divided by the quantile, which may be infinite.
    least = s.items / f_quantile(share, n - 1, freedom)
    less = f_quantile(share, freedom, n - 1)
    low = n * (least - s.rest) / (noise + n * least)
    high = n * (s.items - s.rest / less) / (noise / less + n * s.items)
    return low, high
