"""Who reviews what, for many rounds at once: an integer program, solved exactly. Pure numbers.

Unknowns are the pairs that are allowed; those without the language, with a conflict or away are
not among them. Each round and country wants so many, each person takes so many, each quota so many
of some people. What cannot be had is bought from slacks at a high price, so that there is always
an answer and it says what is missing. The next review of one person costs more than the last,
which spreads the load. Chance, seeded, breaks ties: equal input gives an equal answer.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Pair = tuple[int, int]  # (round, person)
Group = tuple[int, int]  # (round, country)

# Prices in points. A pin is broken last, then an empty seat stays, then a quota; one more than
# wanted is asked for a quota's sake only.
PIN, SEAT, QUOTA, EXTRA = 3_000_000, 300_000, 30_000, 3_000
# Parts of a point: room for chance to break ties, which outweighs no point of one pair.
PARTS = 100
SEED = 7


@dataclass(frozen=True)
class Quota:
    """At least `wanted` of `people` in a round; `kind` names it in the answer."""

    round: int
    kind: str
    wanted: int
    people: frozenset[int]


@dataclass(frozen=True)
class Problem:
    """`points` of each allowed pair, the more the better; `wanted` further people by round and
    country; `country` of each person, `room` for further reviews, `load` they have already; what
    each further review costs times its number; pairs that must be chosen.
    """

    points: Mapping[Pair, int]
    wanted: Mapping[Group, int]
    country: Mapping[int, int]
    room: Mapping[int, int]
    load: Mapping[int, int] = field(default_factory=dict)
    step: int = 10
    quotas: tuple[Quota, ...] = ()
    must: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Solution:
    """The chosen pairs in order; seats and quotas that stay empty; pins that could not be kept."""

    chosen: tuple[Pair, ...]
    empty_seats: Mapping[Group, int]
    unmet_quotas: Mapping[tuple[int, str], int]
    broken_pins: frozenset[Pair]


class _Program:
    """Columns with prices, rows with limits; the matrix is put together at the end."""

    def __init__(self) -> None:
        self.prices: list[float] = []
        self.tops: list[float] = []
        self.whole: list[int] = []
        self.limits: list[tuple[float, float]] = []
        self.entries: list[tuple[int, int, int]] = []

    def column(self, price: float, *, top: float = 1, whole: bool = False) -> int:
        self.prices.append(price)
        self.tops.append(top)
        self.whole.append(int(whole))
        return len(self.prices) - 1

    def row(self, columns: Iterable[tuple[int, int]], low: float, high: float) -> None:
        self.limits.append((low, high))
        number = len(self.limits) - 1
        self.entries.extend((number, column, factor) for column, factor in columns)

    def solve(self) -> np.ndarray:
        """The values of the columns; there is always an answer, since all rows have slacks."""
        # Not above: every process would load them, a sixth of its start, and few ever solve.
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_matrix

        if not self.prices:
            return np.zeros(0)
        rows, columns, factors = zip(*self.entries, strict=True)
        shape = (len(self.limits), len(self.prices))
        low, high = zip(*self.limits, strict=True)
        found = milp(
            np.array(self.prices, dtype=float),
            constraints=LinearConstraint(csr_matrix((factors, (rows, columns)), shape), low, high),
            bounds=Bounds(0, np.array(self.tops)),
            integrality=np.array(self.whole),
            options={"mip_rel_gap": 0},
        )
        return np.rint(found.x)


def solve(problem: Problem) -> Solution:
    """The cheapest choice. Deterministic; the order of the input does not matter."""
    program = _Program()
    pairs = sorted(problem.points)
    column = dict(zip(pairs, _pair_columns(program, problem, pairs), strict=True))
    if not pairs:
        return _nobody(problem)
    seats = _seats(program, problem, column)
    quotas = _quotas(program, problem, column)
    pins = _pins(program, problem, column)
    _rooms(program, problem, column)
    values = program.solve()
    return Solution(
        chosen=tuple(pair for pair in pairs if values[column[pair]]),
        empty_seats={group: int(values[c]) for group, c in seats.items() if values[c]},
        unmet_quotas={key: int(values[c]) for key, c in quotas.items() if values[c]},
        broken_pins=frozenset(pair for pair, c in pins.items() if c is None or values[c]),
    )


def _pair_columns(program: _Program, problem: Problem, pairs: list[Pair]) -> list[int]:
    """A column for each pair, the dearer the fewer points; a little chance breaks ties."""
    luck = [n % PARTS for n in range(len(pairs))]
    random.Random(SEED).shuffle(luck)  # noqa: S311  it breaks ties and keeps no secret
    most = max(problem.points.values(), default=0)
    return [
        program.column((most - problem.points[pair]) * PARTS + chance, whole=True)
        for pair, chance in zip(pairs, luck, strict=True)
    ]


def _seats(program: _Program, problem: Problem, column: Mapping[Pair, int]) -> dict[Group, int]:
    """As many as wanted of each country: else a seat stays empty, or somebody sits too many."""
    of_group: dict[Group, list[tuple[int, int]]] = defaultdict(list)
    for (number, person), c in column.items():
        of_group[number, problem.country[person]].append((c, 1))
    empty: dict[Group, int] = {}
    for group in sorted(set(of_group) | set(problem.wanted)):
        wanted = problem.wanted.get(group, 0)
        empty[group] = program.column(SEAT * PARTS, top=wanted)
        extra = program.column(EXTRA * PARTS, top=math.inf)
        program.row([*of_group[group], (empty[group], 1), (extra, -1)], wanted, wanted)
    return empty


def _quotas(
    program: _Program, problem: Problem, column: Mapping[Pair, int]
) -> dict[tuple[int, str], int]:
    of_round: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (number, person), c in column.items():
        of_round[number].append((person, c))
    unmet: dict[tuple[int, str], int] = {}
    for quota in sorted(problem.quotas, key=lambda q: (q.round, q.kind)):
        slack = program.column(QUOTA * PARTS, top=quota.wanted)
        chosen = [(c, 1) for person, c in of_round[quota.round] if person in quota.people]
        program.row([*chosen, (slack, 1)], quota.wanted, math.inf)
        unmet[quota.round, quota.kind] = slack
    return unmet


def _pins(
    program: _Program, problem: Problem, column: Mapping[Pair, int]
) -> dict[Pair, int | None]:
    """A column for each pin that is 1 when it is broken; None where the pair is not allowed."""
    broken: dict[Pair, int | None] = {}
    for pair in sorted(problem.must):
        broken[pair] = None
        if pair in column:
            slack = program.column(PIN * PARTS)
            program.row([(column[pair], 1), (slack, 1)], 1, math.inf)
            broken[pair] = slack
    return broken


def _rooms(program: _Program, problem: Problem, column: Mapping[Pair, int]) -> None:
    """Nobody gets more than there is room for; each further review costs more than the last."""
    of_person: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (_number, person), c in column.items():
        of_person[person].append((c, 1))
    for person in sorted(of_person):
        room = min(problem.room[person], len(of_person[person]))
        load = problem.load.get(person, 0)
        steps = [
            (program.column(problem.step * (load + n) * PARTS), -1) for n in range(1, room + 1)
        ]
        program.row([*of_person[person], *steps], 0, 0)


def _nobody(problem: Problem) -> Solution:
    """Nobody may be asked: everything wanted stays empty."""
    return Solution(
        chosen=(),
        empty_seats={group: n for group, n in sorted(problem.wanted.items()) if n > 0},
        unmet_quotas={(q.round, q.kind): q.wanted for q in problem.quotas if q.wanted > 0},
        broken_pins=problem.must,
    )
