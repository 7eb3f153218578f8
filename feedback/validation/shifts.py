"""Whether two panels differ on an item, and what panels of their size could have shown.

Plain numbers in, plain numbers out. A panel is (A, N): A of N experts found the item relevant.

Sources: Fisher 1922 (exact test); Benjamini and Hochberg 1995 (false discovery); Tarone 1990 and
Gilbert 2005 (leaving out tests that cannot show anything); Newcombe 1998, method 10 (interval of a
difference, from two score intervals).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from feedback.validation.figures import Interval, Reason, wilson
from feedback.validation.figures.distributions import binomial

Panel = tuple[int, int]

# A difference is flagged when its corrected p is not above this.
ALPHA = 0.05


@lru_cache(maxsize=4096)
def exact_p(one: Panel, other: Panel) -> float:
    """Two-sided p of Fisher's exact test: tables no more likely than the one found.

    Counted in whole numbers, so that tables that are equally likely are never torn apart by
    rounding. 1.0 where a panel is empty or both agree on all: nothing speaks for a difference.
    """
    ways = _ways(one, other)
    return _share(ways, ways[one[0]])


@lru_cache(maxsize=4096)
def least_p(one: Panel, other: Panel) -> float:
    """The smallest p these panels could give with as many relevant answers in all."""
    ways = _ways(one, other)
    return _share(ways, min(ways.values()))


def able(least: Sequence[float], alpha: float = ALPHA) -> list[int]:
    """The places of the tests that can reach the level a page of such tests asks for.

    Where nearly everybody agrees, most comparisons cannot be flagged whatever the panels had said;
    they need no share of the correction (Tarone 1990; for false discovery Gilbert 2005). `least`
    are the smallest p values they could give.
    """
    for asked in range(1, len(least) + 1):
        found = [place for place, p in enumerate(least) if p <= alpha / asked]
        if len(found) <= asked:
            return found
    return []


def corrected(
    values: Sequence[float], least: Sequence[float] | None = None, alpha: float = ALPHA
) -> list[float]:
    """The p values, raised so that of those flagged at alpha at most alpha are false on average.

    Benjamini and Hochberg's step-up, in the order given, among the tests that are `able`; all
    others are 1. Without `least` all tests count.
    """
    places = list(range(len(values))) if least is None else able(least, alpha)
    order = sorted(places, key=lambda place: values[place], reverse=True)
    raised = [1.0] * len(values)
    lowest = 1.0
    for above, place in enumerate(order):
        lowest = min(lowest, values[place] * (len(order) / (len(order) - above)))
        raised[place] = lowest
    return raised


def difference(one: Panel, other: Panel) -> Interval:
    """The 95 % interval of the first share less the second (Newcombe 1998, method 10)."""
    (a, n), (b, m) = one, other
    if not n or not m:
        return Interval(None, None, n + m, Reason.NO_RATING)
    first, second = wilson(a, n), wilson(b, m)
    ends = (first.low, first.high, second.low, second.high)
    low_1, high_1, low_2, high_2 = (float(end or 0.0) for end in ends)
    p, r = a / n, b / m
    return Interval(
        p - r - math.hypot(p - low_1, high_2 - r),
        p - r + math.hypot(high_1 - p, r - low_2),
        n + m,
    )


def can_show_any(n: int, m: int, alpha: float = ALPHA) -> bool:
    """Whether panels of n and m could show a difference at all: all of one, none of the other."""
    return exact_p((n, n), (0, m)) <= alpha


@lru_cache(maxsize=256)
def power(n: int, m: int, usual: float, shift: float, alpha: float = ALPHA) -> float:
    """How likely the test finds a shift, before correction for several items.

    In the panel of m an expert finds the item relevant with probability `usual`, in that of n with
    `usual - shift`; both between 0 and 1. Exact, over all tables.
    """
    ours, theirs = binomial(n, max(0.0, usual - shift)), binomial(m, usual)
    return sum(
        ours[a] * theirs[b]
        for a in range(n + 1)
        for b in range(m + 1)
        if exact_p((a, n), (b, m)) <= alpha
    )


def _ways(one: Panel, other: Panel) -> dict[int, int]:
    """How many tables have each number of relevant answers in the first panel, margins fixed."""
    (a, n), (b, m) = one, other
    both = a + b
    return {
        k: math.comb(n, k) * math.comb(m, both - k)
        for k in range(max(0, both - m), min(n, both) + 1)
    }


def _share(ways: dict[int, int], most: int) -> float:
    return sum(count for count in ways.values() if count <= most) / sum(ways.values())
