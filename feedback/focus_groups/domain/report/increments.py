"""What is counted by the end of a day, so that two reports never tell about a few people (ADR 41).

Answers are told in batches. A batch closes at the end of the day on which at least five answers
wait; what is left over waits for the next one. One question is told in blocks of batches: a block
closes when each of its two sides (poor answers and those left out; good answers) holds nobody or
at least five people. Batches and blocks look backwards only, so a later report has all of an
earlier one unchanged, and the difference of two reports is a sum of whole blocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby, pairwise

from cop_platform.common.reporting.cells import SMALLEST

# The value of a question that was left out.
LEFT_OUT = 0


@dataclass(frozen=True)
class Given:
    """One finished response: its key, the day it was finished, and the day it was erased on."""

    key: int
    day: date
    erased_on: date | None = None


@dataclass(frozen=True)
class Batch:
    """Responses that are told together from the day `closed_on` was over.

    `lost_on` is the day on which one of them was erased after that; such a batch is told no more.
    """

    closed_on: date
    keys: tuple[int, ...]
    lost_on: date | None = None


@dataclass(frozen=True)
class Block:
    """How often each value was given by the responses (`keys`) told together for one question."""

    closed_on: date
    keys: tuple[int, ...]
    counts: Mapping[int, int]


@dataclass(frozen=True)
class Part:
    """Values that are told as one, and how many people gave one of them: nobody, or five or more.

    `values` are in the order of the scale; LEFT_OUT among them means no answer.
    """

    values: tuple[int, ...]
    people: int


def batches(given: Iterable[Given], last_day: date) -> tuple[Batch, ...]:
    """The batches closed by the end of `last_day`, the oldest first; it must be over.

    What is in a batch depends on days alone, never on answers. An answer that was erased before
    the day on which its batch closed is in none; erased on that very day, the batch may have been
    told with it, since the clock of the erasing is not the country's.
    """
    found, waiting = [], list[Given]()
    for day, rows in groupby(sorted(given, key=lambda g: (g.day, g.key)), key=lambda g: g.day):
        if day > last_day:
            break
        waiting = [g for g in (*waiting, *rows) if not (g.erased_on and g.erased_on < day)]
        if len(waiting) >= SMALLEST:
            erased = [g.erased_on for g in waiting if g.erased_on]
            keys = tuple(g.key for g in waiting)
            found.append(Batch(day, keys, max(erased, default=None)))
            waiting = []
    return tuple(found)


def answers(told: Iterable[Batch], start: date) -> int:
    """How many responses are told whose batches closed on or after `start`."""
    return sum(len(b.keys) for b in told if b.lost_on is None and b.closed_on >= start)


def keys(told: Iterable[Batch], start: date) -> frozenset[int]:
    """The responses that are told whose batches closed on or after `start`."""
    kept = (b.keys for b in told if b.lost_on is None and b.closed_on >= start)
    return frozenset(key for group in kept for key in group)


def sides(highest: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The two sides of a scale from 1 to `highest`.

    What was left out and the middle of an odd scale count with the poor side: nothing that was not
    said is approval.
    """
    middle = (highest + 1) // 2
    return (LEFT_OUT, *range(1, middle + 1)), tuple(range(middle + 1, highest + 1))


def blocks(told: Iterable[Batch], values: Mapping[int, int], highest: int) -> Iterator[Block]:
    """Batches of one question, joined until a block can be told; `values` by response.

    Erasing takes a batch out, and with it every batch that may have been told together with it by
    then: they are not told again in other company.
    """
    waiting, lost = tuple[int, ...](), date.min
    for batch in told:
        lost = max(lost, batch.lost_on or date.min)
        if batch.closed_on <= lost:
            waiting = ()
            continue
        waiting += batch.keys
        counts = Counter(values.get(key, LEFT_OUT) for key in waiting)
        if all(_safe(counts, side) for side in sides(highest)):
            yield Block(batch.closed_on, waiting, counts)
            waiting = ()


def parts(told: Sequence[Block], start: date, highest: int) -> tuple[Part, ...]:
    """The distribution over blocks that closed on or after `start`; empty without any.

    Values are told apart as far as every block of the question allows it, also those before
    `start`: so the parts of any two reports fit into each other.
    """
    shown = [block for block in told if block.closed_on >= start]
    if not shown:
        return ()
    whole = Counter[int]()
    for block in shown:
        whole.update(block.counts)
    found = [group for side in sides(highest) for group in _finest(side, told)]
    return tuple(Part(group, sum(whole[value] for value in group)) for group in found)


def in_fives(people: int) -> int | None:
    """People counted in fives: 15 stands for 15 to 19; None for fewer than five.

    For what changes by more than one group at a time (themes that are coded again, coarse bands):
    the difference of two such numbers is nothing or at least five.
    """
    return people // SMALLEST * SMALLEST or None


def _safe(counts: Mapping[int, int], group: Iterable[int]) -> bool:
    people = sum(counts.get(value, 0) for value in group)
    return people == 0 or people >= SMALLEST


def _finest(side: Sequence[int], told: Iterable[Block]) -> list[tuple[int, ...]]:
    """A side cut into as many neighbouring groups as every block can show."""
    held = [block.counts for block in told]
    for cuts in range(len(side) - 1, 0, -1):
        for at in combinations(range(1, len(side)), cuts):
            bounds = [0, *at, len(side)]
            groups = [tuple(side[a:b]) for a, b in pairwise(bounds)]
            if all(_safe(counts, group) for counts in held for group in groups):
                return groups
    return [tuple(side)]
