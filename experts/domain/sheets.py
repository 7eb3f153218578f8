"""Tables out of uploaded CSV and Excel files: plain text cells, within limits, nothing executed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 40
MAX_ENTRIES = 500
MAX_UNPACKED = 30 * 1024 * 1024
# Written before the text of a cell that a spreadsheet would calculate.
FORMULA = "="

Row = list[str]


class Unreadable(NotPossible):
    """The file as a whole cannot be read as a table."""


def read(data: bytes) -> list[Row]:
    """All rows of the first sheet, the header first; empty rows stay, so that numbers agree.

    The kind is told by the content. Raises Unreadable for a file that is too large, is no table,
    or packs more than it should.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("The file is larger than %(n)d MB; split it.") % {"n": MAX_BYTES // 1024**2}
        )
    if data[:4] == b"PK\x03\x04":
        rows = _of_workbook(data)
    elif data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or data[:4] == b"%PDF":
        raise Unreadable(_("Save the list as .xlsx or as CSV, then choose it again."))
    else:
        rows = _of_csv(data)
    table = _trimmed(rows)
    if not table:
        raise Unreadable(_("The file is empty."))
    return table


def _trimmed(rows: Iterable[Row]) -> list[Row]:
    """Without empty rows at the end. Raises Unreadable when there are too many."""
    table: list[Row] = []
    last = 0
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS + 1:
            raise Unreadable(_("The file has more than %(n)d rows; split it.") % {"n": MAX_ROWS})
        table.append(row[:MAX_COLUMNS])
        if any(cell.strip() for cell in row):
            last = number
    return table[:last]


def _of_csv(data: bytes) -> Iterator[Row]:
    """Cells that are not UTF-8 keep lone surrogates, for the check of cells to name them."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = data.decode("utf-16", "replace")
    else:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    first_line = re.split(r"[\r\n]", text, maxsplit=1)[0]
    delimiter = max(",;\t", key=first_line.count)
    # The module's own limit is a global of 128 kB; a longer cell gets a sentence of ours.
    csv.field_size_limit(MAX_BYTES)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable(_("This is not a table of comma-separated values.")) from error


def _of_workbook(data: bytes) -> Iterator[Row]:
    try:
        _check_archive(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        sheet = book.worksheets[0]
        # What the file says of its own size is not believed: it is read row by row.
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS):
            yield [_text(cell) for cell in cells]
    except Unreadable:
        raise
    except Exception as error:  # a broken workbook fails in ways its library does not name
        raise Unreadable(_("This Excel file cannot be read. Save it again as .xlsx.")) from error


def _check_archive(data: bytes) -> None:
    """Refuses what unpacks to far more than a list of people, and any document type in its XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        # More packed bytes than the file has: entries overlap, the trick of the densest bombs.
        if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or packed > len(data):
            raise Unreadable(_("This Excel file unpacks to too much; save the list alone."))
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")) and b"<!" in _start(archive, entry):
                raise Unreadable(_("This Excel file cannot be read. Save it again as .xlsx."))


def _start(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The beginning of a part, where a document type would stand."""
    with archive.open(entry) as part:
        return part.read(4096)


def _text(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, days as 2026-11-24."""
    value = cell.value
    if value is None:
        return ""
    if getattr(cell, "data_type", "") == "f":
        return FORMULA + str(value).lstrip(FORMULA)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)
