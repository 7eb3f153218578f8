"""The table of remarks for Excel: a row for each, to be sorted and counted.

What people typed is text and never calculated. A cell holds less than a remark may: what is longer
goes on in rows below that bear no number, so that counting numbers counts remarks.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from cop_platform.common.office_files import TEXT_STAYS_TEXT, runs_right_to_left
from feedback.reviews.domain import word_files
from feedback.reviews.domain.form_files.cell_text import PIECE, put
from feedback.reviews.domain.remark_export.shapes import Remark, Sheet, cells, columns

_OPTIONS = {
    "in_memory": True,
    **TEXT_STAYS_TEXT,
}
# A centimetre on paper is about so many signs of a column.
_SIGNS = 6.0
_HEAD = 2
# In points: a line, and the highest row that the format knows.
_LINE, _HIGHEST = 15, 409


def write(sheet: Sheet) -> bytes:
    """The workbook; the same remarks give the same bytes."""
    target = io.BytesIO()
    with translation.override(sheet.language), xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": sheet.heading, "author": "", "created": word_files.CREATED})
        page = book.add_worksheet(_("Remarks")[:31])
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(_HEAD)
        page.freeze_panes(_HEAD + 1, 0)
        if sheet.is_rtl:
            page.right_to_left()
        _write(book, page, sheet)
    return target.getvalue()


def _write(book: Any, page: Worksheet, sheet: Sheet) -> None:
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    named = columns()
    put(page, 0, 0, sheet.heading, book.add_format({"bold": True, "font_size": 13}))
    for number, column in enumerate(named):
        page.set_column(number, number, column.width * _SIGNS)
        put(page, _HEAD, number, column.label, strong)
    wrapped = {"text_wrap": True, "valign": "top", "num_format": "@"}
    # 1 is read from the left, 2 from the right.
    forms = {side: book.add_format(wrapped | {"reading_order": side}) for side in (1, 2)}
    at = _HEAD + 1
    for remark in sheet.remarks:
        at = _write_row(page, at, remark, sheet, forms)
    page.autofilter(_HEAD, 0, max(at - 1, _HEAD + 1), len(named) - 1)


def _write_row(page: Worksheet, at: int, remark: Remark, sheet: Sheet, forms: Any) -> int:
    """One remark, and rows below it for what is longer than a cell; the next free row."""
    page.write_number(at, 0, remark.number, forms[1])
    heights = Counter({at: 1})
    told = zip(columns()[1:], cells(remark, sheet), strict=True)
    for number, (column, text) in enumerate(told, start=1):
        side = 2 if runs_right_to_left(text, otherwise=sheet.is_rtl) else 1
        for row, start in enumerate(range(0, len(text), PIECE), start=at):
            piece = text[start : start + PIECE]
            put(page, row, number, piece, forms[side])
            heights[row] = max(heights[row], _lines(piece, column.width * _SIGNS))
    # Not every program makes a row as high as its words are.
    for row, lines in heights.items():
        page.set_row(row, min(lines * _LINE, _HIGHEST))
    return at + len(heights)


def _lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column so many signs wide."""
    return sum(1 + int(len(line) // width) for line in text.split("\n"))
