"""The same from SciPy: distributions, exact intervals, quantiles, the test behind W."""

from __future__ import annotations

import random
import statistics

import pytest
from scipy import stats

from feedback.validation import figures
from feedback.validation.figures import distributions
from tests.feedback.figures import published

PANELS = [(0, 3), (1, 2), (3, 7), (4, 5), (9, 9), (17, 40), (199, 200)]


@pytest.mark.parametrize("first", [1, 2, 7, 44.3, 499])
@pytest.mark.parametrize("second", [0.6, 3, 12.7, 24_451])
@pytest.mark.parametrize("share", [0.025, 0.5, 0.975])
def test_quantiles_of_f(share, first, second):
    expected = stats.f.ppf(share, first, second)
    assert distributions.f_quantile(share, first, second) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("freedom", [1, 2, 5, 11, 499])
@pytest.mark.parametrize("x", [0, 0.3, 4, 17.74, 600])
def test_the_tail_of_chi_squared(x, freedom):
    expected = stats.chi2.sf(x, freedom)
    assert distributions.chi_squared_above(x, freedom) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("relevant", "n"), PANELS)
def test_intervals_of_a_share(relevant, n):
    test = stats.binomtest(relevant, n)
    for method, found in (
        ("exact", figures.clopper_pearson(relevant, n)),
        ("wilson", figures.wilson(relevant, n)),
    ):
        expected = test.proportion_ci(0.95, method=method)
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-10)


@pytest.mark.parametrize("n", [5, 9, 17, 40, 63])
def test_the_critical_count_is_the_first_that_the_exact_test_rejects(n):
    count = figures.critical_count(n)
    below, at = (stats.binomtest(k, n, alternative="greater").pvalue for k in (count - 1, count))
    assert at <= 0.05 < below


@pytest.mark.parametrize(
    "table", [published.SIX_TARGETS, [[4, 3, 4], [3, 3, 2], [1, 3, 3], [4, 4, 4]]]
)
def test_kendalls_w_is_friedmans_test(table):
    found = figures.kendall_w(table)
    expected = stats.friedmanchisquare(*table)
    assert found.chi_squared == pytest.approx(expected.statistic)
    assert found.p == pytest.approx(expected.pvalue)


def test_alpha_of_two_experts_is_near_cohens_kappa_in_a_large_sample():
    chance = random.Random(3)
    table = [(one, one if chance.random() < 0.6 else chance.randint(1, 4)) for one in
             (chance.randint(1, 4) for _n in range(2_000))]  # fmt: skip
    assert figures.alpha(table, figures.Level.NOMINAL).value == pytest.approx(
        figures.cohen(table).value, abs=0.01
    )


def test_middle_and_spread():
    scores = [2, 3, 3, 4, 4.5, 7, 9]
    assert figures.mean(scores).value == pytest.approx(statistics.fmean(scores))
    assert figures.deviation(scores).value == pytest.approx(stats.tstd(scores))
    assert figures.interquartile(scores).value == pytest.approx(stats.iqr(scores))
    assert figures.deviation([3]).reason == figures.Reason.ONE_EXPERT
    assert figures.mean([]).reason == figures.interquartile([]).reason == figures.Reason.NO_RATING
