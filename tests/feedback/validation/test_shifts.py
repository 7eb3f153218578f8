"""Differences between panels: the exact test, its correction, and what small panels can show."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.validation import shifts
from feedback.validation.figures import Reason

SIZES = st.integers(1, 25)


@st.composite
def panels(draw: st.DrawFn) -> shifts.Panel:
    n = draw(SIZES)
    return draw(st.integers(0, n)), n


def test_the_tea_of_the_lady_is_judged_as_published():
    """Fisher 1935: 3 of 4 against 1 of 4; one-sided 17/70, two-sided 34/70."""
    assert shifts.exact_p((3, 4), (1, 4)) == pytest.approx(34 / 70)


def test_the_criminal_twins_are_judged_as_published():
    """Fisher's twins: 10 of 13 against 2 of 17, p = 0.000537 (one-sided 0.000465)."""
    assert shifts.exact_p((10, 13), (2, 17)) == pytest.approx(0.0005367241)


@given(panels(), panels())
def test_p_is_a_probability_and_does_not_know_which_panel_is_the_first(one, other):
    p = shifts.exact_p(one, other)
    assert 0 < p <= 1
    assert p == shifts.exact_p(other, one)


@given(panels(), panels())
def test_turning_relevant_and_not_around_changes_nothing(one, other):
    def turned(panel):
        return panel[1] - panel[0], panel[1]

    assert shifts.exact_p(one, other) == shifts.exact_p(turned(one), turned(other))


def test_an_empty_panel_speaks_for_nothing():
    assert shifts.exact_p((0, 0), (5, 6)) == 1.0
    assert shifts.difference((0, 0), (5, 6)).reason == Reason.NO_RATING


def test_correction_is_as_the_published_example():
    """Benjamini and Hochberg 1995, 15 p values: four are flagged at 0.05."""
    published = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
    ]
    raised = shifts.corrected(published)
    assert sum(q <= 0.05 for q in raised) == 4
    assert raised[3] == pytest.approx(0.0095 * 15 / 4)


@given(st.lists(st.floats(0, 1), max_size=20))
def test_correction_only_raises_and_keeps_the_order(values):
    raised = shifts.corrected(values)
    assert all(p <= q <= 1 for p, q in zip(values, raised, strict=True))
    ranked = sorted(zip(values, raised, strict=True))
    assert [q for _p, q in ranked] == sorted(q for _p, q in ranked)


def test_the_interval_of_a_difference_is_as_published():
    """Newcombe 1998, table II, method 10: 56/70 less 48/80 is 0.0524 to 0.3339."""
    found = shifts.difference((56, 70), (48, 80))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    whole = shifts.difference((10, 10), (0, 10))
    assert (whole.low, whole.high) == pytest.approx((0.6075, 1.0), abs=5e-5)


def test_three_and_three_can_show_nothing_and_four_and_four_can():
    assert not shifts.can_show_any(3, 3)
    assert shifts.can_show_any(4, 4)


@pytest.mark.parametrize(("n", "m"), [(5, 5), (8, 8), (15, 15), (6, 30)])
def test_power_grows_with_the_shift_and_stays_below_five_percent_without_one(n: int, m: int):
    found = [shifts.power(n, m, 0.95, shift) for shift in (0.0, 0.2, 0.4, 0.6)]
    assert found == sorted(found)
    assert found[0] <= 0.05
    assert found[-1] < 1


def test_without_a_difference_few_pages_have_a_false_flag():
    """Twelve items, six countries, each against the others, corrected: in at most 5 % any flag."""
    chance = random.Random(2026)
    pages, flagged = 300, 0
    for _page in range(pages):
        found = []
        for _item in range(12):
            given_ = [sum(chance.random() < 0.9 for _ in range(6)) for _ in range(6)]
            whole = sum(given_)
            found += [((a, 6), (whole - a, 30)) for a in given_]
        raised = shifts.corrected(
            [shifts.exact_p(*pair) for pair in found], [shifts.least_p(*pair) for pair in found]
        )
        flagged += any(q <= shifts.ALPHA for q in raised)
    assert flagged / pages <= 0.05


def test_the_least_p_is_that_of_the_clearest_table():
    assert shifts.least_p((3, 4), (1, 4)) == shifts.exact_p((4, 4), (0, 4))
    assert shifts.least_p((6, 6), (6, 6)) == 1.0


def test_comparisons_that_can_show_nothing_take_no_share_of_the_correction():
    alike = [1.0] * 11
    raised = shifts.corrected([0.01, *alike], [0.001, *alike])
    assert raised == [0.01, *alike]
    assert shifts.corrected([0.01, *alike])[0] == pytest.approx(0.12)


@given(st.lists(st.floats(0.0001, 1), max_size=20))
def test_able_tests_can_reach_the_level_that_so_many_ask_for(least):
    found = shifts.able(least)
    assert all(least[place] <= shifts.ALPHA for place in found)
