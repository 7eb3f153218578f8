"""The panel method on the scale of 1 to 9, by both rules of disagreement."""

from __future__ import annotations

import pytest

from feedback.validation.figures import Accord, Appropriateness, Reason, judge
from feedback.validation.figures.appropriateness import classic_accord, interpercentile
from feedback.validation.figures.values import STANDARD


@pytest.mark.parametrize(
    ("scores", "accord"),
    [
        ([8] * 7 + [1, 5], Accord.AGREEMENT),
        ([8] * 6 + [1, 1, 5], Accord.INDETERMINATE),
        ([8] * 6 + [1, 1, 1], Accord.DISAGREEMENT),
        ([8] * 10 + [1] * 3, Accord.AGREEMENT),
        ([8] * 9 + [1] * 4, Accord.DISAGREEMENT),
        ([8] * 12 + [1] * 4, Accord.AGREEMENT),
        ([8] * 11 + [1] * 5, Accord.DISAGREEMENT),
        ([5] * 8, Accord.AGREEMENT),
        ([2] * 6 + [4, 9], Accord.AGREEMENT),
    ],
)
def test_the_classic_rule_by_size_of_the_panel(scores, accord):
    assert classic_accord(scores) == accord


@pytest.mark.parametrize(
    ("scores", "accord"),
    [
        ([1, 5, 9], Accord.DISAGREEMENT),
        ([1, 5, 5, 9], Accord.INDETERMINATE),
        ([1] * 7 + [5] * 6 + [9] * 7, Accord.DISAGREEMENT),
        ([1] * 6 + [5] * 7 + [9] * 7, Accord.INDETERMINATE),
    ],
)
def test_other_sizes_disagree_when_a_third_stands_at_each_end(scores, accord):
    assert classic_accord(scores) == accord


def test_the_distance_that_is_too_far_grows_with_asymmetry():
    """All of one mind at 9: asymmetry 4, so 2.35 + 1.5 x 4; in the middle the base alone."""
    assert interpercentile([9] * 9) == pytest.approx((0, 8.35))
    assert interpercentile([5] * 9) == pytest.approx((0, 2.35))
    assert interpercentile([1, 1, 1, 1, 5, 9, 9, 9, 9]) == pytest.approx((8, 2.35))


@pytest.mark.parametrize(
    ("scores", "reading"),
    [
        ([7, 8, 9, 7, 8, 9, 8, 8, 8], Appropriateness.APPROPRIATE),
        ([1, 2, 3, 2, 2, 1, 2, 2, 4], Appropriateness.INAPPROPRIATE),
        ([6, 7], Appropriateness.UNCERTAIN),
        ([1, 1, 1, 1, 8, 9, 9, 9, 9], Appropriateness.UNCERTAIN),
    ],
)
def test_appropriate_is_a_median_from_7_on_without_disagreement(scores, reading):
    found = judge(scores)
    assert (found.classic, found.by_ipras) == (reading, reading)


def test_nobody_and_another_scale_say_why():
    assert judge([]).median.reason == judge([]).ipras.reason == Reason.NO_RATING
    assert judge([3], STANDARD).median.reason == Reason.OTHER_SCALE
    assert judge([]).accord is None
