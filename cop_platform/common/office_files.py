"""What files of office programs have in common, whoever writes them."""

from __future__ import annotations

import io
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter

# How a workbook is opened: what people typed is text, never a formula, a link or a number.
TEXT_STAYS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Characters a cell of a workbook can hold, a little under the format's limit.
MOST_IN_A_CELL = 32_000
# Spreadsheet programs take UTF-8 for another alphabet unless a file begins with this.
MARK = "\ufeff"
# A cell that begins like this would be calculated, also after blanks; the last four are wide forms.
_FORMULA = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Signs that move what follows into a cell of its own.
_BREAKS = ("\t", "\r", "\n")
# Blanks and marks of direction before it, which a program may pass over.
_UNSEEN = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def repacked(content: bytes) -> bytes:
    """A zipped document again, parts sorted and with a fixed time: equal ones are equal bytes.

    The list of contents stays first, where readers look for it.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()


def table_file(
    *,
    name: str,
    header: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[str | int]],
) -> IO[bytes]:
    """A workbook of one sheet, its heading bold and standing still, open at its beginning.

    Written row by row to a file that goes when whoever sends it closes it. `widths` are characters.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    book = xlsxwriter.Workbook(target, {"constant_memory": True, **TEXT_STAYS_TEXT})
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_row(0, 0, header, bold)
    sheet.freeze_panes(1, 0)
    write_rows(sheet, rows, wrapped)
    book.close()
    target.seek(0)
    return target


def write_rows(sheet: Any, rows: Iterable[Sequence[str | int]], wrapped: Any) -> None:
    """The rows of a sheet of xlsxwriter under its heading; numbers stay numbers, text text.

    A cell holds as much of a text as the format allows, without the two signs it cannot say.
    """
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, wrapped)
            else:
                sheet.write_string(number, column, _writable(cell), wrapped)


def _writable(text: str) -> str:
    return text[:MOST_IN_A_CELL].replace("\ufffe", "�").replace("\uffff", "�")


class Echo:
    """What csv writes to: each row comes back instead of being kept."""

    def write(self, line: str) -> str:
        return line


def harmless(cell: Any) -> Any:
    """A cell of CSV that no program calculates: an apostrophe says that it is text."""
    if not isinstance(cell, str):
        return cell
    risky = cell.startswith(_BREAKS) or _UNSEEN.sub("", cell).startswith(_FORMULA)
    return f"'{cell}" if risky else cell


def runs_right_to_left(text: str, *, otherwise: bool = False) -> bool:
    """The direction of the first letter that has one."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return otherwise
