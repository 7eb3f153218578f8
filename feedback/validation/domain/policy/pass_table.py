"""Pass marks as a manager writes them: of N experts, A must; and as the figures take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback.reviews import marks
from feedback.reviews.marks import Marks
from feedback.validation import figures
from feedback.validation.domain.policy.rules import Rules

# Panels of these sizes have a whole number each; larger ones share a mark in hundredths.
SIZES = range(2, 11)
BEYOND = 11
# Up to this size a mark in hundredths stands for one whole number alone.
_EXACT = range(2, 61)


@dataclass(frozen=True)
class Row:
    """What a panel of `n` needs: `needed` of them (None: such a panel is too small for a mark).

    `spare` may dissent; `i_cvi` and `kappa` are those of just enough. `lifted` where it is the
    modified kappa that asks for more than the pass mark.
    """

    n: int
    needed: int | None
    spare: int | None
    i_cvi: float | None
    kappa: float | None
    lifted: bool


def counts(table: Marks) -> dict[int, int | None]:
    """How many must find a criterion relevant, by size of the panel."""
    return {n: marks.needed(n, table) for n in SIZES}


def marks_from(needed: Mapping[int, int | None], beyond: int, base: Marks) -> Marks:
    """The marks that give these whole numbers, and `beyond` (hundredths) from 11 experts on.

    Where a number is the one of `base`, its mark is kept, so that what did not change reads alike.
    Sizes without a number have no mark; they are the smallest ones.
    """
    before = counts(base)
    found = []
    for n in SIZES:
        if (enough := needed.get(n)) is None:
            continue
        kept = marks.mark_of(n, base) if before[n] == enough else None
        found.append((n, mark_for(enough, n) if kept is None else kept))
    if marks.mark_of(BEYOND, base) == beyond:
        found += [(BEYOND, beyond), *(entry for entry in base if entry[0] > BEYOND)]
    else:
        found.append((BEYOND, beyond))
    return tuple(_merged(found))


def mark_for(enough: int, n: int) -> int:
    """The mark that exactly `enough` of n reach: A/n in hundredths, rounded half up."""
    return (200 * enough + n) // (2 * n)


def effective(held: Rules) -> Marks:
    """The marks with what the modified kappa asks for on top; they decide what a panel can show."""
    if held.kappa is None:
        return held.marks
    found = []
    for n in _EXACT:
        if (enough := _enough(n, held.marks, held.kappa)) is not None:
            found.append((n, mark_for(enough, n)))
    last = marks.mark_of(_EXACT.stop, held.marks)
    if last is not None:
        found.append((_EXACT.stop, max(last, held.kappa)))
    return tuple(_merged(found))


def row(n: int, held: Rules) -> Row:
    """What a panel of n needs by these rules."""
    needed = marks.needed(n, effective(held))
    if needed is None:
        return Row(n, None, None, None, None, lifted=False)
    return Row(
        n=n,
        needed=needed,
        spare=n - needed,
        i_cvi=figures.i_cvi(needed, n).value,
        kappa=figures.modified_kappa(needed, n).value,
        lifted=needed != marks.needed(n, held.marks),
    )


def rows(held: Rules, sizes: Iterable[int] = (*SIZES, 12, 18, 24)) -> tuple[Row, ...]:
    """The table of a policy: each small panel, and some larger ones."""
    return tuple(row(n, held) for n in sizes)


def _enough(n: int, table: Marks, least: int) -> int | None:
    needed = marks.needed(n, table)
    if needed is None:
        return None
    reached = (a for a in range(needed, n) if _kappa(a, n) >= least / 100)
    return next(reached, n)


def _kappa(relevant: int, n: int) -> float:
    found = figures.modified_kappa(relevant, n).value
    return 0.0 if found is None else found


def _merged(entries: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Without those that repeat the mark of the size before."""
    last = None
    for n, mark in entries:
        if mark != last:
            yield n, mark
        last = mark
