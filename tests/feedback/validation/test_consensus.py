"""Delphi as pure numbers: when a group agrees, when its dissent is a result, when asking ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.validation import consensus
from feedback.validation.consensus import Rule, State

ANSWERS = st.dictionaries(st.integers(1, 12), st.integers(1, 4), max_size=12)
AGAIN = st.dictionaries(st.integers(1, 12), st.one_of(st.none(), st.integers(1, 4)), max_size=12)


def panel(*scores: int | None) -> dict[int, int | None]:
    return dict(enumerate(scores))


@pytest.mark.parametrize(
    ("waves", "state"),
    [
        ([panel(4, 4, 3, 1)], State.AGREED),
        ([panel(1, 1, 2, 4)], State.AGREED),
        ([panel(4, 4, 2, 1)], State.OPEN),
        ([panel()], State.NOBODY),
        # Agreed, and nobody moved.
        ([panel(4, 4, 2, 1), panel(4, 4, 3, 1)], State.OPEN),
        ([panel(4, 4, 3, 1), panel(4, 4, 3, 1)], State.AGREED),
        # Divided, and nobody moves any more.
        ([panel(4, 4, 2, 1), panel(4, 4, 2, 1)], State.DISSENT),
        # One of four answered again: that says nothing of the others.
        ([panel(4, 4, 2, 1), {0: 4}], State.OPEN),
        ([panel(4, 4, 2, 1), panel(3, 4, 1, 1), panel(4, 3, 2, 2)], State.ENDED),
        # Everybody says that it does not apply.
        ([panel(4, 2), panel(None, None)], State.NOBODY),
    ],
)
def test_where_an_item_stands(waves, state):
    assert consensus.judge(waves, Rule()) == state


def test_the_mark_is_compared_in_whole_numbers():
    """Three of four are 75 percent exactly; at 76 they are not enough."""
    answers = [panel(4, 4, 3, 1)]
    assert consensus.judge(answers, Rule(consensus=75)) == State.AGREED
    assert consensus.judge(answers, Rule(consensus=76)) == State.OPEN


def test_who_does_not_answer_again_keeps_the_answer():
    assert consensus.through([panel(4, 1, 2), {1: 3, 2: None}]) == [panel(4, 1, 2), {0: 4, 1: 3}]


def test_nobody_who_answered_again_gives_no_share_of_changes():
    assert consensus.changed(panel(4, 1), {}).value is None


@given(ANSWERS)
def test_the_larger_side_is_at_least_half(answers):
    found = consensus.agreement(answers)
    assert found.value is None if not answers else 0.5 <= found.value <= 1


@given(ANSWERS, AGAIN)
def test_names_of_the_answerers_change_nothing(answers, again):
    def renamed(found):
        return {100 - who: score for who, score in found.items()}

    waves = [answers, again]
    assert consensus.judge(waves, Rule()) == consensus.judge([renamed(w) for w in waves], Rule())
    assert consensus.changed(answers, again) == consensus.changed(renamed(answers), renamed(again))


@given(ANSWERS)
def test_answering_the_same_again_is_no_change(answers):
    found = consensus.changed(answers, answers)
    assert found.value == (0.0 if answers else None)
