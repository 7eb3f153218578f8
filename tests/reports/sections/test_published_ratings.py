"""Published tables, entered as a round, come out in the ratings as they were printed."""

from __future__ import annotations

import pytest

from cop_platform.common.reporting.document import Sign
from feedback.validation import figures
from feedback.validation.domain.report.ratings import collect
from feedback.validation.figures import Level
from tests.reports.sections import checks, reading
from tests.reports.sections.rated import SIX_EXPERTS, TEN_ITEMS, by_expert, column, shown, table
from tests.reports.sections.reading import scope

pytestmark = pytest.mark.django_db


def test_six_experts_and_twelve_items_come_out_as_printed():
    found = reading.rated(by_expert(SIX_EXPERTS))

    rows = table(found, scope())
    whole = table(found, scope(), "scale")

    assert column(rows, 4) == [*["1.00"] * 5, "0.83", "1.00", "1.00", "0.83", *["1.00"] * 3]
    assert column(rows, 5)[5] == "0.44–0.97"
    assert column(whole, 1) == ["0.9722", "0.8333", "0.9693"]


def test_ten_items_come_out_as_printed():
    found = reading.rated(TEN_ITEMS)

    rows = table(found, scope())
    whole = checks.table(shown(found, scope()), f"scale-{found.pk}")

    assert column(rows, 4) == [
        "1.00", "1.00", "1.00", "0.83", "0.67", "1.00", "0.83", "1.00", "0.50", "1.00",
    ]  # fmt: skip
    assert column(rows, 6)[3:6] == ["0.82 (excellent)", "0.56 (fair)", "1.00 (excellent)"]
    assert column(rows, 7)[:2] == ["1.00", "0.89"]
    assert column(rows, 9)[3:5] == ["Passes", "Does not pass"]
    assert column(reading.rows(whole), 1) == ["0.8833", "0.6000", "0.8470"]
    assert [row[1].sign for row in whole.rows] == [Sign.BAD, Sign.NONE, Sign.NONE]


@pytest.mark.parametrize(
    ("relevant", "i_cvi", "kappa", "passes"),
    [
        (10, "1.00", "1.00 (excellent)", "Passes"),
        (9, "0.90", "0.90 (excellent)", "Passes"),
        (8, "0.80", "0.79 (excellent)", "Passes"),
        (7, "0.70", "0.66 (good)", "Does not pass"),
    ],
)
def test_modified_kappa_of_ten_experts_comes_out_as_printed(relevant, i_cvi, kappa, passes):
    scores = [4] * relevant + [2] * (10 - relevant)
    found = reading.rated([[score] for score in scores])

    (row,) = table(found, scope())

    assert (row[1], row[4], row[6], row[8], row[9]) == ("10", i_cvi, kappa, "8 of 10", passes)


def test_seven_of_nine_pass_by_whole_numbers():
    found = reading.rated([[4]] * 7 + [[1]] * 2)

    (row,) = table(found, scope())

    assert (row[4], row[8], row[9]) == ("0.78", "7 of 9", "Passes")


def test_the_paradox_of_agreement_is_printed_and_explained():
    found = reading.rated(by_expert(SIX_EXPERTS))

    rows = table(found, scope(), "agreement")
    whole = reading.text(shown(found, scope()))

    assert column(rows, 1) == ["0.944", "-0.014", "-0.029", "0.941", "0.722", "0.244"]
    assert "This is no contradiction" in whole


def test_agreement_is_that_of_the_ratings_expert_by_expert():
    units = [[1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [1, 2, 3, 4], [4, 4, 4, 4], [1, 1, 2, 1]]
    reading.rated(by_expert(units))

    (row,) = collect(scope()).rounds

    assert row.ratings.alpha.value == round(figures.alpha(units, Level.ORDINAL).value, 6)
    assert row.ratings.percent.value == round(figures.percent(units).value, 6)
