"""Pass marks as plain numbers: those of version 1, and how a policy's are read and compared."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# (from this number of experts on, mark in hundredths): Davis 1992 (2 experts), Lynn 1986 (3 to 8),
# Polit and Beck 2006 (9 and more).
STRICT = ((2, 80), (3, 100), (6, 83), (9, 78))

# Pass marks: (from this number of experts on, mark in hundredths), in rising order.
Marks = tuple[tuple[int, int], ...]


def read(rules: Mapping[str, Any] | None) -> Marks:
    """The marks out of the rules a policy stores; the strict table where there are none."""
    stored = (rules or {}).get("marks", STRICT)
    return tuple((int(size), int(mark)) for size, mark in stored)


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


def spare(n: int, marks: Iterable[Sequence[int]] = STRICT) -> int | None:
    """How many of n experts may dissent and an item still passes; None without a mark."""
    enough = needed(n, marks)
    return None if enough is None else n - enough
