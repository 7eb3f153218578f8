"""Agreement, correlation and intervals: every printed number to its printed digits."""

from __future__ import annotations

import pytest

from feedback.validation import figures
from feedback.validation.figures import Level, Scale
from feedback.validation.figures.agreement import fleiss_of_counts
from feedback.validation.figures.ratings import dichotomised
from tests.feedback.figures import published
from tests.feedback.test_figures import FIXTURE_A, FIXTURE_B

ONE_TO_FIVE, YES_NO = Scale(1, 5), Scale(0, 1)


@pytest.mark.parametrize(
    ("level", "printed"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_krippendorffs_alpha_of_his_own_example(level, printed):
    found = figures.alpha(published.CLASSIC, Level(level))
    assert (round(found.value, 6), found.n) == (printed, 40)


@pytest.mark.parametrize(("level", "printed"), [("nominal", 0.691), ("interval", 0.811)])
def test_krippendorffs_alpha_of_three_coders(level, printed):
    assert round(figures.alpha(published.THREE_CODERS, Level(level)).value, 3) == printed


def test_fleiss_kappa_of_fourteen_raters():
    found = figures.fleiss(published.rated(published.FOURTEEN_RATERS))
    assert (round(found.value, 6), found.n) == (0.209931, 10)
    assert fleiss_of_counts(published.FOURTEEN_RATERS) == found


def test_fleiss_kappa_of_psychiatric_diagnoses():
    assert round(fleiss_of_counts(published.DIAGNOSES).value, 3) == 0.430


@pytest.mark.parametrize(
    ("table", "printed"),
    [([[0, 4, 1], [0, 8, 0], [0, 1, 5]], 0.4842), ([[20, 5], [10, 15]], 0.4)],
)
def test_cohens_kappa(table, printed):
    assert round(figures.cohen(published.pairs(table)).value, 4) == printed


def test_gwets_ac1_of_the_classic_table_with_missing_ratings():
    """Gwet 2014: 0.77544, of 0.81818 agreement."""
    assert round(figures.ac1(published.CLASSIC, ONE_TO_FIVE).value, 5) == 0.77544
    assert round(figures.percent(published.CLASSIC).value, 5) == 0.81818


def test_mean_ac1_and_ac2_of_single_items_as_the_vignette_prints_them():
    """AC1 on relevant or not, AC2 with quadratic weights over all points of the scale."""
    yes_no = dichotomised(FIXTURE_B, figures.STANDARD)
    ac1 = [figures.ac1([row], YES_NO).value for row in yes_no]
    ac2 = [figures.ac2([row], figures.STANDARD, Level.INTERVAL).value for row in FIXTURE_B]
    assert round(sum(ac1) / len(ac1), 4) == 0.6917
    assert round(sum(ac2) / len(ac2), 4) == 0.8864


def test_high_agreement_and_low_kappa_at_once():
    yes_no = dichotomised(FIXTURE_A, figures.STANDARD)
    assert round(figures.percent(yes_no).value, 4) == 0.9444
    assert round(figures.fleiss(yes_no).value, 4) == -0.0286
    assert round(figures.alpha(yes_no, Level.NOMINAL).value, 4) == -0.0143
    assert round(figures.ac1(yes_no, YES_NO).value, 4) == 0.9413
    assert round(figures.alpha(FIXTURE_A, Level.ORDINAL).value, 4) == 0.2440


@pytest.mark.parametrize(
    ("form", "printed", "low", "high"),
    [
        ("1,1", 0.166, -0.133, 0.723),
        ("2,1", 0.290, 0.019, 0.761),
        ("3,1", 0.715, 0.342, 0.946),
        ("1,k", 0.443, -0.884, 0.912),
        ("2,k", 0.620, 0.071, 0.927),
        ("3,k", 0.909, 0.676, 0.986),
    ],
)
def test_the_six_forms_of_shrout_and_fleiss_with_their_intervals(form, printed, low, high):
    found = figures.icc(published.SIX_TARGETS)[form]
    assert (round(found.figure.value, 3), found.figure.n) == (printed, 6)
    assert (round(found.interval.low, 3), round(found.interval.high, 3)) == (low, high)


@pytest.mark.parametrize(
    ("relevant", "n", "low", "high"), [(4, 5, 0.284, 0.995), (5, 5, 0.478, 1), (0, 10, 0, 0.308)]
)
def test_the_exact_interval_of_a_share(relevant, n, low, high):
    found = figures.clopper_pearson(relevant, n)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


@pytest.mark.parametrize(
    ("n", "count", "ratio"),
    [
        (5, 5, 1), (6, 6, 1), (7, 7, 1), (8, 7, 0.75), (9, 8, 0.778), (10, 9, 0.8), (11, 9, 0.636),
        (12, 10, 0.667), (13, 10, 0.538), (14, 11, 0.571), (15, 12, 0.6), (20, 15, 0.5),
        (25, 18, 0.44), (30, 20, 0.333), (40, 26, 0.3),
    ],
)  # fmt: skip
def test_exact_critical_counts_of_the_content_validity_ratio(n, count, ratio):
    """Ayre and Scally 2014, Table 2."""
    assert figures.cvr_critical(n).value == figures.critical_count(n) == count
    assert round(figures.cvr(count, n).value, 3) == ratio


def test_the_ratio_divides_by_half_the_panel():
    assert figures.cvr(3, 5).value == pytest.approx(0.2)
    assert (figures.cvr(0, 4).value, figures.cvr(4, 4).value) == (-1, 1)


def test_kendalls_w_by_hand_with_ties():
    """Three experts, three items: sums of ranks 3.5, 5.5 and 9, one pair of equal ratings."""
    found = figures.kendall_w([[1, 1, 2], [2, 2, 2], [3, 3, 3]]).w
    squares = sum((total - 6) ** 2 for total in (3.5, 5.5, 9))
    assert found.value == pytest.approx(12 * squares / (9 * 24 - 3 * 6))
