"""Counts of people that give nobody away: cells under five are merged with their neighbours."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass

SMALLEST = 5
# The label of what was merged: a code, said in words by whoever prints it.
REST = "other"


@dataclass(frozen=True)
class PeopleCell:
    """So many people; never fewer than five, except that `people` None means "fewer than five"."""

    label: str
    people: int | None


def merge_small(
    groups: Mapping[str, Set[Hashable]], rest_label: str = REST
) -> tuple[PeopleCell, ...]:
    """Cells of at least five people, the largest first; small ones become one cell at the end.

    `groups` holds the people of each label; a person may be in several (languages), and the
    merged cell counts each once. While the rest is still under five it takes the next smallest
    cell as well, since a total minus the other cells would give it away. People who are fewer
    than five altogether become one cell without a number.
    """
    shown = {label: set(people) for label, people in groups.items() if len(people) >= SMALLEST}
    small = [people for label, people in groups.items() if people and label not in shown]
    rest: set[Hashable] = set().union(*small)
    while rest and len(rest) < SMALLEST and shown:
        smallest = min(shown, key=lambda label: (len(shown[label]), label))
        rest |= shown.pop(smallest)
    ordered = sorted(shown, key=lambda label: (-len(shown[label]), label))
    cells = [PeopleCell(label, len(shown[label])) for label in ordered]
    if rest:
        cells.append(PeopleCell(rest_label, count_or_none(len(rest))))
    return tuple(cells)


def merge_counts(counts: Mapping[str, int], rest_label: str = REST) -> tuple[PeopleCell, ...]:
    """The same for people of whom each stands under one label only, given as numbers."""
    apart = {label: {(label, n) for n in range(people)} for label, people in counts.items()}
    return merge_small(apart, rest_label)


def count_or_none(people: int) -> int | None:
    """The number itself from five on, and for nobody at all; None between."""
    return people if people >= SMALLEST or people == 0 else None
