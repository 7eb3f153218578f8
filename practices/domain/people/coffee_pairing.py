"""Who has coffee with whom: a draw without chance, so that it can be explained and tried again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

# Two people are not drawn together again within so many rounds.
ROUNDS_APART = 6
Pair = frozenset[int]


@dataclass(frozen=True)
class Taker:
    """Somebody who takes part: key, country, languages."""

    id: int
    country_id: int | None
    languages: frozenset[str]


@dataclass(frozen=True)
class Draw:
    """Groups of two or three keys, and those for whom nobody was left who fits."""

    groups: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]


@dataclass
class _Table:
    """The draw while it is made: who sits with whom."""

    takers: dict[int, Taker]
    met: Collection[Pair]
    partner: dict[int, int] = field(default_factory=dict)

    def fits(self, one: int, other: int) -> bool:
        """A shared language, and not together lately."""
        shared = self.takers[one].languages & self.takers[other].languages
        return one != other and bool(shared) and frozenset({one, other}) not in self.met

    def crosses(self, one: int, other: int) -> bool:
        return self.takers[one].country_id != self.takers[other].country_id

    def seat(self, one: int, other: int) -> None:
        self.partner[one], self.partner[other] = other, one

    def free(self) -> list[int]:
        return [key for key in self.takers if key not in self.partner]

    def pairs(self) -> list[tuple[int, int]]:
        return [(one, other) for one, other in self.partner.items() if one < other]


def draw(takers: Iterable[Taker], met: Collection[Pair], first: Collection[int] = ()) -> Draw:
    """Puts people together by two, the odd one out to a pair.

    `met` are the pairs of the last rounds: none of them comes again, also not inside a group of
    three. Everybody in a group shares a language with everybody else in it. Different countries
    come before the same one. `first` are those who went without last time: they choose first.
    The same input gives the same draw.
    """
    known = {taker.id: taker for taker in sorted(takers, key=lambda taker: taker.id)}
    table = _Table(known, met)
    choices = {key: sum(table.fits(key, other) for other in known) for key in known}
    order = sorted(known, key=lambda key: (key not in first, choices[key], key))
    for abroad in (True, False):
        _seat_greedily(table, order, choices, abroad=abroad)
    _make_room(table)
    _mix_countries(table)
    return _with_odd_ones(table)


def _seat_greedily(
    table: _Table, order: Sequence[int], choices: dict[int, int], *, abroad: bool
) -> None:
    """Whoever has the fewest choices is seated first, with somebody who has few as well."""
    for one in order:
        if one in table.partner:
            continue
        fitting = [
            other
            for other in table.free()
            if table.fits(one, other) and (table.crosses(one, other) or not abroad)
        ]
        if fitting:
            table.seat(one, min(fitting, key=lambda other: (choices[other], other)))


def _make_room(table: _Table) -> None:
    """Parts a pair where that seats two who are still free."""
    moved = True
    while moved:
        moved = any(
            _regroup(table, one, other, pair)
            for one, other in combinations(table.free(), 2)
            for pair in table.pairs()
        )


def _regroup(table: _Table, one: int, other: int, pair: tuple[int, int]) -> bool:
    """Seats the two free ones with the two of a pair, if they fit."""
    for left, right in (pair, pair[::-1]):
        if table.fits(one, left) and table.fits(other, right):
            table.seat(one, left)
            table.seat(other, right)
            return True
    return False


def _mix_countries(table: _Table) -> None:
    """Swaps partners between two pairs where more pairs cross a border then."""
    for pair in table.pairs():
        if table.partner[pair[0]] == pair[1] and not table.crosses(*pair):
            _swap(table, pair)


def _swap(table: _Table, pair: tuple[int, int]) -> None:
    one, other = pair
    for left, right in [p for both in table.pairs() if both != pair for p in (both, both[::-1])]:
        kept = table.crosses(left, right)
        better = table.crosses(one, left) + table.crosses(other, right) > kept
        if better and table.fits(one, left) and table.fits(other, right):
            table.seat(one, left)
            table.seat(other, right)
            return


def _with_odd_ones(table: _Table) -> Draw:
    """Adds each of those left to a pair that has room and fits; the others are told."""
    groups = [list(pair) for pair in sorted(table.pairs())]
    alone = []
    for key in table.free():
        group = next(iter(_open_groups(table, groups, key)), None)
        if group is None:
            alone.append(key)
        else:
            group.append(key)
    return Draw(tuple(tuple(group) for group in groups), tuple(alone))


def _open_groups(table: _Table, groups: list[list[int]], key: int) -> Iterator[list[int]]:
    """Pairs somebody can join, those of other countries first."""
    fitting = [
        group
        for group in groups
        if len(group) == 2 and all(table.fits(key, other) for other in group)
    ]
    yield from sorted(fitting, key=lambda group: -sum(table.crosses(key, other) for other in group))


def pairs_in(groups: Iterable[Iterable[int]]) -> set[Pair]:
    """Every two who sit in the same group."""
    return {frozenset(two) for group in groups for two in combinations(group, 2)}
