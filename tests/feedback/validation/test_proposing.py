"""The proposal: what the frozen rules make of counts, whole numbers throughout."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.validation.domain.judging import proposing
from feedback.validation.domain.judging.proposing import Counts, Item, propose
from feedback.validation.domain.policy.rules import AGAINST, STRICT, Rules
from feedback.validation.enums import Standing

# The better, the higher; "not enough evidence" hangs on who answered, not on what.
RANK = {
    Standing.NOT_ENOUGH: -1,
    Standing.NOT_VALIDATED: 0,
    Standing.REVISE: 1,
    Standing.WITH_CHANGES: 2,
    Standing.VALIDATED: 3,
}
CODES = [f"C{n}" for n in range(1, 6)]
ANSWERS = st.sampled_from([1, 2, 3, 4, "na", None])
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(CODES, ANSWERS)), max_size=12)
RULES = st.builds(
    Rules,
    marks=st.sampled_from([STRICT.marks, ((2, 78),), ((2, 80), (3, 100), (9, 78))]),
    kappa=st.sampled_from([None, 40, 60, 75]),
    scale_ave=st.sampled_from([None, 80, 90]),
    scale_ua=st.sampled_from([None, 80]),
    experts=st.integers(0, 6),
    most_missing=st.integers(0, 100),
    not_applicable=st.sampled_from(["left_out", AGAINST]),
    may_fail=st.integers(0, 100),
)


def counts(*pairs: tuple[int, int], **more: Any) -> Counts:
    """A panel in which (relevant, n) answered each criterion."""
    raters = max((n for _relevant, n in pairs), default=0)
    items = tuple(
        Item(f"C{k}", "Question.", n, relevant, missing=raters - n)
        for k, (relevant, n) in enumerate(pairs, start=1)
    )
    return Counts(raters=raters, smallest=3, items=items, **more)


def counted(rows: list[dict[str, Any]], order: list[str] = CODES) -> Counts:
    raters, items = proposing.count([(code, "Question.") for code in order], rows)
    return Counts(raters=raters, smallest=3, items=items)


def codes(proposal: proposing.Proposal) -> list[str]:
    return [reason["code"] for reason in proposal.reasons]


@pytest.mark.parametrize(
    ("found", "rules", "standing", "why"),
    [
        (counts((6, 6), (6, 6)), STRICT, Standing.VALIDATED, ["all_pass"]),
        (
            counts((6, 6), open_changes=2),
            STRICT,
            Standing.WITH_CHANGES,
            ["all_pass", "open_changes"],
        ),
        (counts((6, 6), not_done=1), STRICT, Standing.WITH_CHANGES, ["all_pass", "not_done"]),
        # One of four fails: it can be mended.
        (
            counts((4, 6), (6, 6), (6, 6), (6, 6)),
            STRICT,
            Standing.REVISE,
            ["failing", "mark", "kappa"],
        ),
        (
            counts((3, 6), (3, 6), (6, 6)),
            STRICT,
            Standing.NOT_VALIDATED,
            ["failing", "mark", "kappa", "mark", "kappa", "scale_ave"],
        ),
        # Every criterion passes, the scale does not.
        (counts(*[(5, 6)] * 5), STRICT, Standing.REVISE, ["scale_ave"]),
        (counts((5, 6), (6, 6)), Rules(scale_ua=80), Standing.REVISE, ["scale_ua"]),
        (counts((2, 2)), STRICT, Standing.NOT_ENOUGH, ["small_panel"]),
        (counts((5, 5)), Rules(experts=6), Standing.NOT_ENOUGH, ["experts"]),
        (
            counts((5, 5), practitioners=1),
            Rules(practitioners=2, lived=1),
            Standing.NOT_ENOUGH,
            ["practitioners", "lived"],
        ),
        (counts((6, 6), (2, 2)), STRICT, Standing.NOT_ENOUGH, ["missing"]),
        (
            counts((3, 3), (1, 1)),
            Rules(most_missing=100),
            Standing.NOT_ENOUGH,
            ["too_few"],
        ),
        (counts(), STRICT, Standing.NOT_ENOUGH, ["small_panel"]),
        (Counts(raters=5, smallest=3), STRICT, Standing.NOT_ENOUGH, ["few_judged"]),
    ],
)
def test_what_is_proposed_and_why(found: Counts, rules: Rules, standing: Standing, why: list[str]):
    proposal = propose(found, rules)
    assert (proposal.standing, codes(proposal)) == (standing, why)


@pytest.mark.parametrize(("relevant", "n", "passes"), [(7, 9, True), (6, 9, False), (14, 18, True)])
def test_marks_are_compared_as_whole_numbers(relevant: int, n: int, passes: bool):
    item = Item("C1", "Question.", n, relevant)
    assert proposing.judge(item, n, Rules(kappa=None)).passes is passes


@pytest.mark.parametrize(
    ("relevant", "n", "hundredths"),
    [(6, 6, 100), (5, 6, 81), (4, 6, 56), (7, 9, 76), (8, 10, 79)],
)
def test_modified_kappa_is_the_published_one(relevant: int, n: int, hundredths: int):
    kappa = proposing.kappa_of(relevant, n)
    assert kappa is not None
    assert int(100 * kappa) == hundredths


def test_what_does_not_apply_is_left_out_or_counts_against():
    item = Item("C1", "Question.", n=5, relevant=5, not_applicable=2)
    assert (proposing.judge(item, 7, STRICT).n, proposing.judge(item, 7, STRICT).passes) == (
        5,
        True,
    )
    against = proposing.judge(item, 7, Rules(not_applicable=AGAINST))
    assert (against.n, against.passes) == (7, False)


def test_a_criterion_that_does_not_apply_to_most_is_left_out_of_the_verdict():
    found = Counts(
        raters=6,
        smallest=3,
        items=(Item("C1", "Q.", 6, 6), Item("C2", "Q.", 2, 1, not_applicable=4)),
    )
    proposal = propose(found, STRICT)
    assert (proposal.standing, codes(proposal)) == (
        Standing.VALIDATED,
        ["all_pass", "does_not_apply"],
    )


@given(ROWS, RULES, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_raters_and_criteria_changes_nothing(
    rows: list[dict], rules: Rules, chance: random.Random
):
    before = propose(counted(rows), rules)
    mixed, order = list(rows), list(CODES)
    chance.shuffle(mixed)
    chance.shuffle(order)
    after = propose(counted(mixed, order), rules)
    assert after.standing == before.standing
    assert sorted(map(str, after.reasons)) == sorted(map(str, before.reasons))


@given(ROWS, RULES)
@settings(max_examples=150, deadline=None)
def test_a_rater_who_answered_nothing_changes_nothing(rows: list[dict], rules: Rules):
    silent = dict.fromkeys(CODES)
    assert propose(counted([*rows, silent]), rules) == propose(counted(rows), rules)


@given(ROWS.filter(len), RULES, st.data())
@settings(max_examples=300, deadline=None)
def test_a_better_rating_never_makes_the_proposal_worse(
    rows: list[dict], rules: Rules, data: st.DataObject
):
    before = propose(counted(rows), rules)
    row, code = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.sampled_from(CODES))
    if not isinstance(rows[row][code], int):
        return
    better = [dict(one) for one in rows]
    better[row][code] = 4
    assert RANK[propose(counted(better), rules).standing] >= RANK[before.standing]


@given(ROWS, RULES)
@settings(max_examples=150, deadline=None)
def test_every_mark_is_a_whole_number_that_decides(rows: list[dict], rules: Rules):
    for one in propose(counted(rows), Rules(**vars(rules) | {"kappa": None})).judged:
        if one.needed is not None:
            assert isinstance(one.needed, int)
            assert one.passes is (one.item.relevant >= one.needed)
            assert 0 <= one.needed <= one.n


def test_modified_kappa_rises_with_every_relevant_answer():
    for n in range(2, 61):
        values = [proposing.kappa_of(relevant, n) for relevant in range(n + 1)]
        assert values == sorted(values, key=lambda value: value or 0)
