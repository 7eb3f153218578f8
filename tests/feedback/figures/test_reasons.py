"""What cannot be computed says why; it is never 0, 1 or NaN."""

from __future__ import annotations

import pytest

from feedback.validation import figures
from feedback.validation.figures import Level, Reason, Scale
from tests.feedback.figures import published

FOUR = figures.STANDARD


def test_all_equal_has_no_alpha_and_no_kappa_but_full_agreement():
    table = [[4, 4, 4], [4, 4, 4]]
    for level in Level:
        assert figures.alpha(table, level) == figures.Figure(None, 6, Reason.ALL_EQUAL)
    assert figures.fleiss(table).reason == Reason.ALL_EQUAL
    assert figures.cohen([[4, 4], [4, 4]]).reason == Reason.ALL_EQUAL
    assert figures.icc(table)["3,k"].figure.reason == Reason.ALL_EQUAL
    assert figures.kendall_w(table).w.reason == Reason.NO_VARIATION
    assert figures.percent(table).value == figures.ac1(table, FOUR).value == 1


def test_one_rater_is_no_panel():
    table = [[4], [3]]
    assert figures.alpha(table, Level.NOMINAL).reason == Reason.ONE_EXPERT
    assert figures.percent(table).reason == Reason.ONE_EXPERT
    assert figures.fleiss(table).reason == Reason.ONE_EXPERT
    assert figures.ac1(table, FOUR).reason == Reason.ONE_EXPERT
    assert figures.icc(table)["1,1"].figure.reason == Reason.ONE_EXPERT
    assert figures.kendall_w(table).w.reason == Reason.ONE_EXPERT
    assert figures.cohen(table).reason == Reason.NOT_TWO


@pytest.mark.parametrize("table", [[], [[None, None], [None, None]]])
def test_without_ratings_there_is_nothing(table):
    reasons = {Reason.NO_ITEM, Reason.NO_RATING}
    assert figures.alpha(table, Level.RATIO).reason in reasons
    assert figures.percent(table).reason in reasons
    assert figures.fleiss(table).reason in reasons
    assert figures.ac2(table, FOUR, Level.RATIO).reason in reasons
    assert figures.icc(table)["2,1"].figure.reason in reasons
    assert figures.kendall_w(table).w.reason in reasons


def test_fleiss_correlation_and_concordance_want_every_cell():
    table = [[4, 3, None], [4, 4, 3], [2, 3, 3]]
    assert figures.fleiss(table).reason == Reason.MISSING
    assert figures.kendall_w(table).w.reason == Reason.MISSING
    assert {one.figure.reason for one in figures.icc(table).values()} == {Reason.MISSING}


def test_an_expert_without_any_rating_is_no_missing_cell():
    table = [[4, 3, None], [4, 4, None], [2, 3, None]]
    assert figures.fleiss(table).value == figures.fleiss([row[:2] for row in table]).value
    assert figures.cohen(table).value is not None


def test_an_item_nobody_rated_is_a_missing_cell():
    assert figures.fleiss([[4, 3], [3, 3], [None, None]]).reason == Reason.MISSING


def test_cohen_takes_two_experts_and_the_items_both_rated():
    assert figures.cohen(published.SIX_TARGETS).reason == Reason.NOT_TWO
    found = figures.cohen([[1, 1], [2, 2], [1, 2], [None, 1]])
    assert (round(found.value, 3), found.n) == (0.4, 3)
    assert figures.cohen([[1, None], [None, 2]]).reason == Reason.NO_PAIR


def test_a_ratio_has_no_negative_numbers():
    table = [[-1, 1], [1, 0], [0, 0]]
    assert figures.alpha(table, Level.RATIO).reason == Reason.NEGATIVE
    assert figures.ac2(table, Scale(-1, 1), Level.RATIO).reason == Reason.NEGATIVE
    assert figures.alpha(table, Level.INTERVAL).value is not None


def test_zero_is_a_number_of_a_ratio():
    assert figures.alpha([[0, 0], [0, 2], [2, 2]], Level.RATIO).value is not None
    assert figures.ac2([[0, 0], [0, 2]], Scale(0, 2), Level.RATIO).value is not None


def test_under_five_experts_no_count_is_beyond_chance():
    assert [figures.cvr_critical(n).reason for n in (1, 4)] == [Reason.TOO_SMALL] * 2
    assert figures.cvr_critical(0).reason == figures.cvr(0, 0).reason == Reason.NO_RATING


def test_one_item_cannot_be_drawn_from_and_has_no_correlation():
    table = [[4, 3, 3]]
    assert figures.alpha_intervals(table)[Level.NOMINAL].reason == Reason.ONE_ITEM
    assert figures.icc(table)["3,1"].figure.reason == Reason.ONE_ITEM
    assert figures.kendall_w(table).w.reason == Reason.ONE_ITEM


def test_items_without_differences_have_no_correlation_of_their_mean():
    found = figures.icc([[1, 3], [3, 1]])
    assert found["1,k"].figure.reason == Reason.NO_VARIATION
    assert found["1,1"].figure.value == -1


def test_very_many_values_are_too_many_pairs():
    table = [[n / 7, n / 7 + 0.01] for n in range(1, 900)]
    assert figures.alpha(table, Level.RATIO).reason == Reason.MANY_VALUES
    assert figures.alpha(table, Level.INTERVAL).value > 0.99
    assert figures.alpha_intervals(table)[Level.INTERVAL].reason == Reason.MANY_VALUES


def test_draws_in_which_all_ratings_are_equal_are_left_out():
    found = figures.alpha_intervals([[4, 4]] * 30 + [[4, 3]])[Level.ORDINAL]
    assert (found.reason, found.n) == (None, 31)
    assert -1 <= found.low <= found.high <= 1


def test_a_scale_needs_two_ends_in_order():
    with pytest.raises(ValueError, match="ends before"):
        Scale(4, 4)


@pytest.mark.parametrize(
    ("scale", "lowest_relevant"),
    [((1, 4), 3), ((1, 5), 4), ((1, 9), 6), ((1, 3), 3), ((0, 1), 1), ((-3, 3), 1), ((1, 10), 6)],
)
def test_relevant_is_above_the_middle_of_the_scale(scale, lowest_relevant):
    assert Scale(*scale).relevant_from == lowest_relevant
