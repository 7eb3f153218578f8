"""The same remarks as a Word and an Excel table: text stays text, nothing is lost."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from feedback.reviews.domain import word_files
from feedback.reviews.domain.form_files.cell_text import Reader
from feedback.reviews.domain.remark_export import document, workbook
from tests.feedback.remark_export import sheets

HEAD = [
    "No.",
    "Where",
    "Remark",
    "Suggestion",
    "Meant as",
    "Reviewer",
    "Round",
    "State and answers",
]
ROW = [
    "1",
    "Page 1\n“can do”",
    "Please say who does this.",
    "Name the mentor.",
    "Must change",
    "Reviewer 2",
    "Version 2, due Fri 4 Dec 2026",
    "Accepted\nAna Author (Author): It is the mentor.",
]
WHOLE = {"suggestion": "Name the mentor.", "state": "Accepted"}
KINDS = [document, workbook]


def of_word(content: bytes) -> list[list[str]]:
    (table,) = docx.Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def of_excel(content: bytes) -> list[list[str]]:
    reader = Reader(io.BytesIO(content))
    reader.read()
    rows = list(reader.wb.active.iter_rows(min_row=3, values_only=True))
    return [["" if value is None else str(value) for value in row] for row in rows]


READ = {document: of_word, workbook: of_excel}


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_says_where_what_by_whom_and_what_became_of_it(kind):
    content = kind.write(sheets.sheet(sheets.on_words(1, "can do", **WHOLE)))
    assert READ[kind](content) == [HEAD, ROW]


@pytest.mark.parametrize("kind", KINDS)
def test_two_tables_of_the_same_remarks_are_the_same_bytes(kind):
    one = sheets.sheet(sheets.on_words(1, "can do", text=sheets.HOSTILE), sheets.remark(2))
    assert kind.write(one) == kind.write(one)


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 30", "-cmd", "@SUM(A1)", sheets.HOSTILE.split("\x00")[0]]
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_looks_like_a_formula_is_text(kind, text):
    content = kind.write(sheets.sheet(sheets.remark(text=text, quote=text)))
    assert READ[kind](content)[1][2] == text
    if kind is workbook:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_long_remark_is_whole_in_both_and_counts_once():
    text = "A long remark. " * 3_400
    one = sheets.sheet(sheets.remark(1, text=text), sheets.remark(2))
    assert of_word(document.write(one))[1][2] == text
    rows = of_excel(workbook.write(one))[1:]
    assert "".join(row[2] for row in rows[:-1]) == text
    assert [row[0] for row in rows if row[0]] == ["1", "2"]


def test_words_from_the_right_are_marked_so_in_both():
    one = sheets.sheet(sheets.remark(text=sheets.ARABIC))
    (table,) = docx.Document(io.BytesIO(document.write(one))).tables
    cells = table.rows[1].cells
    turned = [cell._tc.find(f".//{qn('w:bidi')}") is not None for cell in cells]
    assert turned == [False, False, True, False, False, False, False, False]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(one))).active
    orders = [cell.alignment.readingOrder for cell in sheet[4][1:3]]
    assert orders == [1, 2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_from_the_right_gets_the_first_column_on_the_right(kind):
    content = kind.write(sheets.sheet(language="ar", is_rtl=True))
    if kind is document:
        table = docx.Document(io.BytesIO(content)).tables[0]
        assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    else:
        assert openpyxl.load_workbook(io.BytesIO(content)).active.sheet_view.rightToLeft


def test_no_property_names_anybody_or_tells_a_day():
    word = docx.Document(io.BytesIO(document.write(sheets.sheet()))).core_properties
    excel = openpyxl.load_workbook(io.BytesIO(workbook.write(sheets.sheet()))).properties
    assert not any((word.author, word.last_modified_by, excel.creator, excel.lastModifiedBy))
    days = [known.replace(tzinfo=None) for known in (word.created, word.modified, excel.created)]
    assert days == [word_files.CREATED] * 3
