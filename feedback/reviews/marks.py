"""The pass marks of policy version 1: plain numbers, read by the policy and by the figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

# (from this number of experts on, mark in hundredths): Davis 1992 (2 experts), Lynn 1986 (3 to 8),
# Polit and Beck 2006 (9 and more).
STRICT = ((2, 80), (3, 100), (6, 83), (9, 78))


def mark_of(n: int, marks: Iterable[Sequence[int]] = STRICT) -> int | None:
    """The mark for a panel of n, in hundredths; None where the table has none."""
    fitting = [mark for size, mark in marks if n >= size]
    return fitting[-1] if fitting else None


def needed(n: int, marks: Iterable[Sequence[int]] = STRICT) -> int | None:
    """How many of n experts must find an item relevant; None where the table has no mark.

    A/n passes when it reaches the mark rounded half up to two decimals: in integers,
    1000 A >= (10 mark - 5) n.
    """
    mark = mark_of(n, marks)
    return None if mark is None else math.ceil((10 * mark - 5) * n / 1000)
