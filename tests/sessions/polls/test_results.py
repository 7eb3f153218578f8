"""Polls: the votes, counted and ranked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sessions.domain import agendas, poll_results
from sessions.enums import Suits

SAID = st.sampled_from([None, *Suits.values])


def slots_of(table: list[list[str | None]]) -> list[poll_results.Slot]:
    start = datetime(2026, 12, 1, 8, tzinfo=UTC)
    return [
        poll_results.Slot(
            n, start + timedelta(days=n), {v: s for v, s in enumerate(column) if s is not None}
        )
        for n, column in enumerate(table)
    ]


@st.composite
def tables(draw):
    voters = draw(st.integers(1, 6))
    return draw(st.lists(st.lists(SAID, min_size=voters, max_size=voters), min_size=1, max_size=6))


def countries(voters: int) -> dict[int, str]:
    return {n: "BG" if n % 2 else "EL" for n in range(voters)}


@given(tables(), st.integers(0, 3), st.randoms())
def test_the_order_does_not_depend_on_how_the_slots_come(table, quorum, random):
    voters, slots = countries(len(table[0])), slots_of(table)
    asked = {"voters": voters, "quorums": {"BG": quorum}}
    first = [r.slot.key for r in poll_results.rank(slots, **asked)]
    random.shuffle(slots)
    assert [r.slot.key for r in poll_results.rank(slots, **asked)] == first


@given(tables(), st.integers(0, 3), st.data())
def test_one_more_yes_never_ranks_a_slot_lower(table, quorum, data):
    voters = countries(len(table[0]))
    slot = data.draw(st.integers(0, len(table) - 1))
    voter = data.draw(st.integers(0, len(voters) - 1))
    asked = {"voters": voters, "quorums": {"BG": quorum}}
    before = [r.slot.key for r in poll_results.rank(slots_of(table), **asked)].index(slot)
    table[slot][voter] = Suits.YES
    after = [r.slot.key for r in poll_results.rank(slots_of(table), **asked)].index(slot)
    assert after <= before


@given(tables())
def test_every_voter_is_counted_once_in_each_slot(table):
    voters = countries(len(table[0]))
    for ranked in poll_results.rank(slots_of(table), voters=voters, quorums={}):
        assert ranked.total == len(voters)


def test_yes_counts_before_if_needed_and_the_quorum_before_both():
    # Columns are slots, rows voters 0 (EL) and 1, 2 (BG, EL).
    table = [["yes", "no", "yes"], ["if_needed", "yes", "no"], ["yes", "if_needed", "no"]]
    asked = {"voters": countries(3), "quorums": {}}
    plain = poll_results.rank(slots_of(table), **asked)
    assert [(r.slot.key, r.yes, r.if_needed) for r in plain] == [(0, 2, 0), (1, 1, 1), (2, 1, 1)]
    assert [r.place for r in plain] == [1, 2, 2]
    with_quorum = poll_results.rank(slots_of(table), **asked | {"quorums": {"BG": 1}})
    assert [r.slot.key for r in with_quorum] == [1, 2, 0]
    assert [r.quorum_met for r in with_quorum] == [True, True, False]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(5, 1440))
def test_an_agenda_fitted_to_a_length_adds_up_to_it(lengths, minutes):
    fitted = agendas.fitted([(f"Step {n}", m) for n, m in enumerate(lengths)], minutes)
    assert sum(length for _title, length in fitted) == minutes
    assert all(length > 0 for _title, length in fitted)
