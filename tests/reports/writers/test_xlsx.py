"""A report as a workbook: figures are figures, words are words, and the bytes repeat."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from cop_platform.common.reporting.document import Cell, Chapter, Column, Table
from cop_platform.common.reporting.sections import Formula, Sheet
from feedback.reports.domain.writers import xlsx
from tests.reports.documents import HOSTILE, sample
from tests.reports.writers import recalculation

SHARE = '=IF(B{row}<2,"",C{row}/B{row})'
RATINGS = Sheet(
    "Ratings: [all]/part",
    (("Question", 40), ("N", 8), ("Relevant", 10), ("I-CVI", 8)),
    (
        ("C1 Clear words", 9, 8, Formula(SHARE, 8 / 9)),
        ("=1+1", 6, 5, Formula(SHARE, 5 / 6)),
        ("http://evil.example", 1, 1, Formula(SHARE, "")),
        ("@SUM(A1)", 4, None, None),
    ),
)


def read(content: bytes, **how) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), **how)


def test_two_builds_have_the_same_bytes():
    built = [xlsx.write(sample(comments=HOSTILE), [RATINGS]) for _ in range(2)]

    assert built[0] == built[1]


def test_first_the_report_then_the_sections_then_the_tables():
    book = read(xlsx.write(sample(), [RATINGS, RATINGS]))

    names = ["Validation report", "Ratings   all  part", "Ratings   all  part 2", "Table"]
    assert book.sheetnames == names
    first = book.worksheets[0]
    said = [cell.value for row in first.iter_rows() for cell in row if cell.value]
    assert said[0] == "Validation report: Bulgaria"
    assert sample().dataset_sha256 in said
    assert first["A20"].hyperlink is None or "!" in first["A20"].hyperlink.location


def test_security_25_what_people_type_is_neither_formula_nor_link():
    table = Table("t", "T", (Column("A"),), tuple((Cell(text),) for text in HOSTILE))
    found = replace(sample(), chapters=(Chapter("c", "C", (table,)),))
    book = read(xlsx.write(found, [RATINGS]))

    cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row]

    formulas = {cell.value for cell in cells if cell.data_type == "f"}
    assert formulas == {SHARE.format(row=row) for row in (2, 3, 4)}
    words = {cell.value for cell in cells if cell.data_type == "s"}
    assert {"=1+1", "@SUM(A1)", "=cmd()|' /C calc'!A0", "http://evil.example"} <= words
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert all(link.target is None and "!A1" in link.location for link in links)


@pytest.mark.parametrize("text", ["a\x00b", "a\x1fb", "a\ud800b", "a\uffffb", "a_x0041_b"])
def test_odd_characters_survive(text):
    sheet = Sheet("S", (("A", 10),), ((text,),))

    said = read(xlsx.write(sample(), [sheet]))["S"]["A2"].value

    expected = text if text.isprintable() else f"a[U+{ord(text[1]):04X}]b"
    assert said.replace("_x005F_", "_") == expected


def test_a_text_that_no_cell_can_hold_says_that_it_was_cut():
    sheet = Sheet("S", (("A", 10),), (("x" * 50_000,),))

    said = read(xlsx.write(sample(), [sheet]))["S"]["A2"].value

    assert len(said) < 32_767
    assert said.endswith("the dataset holds all of it.")


@pytest.mark.parametrize(
    ("text", "value", "number_format"),
    [
        ("0.83", 0.83, "0.00"),
        ("1,234", 1234.0, "#,##0"),
        ("83%", 0.83, "0%"),
        ("\u206683%\u2069", 0.83, "0%"),
        ("12.5\u00a0%", 0.125, "0.0%"),
        ("-4", -4.0, "#,##0"),
    ],
)
def test_figures_of_tables_are_figures(text, value, number_format):
    table = Table("t", "T", (Column("A"),), ((Cell(text, value=value),),))
    found = replace(sample(), chapters=(Chapter("c", "C", (table,)),))

    cell = read(xlsx.write(found, []))["Table"]["A5"]

    assert (cell.value, cell.number_format) == (value, number_format)


def test_words_around_a_figure_stay():
    table = Table("t", "T", (Column("A"),), ((Cell("9 of 12", value=9.0),),))
    found = replace(sample(), chapters=(Chapter("c", "C", (table,)),))

    assert read(xlsx.write(found, []))["Table"]["A5"].value == "9 of 12"


@pytest.mark.parametrize(("language", "mirrored"), [("en", None), ("ar", True)])
def test_sheets_run_as_the_language_does(language, mirrored):
    book = read(xlsx.write(sample(language, right_to_left=bool(mirrored)), [RATINGS]))

    assert {sheet.sheet_view.rightToLeft for sheet in book.worksheets} == {mirrored}


def test_headings_stay_in_sight_and_filter():
    sheet = read(xlsx.write(sample(), [RATINGS])).worksheets[1]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D5")
    assert sheet.column_dimensions["A"].width == pytest.approx(40, abs=1)


@pytest.mark.skipif(not recalculation.AVAILABLE, reason="LibreOffice is not installed")
def test_another_program_counts_the_same(tmp_path):
    wrong = replace(RATINGS, rows=((*RATINGS.rows[0][:3], Formula(SHARE, 0.123)),))
    books = {
        name: xlsx.write(sample(), [sheet]) for name, sheet in {"a": RATINGS, "b": wrong}.items()
    }

    again = recalculation.again(tmp_path, books)

    def shares(name: str) -> list:
        return [row[3].value for row in again[name].worksheets[1].iter_rows(min_row=2)]

    assert shares("b") == [pytest.approx(8 / 9)]
    assert shares("a")[:2] == [pytest.approx(8 / 9), pytest.approx(5 / 6)]
    assert not shares("a")[2]


def test_sections_have_the_first_choice_of_a_name():
    book = read(xlsx.write(sample(), [Sheet("table", (), ()), Sheet("Validation report", (), ())]))

    assert book.sheetnames == ["Validation report 2", "table", "Validation report", "Table 2"]


def test_the_bytes_hold_no_moment():
    content = xlsx.write(sample(), [RATINGS])

    about = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml").decode()

    assert about.count("2026-11-20T00:00:00Z") == 2
