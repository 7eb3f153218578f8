"""The form as a workbook, written and read.

A cell holds less than a comment may: what is longer goes on in rows below, under the same key with
a number. What people typed is written as text, never as a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from cop_platform.common.office_files import TEXT_STAYS_TEXT
from feedback.reviews.domain.form_files.cell_text import PIECE, Reader, put
from feedback.reviews.domain.form_files.shapes import FIELDS, FORMAT, Form, Row, printable

MAX_ROWS = 2_000
MAX_COLUMNS = 40
_OPTIONS = {
    "in_memory": True,
    **TEXT_STAYS_TEXT,
}
# No day of anybody's work stands in the file.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDTHS = (2, 7, 44, 30, 9, 48, 48, 30, 12)
_MORE = "+"


def write(form: Form) -> bytes:
    """The workbook; the same form gives the same bytes."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": "", "author": "", "created": _CREATED})
        wrapped = {"text_wrap": True, "valign": "top"}
        cell = book.add_format(wrapped | {"num_format": "@"})
        strong = book.add_format(wrapped | {"bold": True})
        sheet = book.add_worksheet(_("Review")[:31])
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        if form.is_rtl:
            sheet.right_to_left()
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, None, {"hidden": column == 0})
        _write_head(sheet, form, strong)
        at = len(form.note) + 3
        sheet.freeze_panes(at, 0)
        for row in form.rows:
            at = _write_row(sheet, at, row, cell)
    return target.getvalue()


def _write_head(sheet: Worksheet, form: Form, strong: Any) -> None:
    """The hidden row that names the fields, the title, the note, the labels."""
    for column, name in enumerate((form.stamp, "", "", "", *FIELDS)):
        put(sheet, 0, column, name)
    sheet.set_row(0, None, None, {"hidden": True})
    for number, sentence in enumerate((printable(form.title), *form.note), start=1):
        sheet.merge_range(number, 1, number, len(_WIDTHS) - 1, "")
        put(sheet, number, 1, sentence, strong if number == 1 else None)
    heads = ("", "", _("Criterion"), _("Possible answers"), *(form.labels[f] for f in FIELDS))
    for column, label in enumerate(heads):
        put(sheet, len(form.note) + 2, column, label, strong)


def _write_row(sheet: Worksheet, at: int, row: Row, cell: Any) -> int:
    """One criterion, and rows below it for what is longer than a cell; the next free row."""
    pieces = [list(_pieces(printable(getattr(row.answer, field)))) for field in FIELDS]
    height = max(1, *(len(some) for some in pieces))
    for number in range(height):
        key = row.key if number == 0 else f"{row.key}{_MORE}{number}"
        told = (key, row.code, printable(row.text), row.scale) if number == 0 else (key, "", "", "")
        for column, said in enumerate(told):
            put(sheet, at + number, column, said, cell)
        for column, some in enumerate(pieces, start=4):
            said = some[number] if number < len(some) else ""
            put(sheet, at + number, column, said, cell)
    sheet.data_validation(at, 4, at, 4, _list(row.values))
    sheet.data_validation(at, 8, at, 8, _list(("1", "2", "3")))
    return at + height


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]


def _list(values: tuple[str, ...]) -> dict[str, Any]:
    """A list to choose from that takes other things as well: they are looked at on the way in."""
    return {"validate": "list", "source": list(values), "error_type": "information"}


def read(data: bytes) -> tuple[str, dict[str, dict[str, str]]]:
    """The stamp (empty where there is none) and the fields by key. Raises what openpyxl raises."""
    reader = Reader(io.BytesIO(data), read_only=True)
    reader.read()
    sheet = reader.wb.worksheets[0]
    # What the file says of its own size is not believed: it is read row by row.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
    table = [[_text(value) for value in row] for row in rows]
    head = next((row for row in table if row and row[0].startswith(FORMAT)), [""])
    columns = {name: number for number, name in enumerate(head) if name in FIELDS}
    found: dict[str, dict[str, str]] = {}
    for row in table:
        key = row[0].strip().partition(_MORE)[0] if row else ""
        fields = found.setdefault(key, {})
        for name, number in columns.items():
            fields[name] = fields.get(name, "") + (row[number] if number < len(row) else "")
    return head[0], found


def _text(value: Any) -> str:
    """A cell as it was typed; a formula is the text that somebody meant to begin with "="."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(getattr(value, "text", value))
