"""Content validity of an item and of a scale, by whole numbers of experts.

A rating of 3 or 4 on the scale of 1 to 4 counts as "relevant". N is the number of experts who
rated an item; a missing rating or "not applicable" is no rating. What cannot be computed says
why, and is never 0, 1 or NaN. Pass marks are compared as integers: 7 of 9 passes although
7/9 = 0.7778 is less than 0.78.

Sources: Lynn 1986; Davis 1992; Polit and Beck 2006; Polit, Beck and Owen 2007 (I-CVI, pass marks,
modified kappa and its bands).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from feedback.reviews import marks
from feedback.validation.figures.values import STANDARD, Figure, Reason, Scale


@dataclass(frozen=True)
class Policy:
    """Pass marks by panel size: (from this N on, mark in hundredths), in rising order."""

    name: str
    version: int
    marks: tuple[tuple[int, int], ...]

    def mark(self, n: int) -> int | None:
        """The mark for a panel of n, in hundredths; None where the table has none."""
        return marks.mark_of(n, self.marks)


STRICT = Policy("strict", 1, marks.STRICT)

# S-CVI/Ave at least 0.90: Polit and Beck 2006.
SCALE_MARK = 0.90


def min_relevant(n: int, policy: Policy = STRICT) -> int | None:
    """The smallest A that passes in a panel of n; None for a panel the table has no mark for.

    A passes when A/n, rounded half up to two decimals, reaches the mark: in integers,
    1000 A >= (10 mark - 5) n.
    """
    return marks.needed(n, policy.marks)


def passes(relevant: int, n: int, policy: Policy = STRICT) -> bool | None:
    """Whether A of n reaches the pass mark; None where there is no mark for n."""
    needed = min_relevant(n, policy)
    return None if needed is None else relevant >= needed


def count_relevant(scores: Iterable[float], scale: Scale = STANDARD) -> int:
    """A: how many of the scores say "relevant", 3 or 4 on the scale of 1 to 4."""
    return sum(scale.is_relevant(score) for score in scores)


def i_cvi(relevant: int, n: int) -> Figure:
    """Item-level content validity index, A/N (Lynn 1986). One expert is no panel."""
    reason = _too_few(n)
    return Figure(None, n, reason) if reason else Figure(relevant / n, n)


def chance(relevant: int, n: int) -> float:
    """p_c: how likely A of n agree on "relevant" by chance, C(n, A) / 2^n."""
    return math.comb(n, relevant) / 2**n


def modified_kappa(relevant: int, n: int) -> Figure:
    """k* = (I-CVI - p_c) / (1 - p_c), agreement beyond chance (Polit, Beck and Owen 2007)."""
    reason = _too_few(n)
    if reason:
        return Figure(None, n, reason)
    by_chance = chance(relevant, n)
    return Figure((relevant / n - by_chance) / (1 - by_chance), n)


class Band(StrEnum):
    """How k* is read (Polit, Beck and Owen 2007)."""

    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"
    EXCELLENT = "excellent"


def band(kappa: float) -> Band:
    """The band of an unrounded k*: under 0.40, under 0.60, up to 0.74, above."""
    if kappa < 0.40:
        return Band.POOR
    if kappa < 0.60:
        return Band.FAIR
    return Band.GOOD if kappa <= 0.74 else Band.EXCELLENT


def s_cvi_ave(items: Sequence[tuple[int, int]]) -> Figure:
    """S-CVI/Ave: the mean I-CVI of the items (A, N) that have one; n counts those items."""
    return _mean(relevant / n for relevant, n in _with_panel(items))


def s_cvi_ua(items: Sequence[tuple[int, int]]) -> Figure:
    """S-CVI/UA: the share of items (A, N) that every expert called relevant."""
    return _mean(float(relevant == n) for relevant, n in _with_panel(items))


def mean_kappa(items: Sequence[tuple[int, int]]) -> Figure:
    """The mean k* of the items (A, N) that have one."""
    found = (modified_kappa(relevant, n).value for relevant, n in _with_panel(items))
    return _mean(value for value in found if value is not None)


def _mean(values: Iterable[float]) -> Figure:
    found = list(values)
    return Figure(fmean(found), len(found)) if found else Figure(None, 0, Reason.NO_ITEM)


def _too_few(n: int) -> Reason | None:
    if n < 1:
        return Reason.NO_RATING
    return Reason.ONE_EXPERT if n == 1 else None


def _with_panel(items: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(relevant, n) for relevant, n in items if n > 1]
