"""Tables find the paper on which their words have room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.reporting.document import Align, Cell, Column, Span, Table
from feedback.reports.domain.writers import widths
from feedback.reports.domain.writers.widths import Paper


def table(columns: list[str], *rows: list[str]) -> Table:
    heads = tuple(Column(label) for label in columns)
    return Table("t", "T", heads, tuple(tuple(Cell(text) for text in row) for row in rows))


def test_a_table_of_two_short_columns_takes_a_part_of_the_page():
    fit = widths.fit(table(["Role", "Experts"], ["Mentor", "9"]))

    assert fit.paper == Paper.NORMAL
    assert fit.width < 0.5


def test_a_column_of_sentences_gets_what_figures_leave():
    fit = widths.fit(table(["Question", "N", "Mean"], ["It serves the goal. " * 9, "7", "3.14"]))

    assert fit.width == 1
    assert fit.shares[0] > 0.7


def test_short_cells_stay_in_one_line_beside_prose():
    labels = ["Material", "Extent", "Asked"]
    short = widths.fit(table(labels, ["M01, version 1", "8 pages", "7"]))
    beside = widths.fit(table(labels, ["M01, version 1", "8 pages", "It serves the goal. " * 9]))

    # In points, a sentence beside it takes nothing from a short cell but its spare room.
    taken = [fit.shares[0] * fit.width * 476 / fit.size for fit in (short, beside)]
    assert taken[1] >= taken[0] / 1.3
    assert beside.shares[2] > 0.6


def test_many_columns_turn_the_page_and_very_many_make_the_type_smaller():
    many = widths.fit(table(["Practitioners"] * 11, ["relevantly"] * 11))
    more = widths.fit(table(["Practitioners"] * 20, ["relevantly"] * 20))

    assert many.paper == more.paper == Paper.WIDE
    assert more.size < many.size


def test_a_hash_stays_in_one_line_where_the_page_has_room():
    columns = (Column("Code"), Column("SHA-256"), Column("Version", 1, Align.END))
    row = (Cell("M01"), Cell((Span("0f" * 32, code=True),)), Cell("1"))

    fit = widths.fit(Table("t", "T", columns, (row,)))

    assert fit.letters[1] >= 64
    assert fit.paper == Paper.NORMAL


def test_a_word_that_no_column_holds_is_broken():
    fit = widths.fit(table(["A", "B"], ["x" * 50_000, "y"]))

    assert fit.letters[0] < 120


@given(
    st.integers(1, 25).flatmap(
        lambda n: st.lists(st.lists(st.text(max_size=60), min_size=n, max_size=n), max_size=4).map(
            lambda rows: table(["label"] * n, *rows)
        )
    )
)
def test_shares_fill_the_table_and_every_column_holds_letters(drawn):
    fit = widths.fit(drawn)

    assert abs(sum(fit.shares) - 1) < 1e-9
    assert min(fit.letters) >= 3
    assert 0 < fit.width <= 1
    assert 6 <= fit.size <= 8.5
