"""Text in the cells of a workbook, so that every sign comes back as it was typed.

The format writes a sign as _xHHHH_, and an underscore before such letters as _x005F_. Of the two
libraries one escapes only every other of them and takes a text between <r> and </r> for markup, the
other takes every "x005F_" away. Both are passed by here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.cell.text import Text
from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse
from xlsxwriter.worksheet import Worksheet

# An escaped text is up to five times as long, and the library counts it by that.
PIECE = 6_000
_ESCAPABLE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def put(sheet: Worksheet, row: int, column: int, text: str, form: Any = None) -> None:
    """Writes up to `PIECE` signs into a cell, as text whatever they look like."""
    if "_x" in text or text.startswith("<r>"):
        said = escape(_ESCAPABLE.sub("_x005F_", text)).replace("_", "&#95;")
        text = f'<r><t xml:space="preserve">{said}</t></r>'
    sheet.write_string(row, column, text, form)


def unescaped(text: str) -> str:
    """The text of a cell as people see it; signs that no text holds are left out."""
    return _ESCAPED.sub(lambda found: _sign(int(found[1], 16)), text)


def _sign(code: int) -> str:
    sign = chr(code)
    return sign if sign in "\t\n" or unicodedata.category(sign) not in {"Cc", "Cs"} else ""


class Reader(ExcelReader):
    """Reads a workbook with the texts of its cells as they were written."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            self.shared_strings = [
                unescaped(Text.from_tree(node).content)
                for _event, node in iterparse(source)
                if node.tag == f"{{{SHEET_MAIN_NS}}}si"
            ]
