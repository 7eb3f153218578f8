"""The solver keeps every limit, finds a panel where there is one, and answers alike each time."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.reviews.domain.panel import eligibility, proposing, solving
from feedback.reviews.domain.panel.solving import Problem, Quota
from tests.feedback.panel import world

ROUNDS = (1, 2)
QUICK = settings(max_examples=60, deadline=None)


@st.composite
def problems(draw) -> Problem:
    """Up to four people of two countries, two rounds, and any limits at all."""
    people = range(10, 10 + draw(st.integers(1, 4)))
    pairs = [pair for pair in product(ROUNDS, people) if draw(st.booleans())]
    return Problem(
        points={pair: draw(st.integers(0, 60)) for pair in pairs},
        wanted={(r, c): draw(st.integers(0, 2)) for r in ROUNDS for c in world.COUNTRIES},
        country={p: draw(st.sampled_from(sorted(world.COUNTRIES))) for p in people},
        room={p: draw(st.integers(0, 2)) for p in people},
        load={p: draw(st.integers(0, 2)) for p in people},
        quotas=tuple(
            Quota(r, "some", draw(st.integers(1, 2)), draw(st.frozensets(st.sampled_from(people))))
            for r in ROUNDS
        ),
        must=frozenset(draw(st.sets(st.sampled_from(pairs), max_size=2))) if pairs else frozenset(),
    )  # fmt: skip


def price(problem: Problem, chosen: tuple) -> int:
    """What a choice leaves undone, by the prices of the solver and without its small change."""
    cost = solving.PIN * len(problem.must - set(chosen))
    groups = {(r, c) for r in ROUNDS for c in world.COUNTRIES}
    for group in groups:
        seated = sum((r, problem.country[p]) == group for r, p in chosen)
        missing = problem.wanted.get(group, 0) - seated
        cost += solving.SEAT * max(0, missing) + solving.EXTRA * max(0, -missing)
    for quota in problem.quotas:
        counted = sum(r == quota.round and p in quota.people for r, p in chosen)
        cost += solving.QUOTA * max(0, quota.wanted - counted)
    return cost


def fits(problem: Problem, chosen: tuple) -> bool:
    return all(sum(p == person for _r, p in chosen) <= n for person, n in problem.room.items())


@QUICK
@given(problems())
def test_no_answer_is_better_than_the_one_found_by_trying_all(problem):
    found = solving.solve(problem)
    pairs = sorted(problem.points)
    tried = (c for n in range(len(pairs) + 1) for c in combinations(pairs, n))
    best = min(price(problem, chosen) for chosen in tried if fits(problem, chosen))
    assert price(problem, found.chosen) == best


@QUICK
@given(problems())
def test_lesson_22_caps_are_never_exceeded_and_only_allowed_pairs_are_chosen(problem):
    found = solving.solve(problem)
    assert fits(problem, found.chosen)
    assert set(found.chosen) <= set(problem.points)


@QUICK
@given(problems())
def test_what_is_missing_is_named_exactly(problem):
    found = solving.solve(problem)
    for (number, country), wanted in problem.wanted.items():
        seated = sum(r == number and problem.country[p] == country for r, p in found.chosen)
        assert found.empty_seats.get((number, country), 0) == max(0, wanted - seated)
    for quota in problem.quotas:
        counted = sum(r == quota.round and p in quota.people for r, p in found.chosen)
        missing = max(0, quota.wanted - counted)
        assert found.unmet_quotas.get((quota.round, quota.kind), 0) == missing
    assert found.broken_pins == problem.must - set(found.chosen)


@QUICK
@given(problems(), st.randoms())
def test_equal_input_in_any_order_gives_an_equal_answer(problem, chance):
    pairs = list(problem.points.items())
    chance.shuffle(pairs)
    turned = Problem(**vars(problem) | {"points": dict(pairs)})
    assert solving.solve(turned) == solving.solve(problem)


def test_the_load_is_spread_before_it_rises():
    rounds, people = range(4), (10, 11)
    problem = Problem(
        points=dict.fromkeys(product(rounds, people), 5),
        wanted={(r, world.ITALY): 1 for r in rounds},
        country=dict.fromkeys(people, world.ITALY),
        room={10: 4, 11: 4},
        load={10: 2},
    )
    chosen = [person for _round, person in solving.solve(problem).chosen]
    assert (chosen.count(10), chosen.count(11)) == (1, 3)


LANGUAGES = st.frozensets(st.sampled_from(["en", "fa"]))


@st.composite
def boards(draw):
    pool = [
        world.expert(
            key,
            draw(st.sampled_from(sorted(world.COUNTRIES))),
            languages=draw(LANGUAGES),
            load=draw(st.integers(0, 3)),
            away_from=draw(st.sampled_from([None, world.TODAY])),
            profession=draw(st.sampled_from(["case_worker", "researcher", "lived_experience"])),
        )
        for key in range(10, 10 + draw(st.integers(0, 6)))
    ]
    items = [
        world.item(
            number,
            language=draw(st.sampled_from(["en", "fa"])),
            countries=tuple(sorted(world.COUNTRIES)),
            wanted=draw(st.integers(1, 2)),
            practitioners=draw(st.integers(0, 2)),
            lived=draw(st.integers(0, 1)),
            barred=dict.fromkeys(draw(st.sets(st.integers(10, 15))), ("made it",)),
        )
        for number in ROUNDS
    ]
    return world.board(items, pool)


def asked(proposal) -> set:
    return {(one.item.key, named.expert.key) for one in proposal.rounds for named in one.ask}


@QUICK
@given(boards())
def test_nobody_is_proposed_with_a_conflict_without_the_language_or_away(board):
    for one in proposing.propose(board).rounds:
        for named in one.ask:
            assert eligibility.obstacle(named.expert, one.item) is None
            assert one.item.language in named.expert.languages
            assert named.expert.key not in one.item.barred


@QUICK
@given(boards(), st.sets(st.tuples(st.sampled_from(ROUNDS), st.integers(10, 15)), max_size=4))
def test_pins_of_the_coordinator_are_kept_or_the_page_says_why_not(board, pins):
    must = {pair for pair in pins if sum(pair) % 2}
    proposal = proposing.propose(board, must=must, must_not=pins - must)
    found = asked(proposal)
    assert not found & (pins - must)
    names = {e.key: e.name for e in board.pool}
    said = {one.item.key: " ".join(one.unmet) for one in proposal.rounds}
    for round_id, person in must - found:
        if person in names:
            assert f"{names[person]} is not proposed" in said[round_id]


@QUICK
@given(boards())
def test_lesson_22_over_a_panel_that_was_confirmed_nobody_is_proposed(board):
    found = asked(proposing.propose(board))
    given_to = {key: sum(p == key for _r, p in found) for key in board.people}
    pool = [world.expert(**vars(e) | {"load": e.load + given_to[e.key]}) for e in board.pool]
    people = {e.key: e for e in pool}
    items = []
    for item in board.items:
        keys = {person for number, person in found if number == item.key}
        members = tuple(people[key] for key in sorted(keys))
        items.append(world.item(**vars(item) | {"members": members, "asked": frozenset(keys)}))
    assert asked(proposing.propose(world.board(items, pool))) == set()


@QUICK
@given(boards())
def test_every_empty_seat_has_a_sentence(board):
    solution = solving.solve(proposing.problem_of(board))
    for one in proposing.propose(board).rounds:
        empty = [g for g in solution.empty_seats if g[0] == one.item.key]
        unmet = [q for q in solution.unmet_quotas if q[0] == one.item.key]
        assert len(one.unmet) == len(empty) + len(unmet)


FARSI = {"language": "fa", "countries": (world.SPAIN,)}
READS = {"country": world.SPAIN, "languages": frozenset({"fa"})}
ADVICE = ": ask somebody from another country, or lower the number of experts."


@pytest.mark.parametrize(
    ("pool", "reason"),
    [
        ([], "There is no expert of Spain to ask"),
        ([{"country": world.SPAIN}], "No expert of Spain reads Persian"),
        (
            [READS | {"away_from": world.TODAY}, {"country": world.SPAIN}],
            "No expert of Spain reads Persian and is free before Fri 4 Dec 2026 "
            "(1 without Persian, 1 away)",
        ),
        ([READS | {"load": 3}], "No expert of Spain reads Persian and has room for a review"),
    ],
)
def test_an_empty_seat_names_the_constraint(pool, reason):
    experts = [world.expert(key, **more) for key, more in enumerate(pool, start=10)]
    proposal = proposing.propose(world.board([world.item(**FARSI)], experts))
    assert proposal.rounds[0].unmet == (f"1 seat of Spain stays empty. {reason}{ADVICE}",)


def test_lesson_6_the_panel_of_the_version_before_is_asked_first():
    pool = [world.expert(10, years=30), world.expert(11)]
    board = world.board([world.item(before=frozenset({11}))], pool)
    named = proposing.propose(board).rounds[0].ask
    assert [one.expert.key for one in named] == [11]
    assert named[0].reasons == (
        "reads English",
        "case worker",
        "was on the panel of the version before",
        "has no other review to write",
    )


def test_one_more_than_wanted_is_asked_when_a_quota_needs_it():
    members = (world.expert(9, profession="researcher"),)
    item = world.item(practitioners=1, members=members, asked=frozenset({9}))
    assert asked(proposing.propose(world.board([item], [world.expert(10)]))) == {(1, 10)}


def test_a_process_that_proposes_no_panel_does_not_load_what_solves():
    code = f"import sys, {solving.__name__}; print('numpy' in sys.modules, 'scipy' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout == "False False\n"
