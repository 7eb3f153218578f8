"""What comparing panels finds and what it misses: `python -m tests.bench.shifts`.

Simulates rounds with and without a difference, prints two tables and writes them into
docs/across-countries.md. The seed is fixed, so that the tables come out the same on each machine.
Ends with 1 where more than 5 % of the rounds without a difference have a flag.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from feedback.validation import shifts
from tests.bench import tables

PAGE = Path(__file__).resolve().parents[2] / "docs" / "across-countries.md"
SEED = 20261127
ROUNDS, ITEMS = 4000, 12
USUAL = (0.80, 0.90, 0.95)
SIZES = (8, 15, 30, 60)
SHIFTS = (0.20, 0.40, 0.60)
# Panels of one round: six countries of six; two of eight; four that differ much in size.
PANELS = ((6,) * 6, (8, 8), (30, 30), (4, 7, 12, 25))


def main() -> int:
    worst, alike = no_difference()
    for name, found in (("alike", alike), ("power", power())):
        print(found)
        tables.write(name, found, PAGE)
    return 0 if worst <= shifts.ALPHA else 1


def no_difference() -> tuple[float, str]:
    """The share of rounds with any flag although no country differs: the worst, and all."""
    chance = random.Random(SEED)
    lines = [
        "| panels | experts find an item relevant | items flagged | rounds with any flag |",
        "|---|---|---|---|",
    ]
    worst = 0.0
    for sizes in PANELS:
        for usual in USUAL:
            flags = [_flags(chance, sizes, [usual] * len(sizes)) for _ in range(ROUNDS)]
            items = sum(map(sum, flags)) / (ROUNDS * ITEMS)
            rounds = sum(map(any, flags)) / ROUNDS
            worst = max(worst, rounds)
            names = " + ".join(map(str, sizes))
            lines.append(f"| {names} | {usual:.0%} | {items:.2%} | {rounds:.1%} |")
    return worst, "\n".join(lines)


def power() -> str:
    """How often a shift of one item in one of two panels is found, alone and among twelve."""
    chance = random.Random(SEED)
    lines = [
        "| experts | shift | found, one item alone | found among 12 items, corrected |",
        "|---|---|---|---|",
    ]
    for n in SIZES:
        for shift in SHIFTS:
            alone = shifts.power(n, n, 0.95, shift)
            found = sum(_flags(chance, (n, n), [0.95, 0.95], shift=shift)[0] for _ in range(ROUNDS))
            lines.append(f"| {n} + {n} | {shift:.0%} | {alone:.0%} | {found / ROUNDS:.0%} |")
    return "\n".join(lines)


def _flags(
    chance: random.Random, sizes: tuple[int, ...], usual: list[float], shift: float = 0.0
) -> list[bool]:
    """Which items of a simulated round are flagged; the first one is shifted in the first panel."""
    tests: list[tuple[int, float, float]] = []
    for item in range(ITEMS):
        less = shift if item == 0 else 0.0
        shares = [usual[0] - less, *usual[1:]]
        said = [
            (sum(chance.random() < p for _ in range(n)), n)
            for n, p in zip(sizes, shares, strict=True)
        ]
        tests += [(item, *found) for found in _compared(said)]
    raised = shifts.corrected([p for _item, p, _least in tests], [test[2] for test in tests])
    found = [False] * ITEMS
    for (item, _p, _least), q in zip(tests, raised, strict=True):
        found[item] |= q <= shifts.ALPHA
    return found


def _compared(said: list[shifts.Panel]) -> list[tuple[float, float]]:
    """Each panel against the others: p, and the least it could be; two are compared once."""
    a, n = (sum(part) for part in zip(*said, strict=True))
    mine = said[:1] if len(said) == 2 else said
    pairs = [(panel, (a - panel[0], n - panel[1])) for panel in mine]
    return [(shifts.exact_p(*pair), shifts.least_p(*pair)) for pair in pairs]


if __name__ == "__main__":
    sys.exit(main())
