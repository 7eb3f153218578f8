"""The published numbers come out: each fixture names where it was printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.validation import figures
from feedback.validation.figures import Band, Reason

# Rows are items, columns are experts (PMC7253559, Table 4).
FIXTURE_A = [
    [4, 4, 4, 4, 4, 4],
    [4, 3, 4, 4, 3, 4],
    [4, 4, 4, 4, 4, 4],
    [4, 4, 4, 4, 4, 4],
    [3, 4, 4, 4, 4, 4],
    [2, 3, 4, 3, 3, 4],
    [4, 4, 4, 4, 4, 4],
    [4, 4, 4, 4, 4, 4],
    [3, 3, 4, 2, 3, 4],
    [4, 4, 4, 3, 4, 4],
    [4, 4, 4, 3, 4, 4],
    [4, 4, 4, 3, 4, 4],
]
# Rows are experts (package contentValidity, "Getting Started with contentValidity").
FIXTURE_B = list(
    zip(
        [4, 3, 3, 2, 3, 4, 3, 4, 2, 4],
        [4, 4, 3, 3, 2, 4, 3, 4, 3, 4],
        [4, 4, 4, 3, 3, 4, 2, 4, 2, 3],
        [4, 4, 3, 4, 3, 3, 3, 4, 3, 4],
        [4, 3, 4, 3, 4, 4, 3, 4, 3, 4],
        [4, 4, 3, 3, 2, 4, 4, 3, 2, 4],
        strict=True,
    )
)
pairs = st.integers(2, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def counts(items):
    return [(figures.count_relevant(item), len(item)) for item in items]


def test_fixture_a_gives_the_published_scale_figures():
    items = counts(FIXTURE_A)
    assert [round(a / n, 2) for a, n in items] == [1, 1, 1, 1, 1, 0.83, 1, 1, 0.83, 1, 1, 1]
    assert figures.s_cvi_ave(items).value == pytest.approx(0.972222, abs=5e-7)
    assert figures.s_cvi_ua(items).value == pytest.approx(0.833333, abs=5e-7)
    kappas = [figures.modified_kappa(a, n).value for a, n in items]
    assert sum(kappas) / len(kappas) == pytest.approx(0.969349, abs=5e-7)


def test_fixture_b_gives_the_published_item_figures():
    items = counts(FIXTURE_B)
    assert [round(figures.i_cvi(a, n).value, 4) for a, n in items] == [
        1, 1, 1, 0.8333, 0.6667, 1, 0.8333, 1, 0.5, 1,
    ]  # fmt: skip
    assert [round(figures.modified_kappa(a, n).value, 4) for a, n in items] == [
        1, 1, 1, 0.8161, 0.5646, 1, 0.8161, 1, 0.2727, 1,
    ]  # fmt: skip
    assert [round(figures.aiken_v(item).value, 4) for item in FIXTURE_B] == [
        1, 0.8889, 0.7778, 0.6667, 0.6111, 0.9444, 0.6667, 0.9444, 0.5, 0.9444,
    ]  # fmt: skip
    assert round(figures.s_cvi_ave(items).value, 4) == 0.8833
    assert round(figures.s_cvi_ua(items).value, 4) == 0.6
    kappas = [figures.modified_kappa(a, n).value for a, n in items]
    assert round(sum(kappas) / len(kappas), 4) == 0.8470


def test_ten_experts_give_the_published_scale_figures():
    """PMC5557472, Table 10: six items of ten experts."""
    items = [(10, 10), (9, 10), (7, 10), (10, 10), (10, 10), (10, 10)]
    assert round(figures.s_cvi_ave(items).value, 2) == 0.93
    assert round(figures.s_cvi_ua(items).value, 2) == 0.67


@pytest.mark.parametrize(
    ("n", "relevant", "by_chance", "kappa", "reading"),
    [
        (3, 3, 0.125, 1.000, Band.EXCELLENT),
        (3, 2, 0.375, 0.467, Band.FAIR),
        (4, 3, 0.250, 0.667, Band.GOOD),
        (5, 4, 0.156, 0.763, Band.EXCELLENT),
        (5, 3, 0.312, 0.418, Band.FAIR),
        (6, 5, 0.094, 0.816, Band.EXCELLENT),
        (6, 4, 0.234, 0.565, Band.FAIR),
        (7, 6, 0.055, 0.849, Band.EXCELLENT),
        (7, 5, 0.164, 0.658, Band.GOOD),
        (8, 7, 0.031, 0.871, Band.EXCELLENT),
        (8, 6, 0.109, 0.719, Band.GOOD),
        (9, 8, 0.018, 0.887, Band.EXCELLENT),
        (9, 7, 0.070, 0.761, Band.EXCELLENT),
        (9, 6, 0.164, 0.601, Band.GOOD),
        (10, 10, 0.001, 1.000, Band.EXCELLENT),
        (10, 9, 0.010, 0.899, Band.EXCELLENT),
        (10, 8, 0.044, 0.791, Band.EXCELLENT),
        (10, 7, 0.117, 0.660, Band.GOOD),
    ],
)
def test_the_published_table_of_modified_kappa(n, relevant, by_chance, kappa, reading):
    found = figures.modified_kappa(relevant, n).value
    assert figures.chance(relevant, n) == pytest.approx(by_chance, abs=6e-4)
    assert found == pytest.approx(kappa, abs=6e-4)
    assert figures.band(found) == reading


@pytest.mark.parametrize(
    ("kappa", "reading"),
    [(0.3999, "poor"), (0.4, "fair"), (0.5999, "fair"), (0.6, "good"), (0.74, "good"),
     (0.7401, "excellent")],
)  # fmt: skip
def test_bands_use_the_unrounded_value(kappa, reading):
    assert figures.band(kappa) == reading


@pytest.mark.parametrize(
    ("n", "needed"),
    [(2, 2), (3, 3), (4, 4), (5, 5), (6, 5), (7, 6), (8, 7), (9, 7), (10, 8), (18, 14), (27, 21)],
)
def test_pass_marks_by_panel_size(n, needed):
    assert figures.min_relevant(n) == needed
    assert figures.passes(needed, n) is True
    assert figures.passes(needed - 1, n) is False


def test_seven_of_nine_passes_although_the_share_is_below_the_mark():
    assert figures.i_cvi(7, 9).value < 0.78
    assert figures.passes(7, 9) is True


@pytest.mark.parametrize(
    ("relevant", "n", "low", "high"),
    [(6, 6, 0.610, 1.0), (5, 6, 0.436, 0.970), (4, 5, 0.376, 0.964)],
)
def test_the_published_intervals_of_small_panels(relevant, n, low, high):
    found = figures.wilson(relevant, n)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


def test_what_cannot_be_computed_says_why():
    assert figures.min_relevant(1) is None
    assert figures.passes(1, 1) is None
    assert figures.passes(0, 0) is None
    for figure in (figures.i_cvi, figures.modified_kappa):
        assert (figure(1, 1).value, figure(1, 1).reason) == (None, Reason.ONE_EXPERT)
        assert (figure(0, 0).value, figure(0, 0).reason) == (None, Reason.NO_RATING)
    assert figures.median([]).reason == Reason.NO_RATING
    assert figures.aiken_v([4]).reason == Reason.ONE_EXPERT
    assert figures.wilson(0, 0).reason == Reason.NO_RATING
    for scale in (figures.s_cvi_ave, figures.s_cvi_ua):
        assert scale([]).reason == Reason.NO_ITEM
        assert scale([(1, 1), (0, 0)]).value is None
        assert scale([(2, 2), (1, 1)]).n == 1


def test_median_and_distribution():
    assert figures.median([4, 2, 3]).value == 3
    assert figures.median([4, 3]).value == 3.5
    assert figures.distribution([4, 2, 4, 1]) == (1, 1, 0, 2)


@given(pairs)
def test_pass_marks_are_what_rounding_half_up_gives(pair):
    relevant, n = pair
    mark = figures.STRICT.mark(n)
    hundredths = (2 * 100 * relevant + n) // (2 * n)  # half up, in integers
    assert figures.passes(relevant, n) is (hundredths >= mark)


@given(pairs)
def test_more_agreement_never_makes_a_figure_worse(pair):
    relevant, n = pair
    if relevant == n:
        return
    assert figures.i_cvi(relevant, n).value < figures.i_cvi(relevant + 1, n).value
    assert figures.passes(relevant, n) <= figures.passes(relevant + 1, n)


@given(pairs)
def test_the_interval_holds_the_share_and_stays_within_0_and_1(pair):
    relevant, n = pair
    found = figures.wilson(relevant, n)
    assert 0 <= found.low <= relevant / n <= found.high <= 1


@given(st.lists(st.integers(1, 4), min_size=2, max_size=40), st.randoms())
def test_the_order_of_the_experts_changes_nothing(scores, random):
    shuffled = random.sample(scores, len(scores))
    for figure in (figures.median, figures.distribution, figures.aiken_v, figures.count_relevant):
        assert figure(scores) == figure(shuffled)
    assert sum(figures.distribution(scores)) == len(scores)
