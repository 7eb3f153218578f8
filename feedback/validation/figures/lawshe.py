"""Lawshe's content validity ratio and the counts from which it is more than chance.

Sources: Lawshe 1975 (CVR); Ayre and Scally 2014 (exact critical counts). Lawshe's own table came
from an approximation and is not monotone between 8 and 9 experts, so it is not used.
"""

from __future__ import annotations

import math

from feedback.validation.figures.values import Figure, Reason

_HUNDREDTHS = 5  # one-sided, five per cent


def cvr(relevant: int, n: int) -> Figure:
    """(n_e - N/2) / (N/2): -1 when nobody, 0 when half, 1 when everybody says so."""
    if n < 1:
        return Figure(None, n, Reason.NO_RATING)
    return Figure((2 * relevant - n) / n, n)


def critical_count(n: int) -> int | None:
    """The smallest count that fair coins reach at most five times in a hundred; None under 5.

    In whole numbers: 100 times the upper tail of C(n, .) is at most 5 times 2^n.
    """
    tail, found = 0, None
    for count in range(n, -1, -1):
        tail += math.comb(n, count)
        if 100 * tail > _HUNDREDTHS * 2**n:
            break
        found = count
    return found


def cvr_critical(n: int) -> Figure:
    """The critical count as a figure."""
    if n < 1:
        return Figure(None, n, Reason.NO_RATING)
    count = critical_count(n)
    return Figure(None, n, Reason.TOO_SMALL) if count is None else Figure(count, n)
