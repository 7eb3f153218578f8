"""Whole numbers by panel size become marks and come back as the same whole numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reviews import marks
from feedback.validation import figures
from feedback.validation.domain.policy import pass_table, policy_faults, policy_words
from feedback.validation.domain.policy.pass_table import SIZES
from feedback.validation.domain.policy.rules import STRICT, Rules, read

PRINTED = {2: 2, 3: 3, 4: 4, 5: 5, 6: 5, 7: 6, 8: 7, 9: 7, 10: 8}


@st.composite
def tables(draw):
    """Whole numbers as a sane policy has them, from some size on, and a mark beyond."""
    needed, before = {}, draw(st.integers(1, 2))
    for n in range(draw(st.integers(2, 5)), 11):
        before = needed[n] = draw(st.integers(min(before, n), n))
    least = next(m for m in range(1, 101) if marks.needed(11, [(2, m)]) >= before)
    return needed, draw(st.integers(least, 100))


def test_the_strict_table_is_the_published_one():
    assert pass_table.counts(STRICT.marks) == PRINTED
    assert marks.needed(18, STRICT.marks) == 14
    assert marks.needed(27, STRICT.marks) == 21


def test_what_was_not_changed_keeps_its_mark():
    assert pass_table.marks_from(PRINTED, 78, STRICT.marks) == STRICT.marks


@given(tables())
def test_whole_numbers_come_back_as_they_were_typed(table):
    needed, beyond = table
    found = pass_table.marks_from(needed, beyond, STRICT.marks)
    assert {n: a for n, a in pass_table.counts(found).items() if a is not None} == needed
    assert marks.mark_of(11, found) == beyond
    assert list(policy_faults.of_rules(Rules(marks=found))) == []
    assert read(Rules(marks=found).stored()).marks == found


@given(tables(), st.sampled_from([None, 40, 60, 75, 90]), st.integers(2, 60))
def test_kappa_only_ever_asks_for_more(table, kappa, n):
    held = Rules(marks=pass_table.marks_from(*table, STRICT.marks), kappa=kappa)
    row = pass_table.row(n, held)
    plain = marks.needed(n, held.marks)
    assert (row.needed is None) == (plain is None)
    if row.needed is not None:
        assert plain <= row.needed <= n
        assert row.lifted == (row.needed > plain)
        if kappa and row.needed < n:
            assert figures.modified_kappa(row.needed, n).value >= kappa / 100


def test_kappa_lifts_four_of_six_to_five():
    held = Rules(marks=((2, 100), (6, 67)), kappa=60)
    assert (pass_table.row(6, held).needed, pass_table.row(6, held).lifted) == (5, True)
    assert "asks for more" in policy_words.line(pass_table.row(6, held)).note


@pytest.mark.parametrize(
    ("needed", "faulty"),
    [
        (PRINTED, set()),
        (PRINTED | {2: None}, set()),
        (PRINTED | {2: None, 3: None}, set()),
        (PRINTED | {5: None}, {"of_5"}),
        (PRINTED | {7: 4}, {"of_7"}),
        (PRINTED | {4: 5}, {"of_4"}),
        (PRINTED | {3: 0}, {"of_3"}),
        (dict.fromkeys(SIZES), {"of_10"}),
    ],
)
def test_gaps_falling_numbers_and_too_many_are_named_by_their_size(needed, faulty):
    assert {name for name, _text in policy_faults.of_counts(needed)} == faulty


@pytest.mark.parametrize(
    ("changed", "faulty"),
    [
        ({}, set()),
        ({"marks": ((3, 101),)}, {"marks"}),
        ({"marks": ((6, 83), (3, 100))}, {"marks"}),
        ({"marks": ((2, 80), (9, 40))}, {"of_9"}),
        ({"experts": 2}, {"experts"}),
        ({"practitioners": 4}, {"practitioners"}),
        ({"lived": 4}, {"lived"}),
        ({"practitioners": 2, "lived": 2}, {"lived"}),
        ({"kappa": 101}, {"kappa"}),
        ({"scale_ave": 0}, {"scale_ave"}),
        ({"most_missing": -1}, {"most_missing"}),
        ({"may_fail": 101}, {"may_fail"}),
        ({"months": 0}, {"months"}),
    ],
)
def test_rules_that_contradict_themselves_are_named(changed, faulty):
    found = [name for name, _text in policy_faults.of_rules(Rules(**changed))]
    assert set(found[:1]) == faulty


def test_each_rule_has_one_sentence_and_a_change_shows_both():
    keys = [sentence.key for sentence in policy_words.sentences(STRICT)]
    assert sorted(keys) == sorted(STRICT.stored())
    found = policy_words.changes(STRICT, Rules(months=12, kappa=None))
    assert [change.topic for change in found] == ["Agreement beyond chance", "How long it lasts"]
    assert found[1].before == "A verdict lasts 24 months; then the version is rated anew."
    assert found[1].after == "A verdict lasts 12 months; then the version is rated anew."
