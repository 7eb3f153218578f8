"""A panel is proposed for all rounds of a group at once; a coordinator confirms it or changes it.

Nothing here asks anybody: `confirm` does, with what was ticked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from experts.models import Person, User
from feedback.reviews import permissions
from feedback.reviews.domain import rounds
from feedback.reviews.domain.panel import eligibility, scoring, shortage, solving
from feedback.reviews.domain.panel.gathering import Board
from feedback.reviews.domain.panel.shapes import Expert, Item
from feedback.reviews.domain.panel.shortage import LIVED, PRACTITIONERS
from feedback.reviews.domain.panel.solving import Pair, Problem, Quota, Solution
from feedback.reviews.models import ReviewRound

# Others who fit, shown beside a proposal to be ticked; none where very many rounds are shown.
OTHERS, ROUNDS_WITH_OTHERS = 6, 12


@dataclass(frozen=True)
class Named:
    """Somebody in a proposal, with the reasons in words."""

    expert: Expert
    person: Person
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Proposed:
    """What is proposed for one round: whom to ask, whom else, and what cannot be had and why."""

    item: Item
    language: str
    ask: tuple[Named, ...]
    others: tuple[Named, ...]
    left_out: tuple[Named, ...]
    unmet: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """The whole of it; `number` is how many requests would go out."""

    rounds: tuple[Proposed, ...]

    @property
    def number(self) -> int:
        return sum(len(one.ask) for one in self.rounds)


def together(review_round: ReviewRound, user: User) -> list[ReviewRound]:
    """The rounds that are proposed for with this one: the open ones of its group, or it alone."""
    found = ReviewRound.objects.visible_to(user).taking_reviews().with_version()
    if review_round.group_id is None:
        found = found.filter(pk=review_round.pk)
    else:
        found = found.filter(group=review_round.group_id)
    rows = found.prefetch_related("countries").order_by("version__material__code", "pk")
    return [row for row in rows if permissions.may_assign.allows(user, row)]


def propose(
    board: Board, *, must: Collection[Pair] = (), must_not: Collection[Pair] = ()
) -> Proposal:
    """Whom to ask in each round. Pins are pairs (round, person) that are wanted or not wanted.

    Equal input gives an equal answer; over a panel that was confirmed it proposes nobody.
    """
    solution = solving.solve(problem_of(board, must, must_not))
    return _said(board, solution, frozenset(must_not))


def problem_of(
    board: Board, must: Collection[Pair] = (), must_not: Collection[Pair] = ()
) -> Problem:
    """The board as numbers: pairs with an obstacle are left out of it."""
    barred = set(must_not)
    pairs = {
        (item.key, expert.key): scoring.points(expert, item)
        for item in board.items
        for expert in board.pool
        if expert.country in item.countries
        and (item.key, expert.key) not in barred
        and eligibility.obstacle(expert, item) is None
    }
    return Problem(
        points=pairs,
        wanted={
            (item.key, country): max(0, item.wanted - item.on_panel(country))
            for item in board.items
            for country in item.countries
        },
        country={expert.key: expert.country for expert in board.pool},
        room={expert.key: max(0, expert.most - expert.load) for expert in board.pool},
        load={expert.key: expert.load for expert in board.pool},
        step=scoring.LOAD,
        quotas=tuple(_quotas(board)),
        must=frozenset(must),
    )


def _quotas(board: Board) -> Iterable[Quota]:
    practitioners = frozenset(e.key for e in board.pool if e.is_practitioner)
    lived = frozenset(e.key for e in board.pool if e.has_lived_it)
    for item in board.items:
        missing = item.practitioners - sum(m.is_practitioner for m in item.members)
        if missing > 0:
            yield Quota(item.key, PRACTITIONERS, missing, practitioners)
        missing = item.lived - sum(m.has_lived_it for m in item.members)
        if missing > 0:
            yield Quota(item.key, LIVED, missing, lived)


def _said(board: Board, solution: Solution, must_not: frozenset[Pair]) -> Proposal:
    by_round: dict[int, list[int]] = defaultdict(list)
    given: dict[int, int] = defaultdict(int)
    for round_id, person in solution.chosen:
        by_round[round_id].append(person)
        given[person] += 1
    experts = {expert.key: expert for expert in board.pool}
    few = len(board.items) <= ROUNDS_WITH_OTHERS
    found = []
    for item in board.items:
        chosen = set(by_round[item.key])
        out = {person for key, person in must_not if key == item.key and person in experts}
        found.append(
            Proposed(
                item=item,
                language=board.languages[item.key],
                ask=tuple(_named(board, item, e) for e in board.pool if e.key in chosen),
                others=tuple(_others(board, item, chosen | out, given)) if few else (),
                left_out=tuple(_named(board, item, e) for e in board.pool if e.key in out),
                unmet=tuple(shortage.sentences(board, item, solution, given, out)),
            )
        )
    return Proposal(tuple(found))


def _others(
    board: Board, item: Item, taken: Collection[int], given: dict[int, int]
) -> Iterable[Named]:
    """Who fits as well and has room left, the best first."""
    fitting = [
        expert
        for expert in board.pool
        if expert.key not in taken
        and expert.country in item.countries
        and eligibility.obstacle(expert, item) is None
        and expert.load + given[expert.key] < expert.most
    ]
    fitting.sort(key=lambda e: (-scoring.rank(e, item), e.name, e.key))
    return (_named(board, item, expert) for expert in fitting[:OTHERS])


def _named(board: Board, item: Item, expert: Expert) -> Named:
    return Named(
        expert=expert,
        person=board.people[expert.key],
        reasons=scoring.reasons(expert, item, board.languages[item.key]),
    )


@transaction.atomic
def confirm(*, pairs: Collection[Pair], by: User, at: datetime) -> int:
    """Asks the people of some pairs (round, person); who was asked before is left alone.

    All of them or none. How many requests are new. Raises whatever rounds.assign raises.
    """
    of_round: dict[int, list[int]] = defaultdict(list)
    for round_id, person_id in sorted(pairs):
        of_round[round_id].append(person_id)
    everybody = {key for keys in of_round.values() for key in keys}
    people = {person.pk: person for person in Person.objects.filter(pk__in=everybody)}
    return sum(
        rounds.assign(round_id=round_id, people=[people[key] for key in keys], by=by, at=at)
        for round_id, keys in of_round.items()
    )
