"""Participation levels: how many are core, active, occasional, peripheral; never who.

The shares are compared on the level of the project: of 54 members the core is five to eight, in a
community of nine it is one, and that one would be named by the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from practices.domain.health.figure import Measure

CORE, ACTIVE = 1.4, 0.7
# So many contributions in 180 days are as much as any number counts.
ENOUGH = 6
LEVELS = ("core", "active", "occasional", "peripheral")


def level(*, accepted: int, invited: int, contributions: int) -> str:
    """s = attendance share + min(contributions / 6, 1) over 180 days, cut at 1.4, 0.7 and 0."""
    score = (accepted / invited if invited else 0.0) + min(contributions / ENOUGH, 1.0)
    if score >= CORE:
        return "core"
    if score >= ACTIVE:
        return "active"
    return "occasional" if score > 0 else "peripheral"


def of(
    members: Iterable[int],
    answers: Mapping[int, tuple[int, int]],
    contributions: Mapping[int, int],
) -> Measure:
    """The share of the core among members; `answers` are (invited, accepted) by person."""
    found: Counter[str] = Counter()
    for person in members:
        invited, accepted = answers.get(person, (0, 0))
        given = contributions.get(person, 0)
        found[level(accepted=accepted, invited=invited, contributions=given)] += 1
    total = found.total()
    return Measure(
        value=found["core"] / total if total else None,
        n=total,
        numerator=found["core"],
        denominator=total,
        parts=tuple((name, found[name]) for name in LEVELS),
    )
