"""The report as a workbook: its rows and its tables, for people who want to count themselves.

The first sheet says what this is, then come the sheets of the sections, then all tables of the
document. What people typed is written as text, never as a formula or a link; our own formulas
carry the value they give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cop_platform.common.office_files import TEXT_STAYS_TEXT
from cop_platform.common.reporting.document import (
    Align,
    Bullets,
    Cell,
    Document,
    Figure,
    Paragraph,
    Table,
    plain,
)
from cop_platform.common.reporting.sections import Formula, Sheet
from feedback.reports.domain.writers import figures, texts

_MOST = 32_000  # characters a cell can hold, a little under the format's own limit
_PROPERTY = 255
_OPTIONS = {
    "constant_memory": True,
    "in_memory": False,
    **TEXT_STAYS_TEXT,
}
_A4 = 9
_ACCENT, _QUIET = "#0E5C5E", "#5C5549"
_LABELS, _WORDS = 30, 110  # widths of the first sheet, in characters
_COLUMN = 18  # width of a column of the tables' sheet


def write(document: Document, sheets: Sequence[Sheet]) -> bytes:
    """The workbook; the same document and sheets give the same bytes."""
    with translation.override(document.language):
        book = _Book(document)
        # Formulas name the sheets of the sections, so those have the first choice of a name.
        names = [book.name(sheet.name) for sheet in sheets]
        first = book.sheet(book.name(document.cover.kind))
        others = [book.sheet(name) for name in names]
        tables = book.sheet(book.name(document.labels.table))
        _front(book, first, [*zip(others, sheets, strict=True)], tables)
        for made, sheet in zip(others, sheets, strict=True):
            _rows(book, made, sheet)
        _tables(book, tables)
        return book.close()


class _Book:
    """A workbook whose bytes depend on what is written and on nothing else."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._target = BytesIO()
        self._book = xlsxwriter.Workbook(self._target, _OPTIONS)
        self._names: set[str] = set()
        self._formats: dict[tuple[Any, ...], Format] = {}
        about = {
            "title": document.title,
            "subject": document.description,
            "author": document.author,
            "keywords": ", ".join(document.keywords),
            "comments": f"SHA-256 {document.dataset_sha256}",
        }
        short = {name: texts.writable(said)[:_PROPERTY] for name, said in about.items()}
        self._book.set_properties(short | {"created": datetime.fromisoformat(document.day)})

    def name(self, wanted: str) -> str:
        """A name for a sheet that no other has."""
        return texts.sheet_name(wanted, self._names)

    def sheet(self, name: str) -> Worksheet:
        """An empty sheet, mirrored where the document runs from the right."""
        made: Worksheet = self._book.add_worksheet(name)
        if self.document.right_to_left:
            made.right_to_left()
        made.set_landscape()
        made.set_paper(_A4)
        made.fit_to_pages(1, 0)
        pages = {"page": "&P", "pages": "&N"}
        release = texts.writable(self.document.release).replace("&", "&&")
        made.set_footer(f"&L{release}&R{self.document.labels.page % pages}")
        return made

    def look(self, **wanted: Any) -> Format:
        """A format; alike ones are one."""
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top"} | wanted)
        return self._formats[key]

    def head(self, align: Align = Align.START) -> Format:
        """A heading stands where its column's figures stand."""
        own = {"align": "right"} if align == Align.END else {}
        return self.look(bold=True, bg_color=_ACCENT, font_color="#FFFFFF", text_wrap=True, **own)

    def text(self, sheet: Worksheet, row: int, column: int, said: str, **look: Any) -> None:
        """Words as words; what looks like a formula stays words also when somebody edits it."""
        quoted = {"quote_prefix": True} if said[:1] in {"=", "+", "-", "@"} else {}
        held = texts.steady(texts.writable(said))
        if len(held) > _MOST:
            held = held[:_MOST] + _(" […] This text is longer; the dataset holds all of it.")
        sheet.write_string(row, column, held, self.look(**{"text_wrap": True} | quoted | look))

    def value(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        """A value of a section's sheet as what it is."""
        if isinstance(value, Formula):
            formula = value.text.replace("{row}", str(row + 1))
            whole = "0" if isinstance(value.value, int) else "0.00"
            sheet.write_formula(row, column, formula, self.look(num_format=whole), value.value)
        elif isinstance(value, float):
            sheet.write_number(row, column, value, self.look(num_format="0.00"))
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.look())
        elif value is not None:
            self.text(sheet, row, column, value)

    def close(self) -> bytes:
        self._book.close()
        return self._target.getvalue()


def _front(
    book: _Book,
    sheet: Worksheet,
    others: Sequence[tuple[Worksheet, Sheet]],
    tables: Worksheet,
) -> None:
    """What this workbook is, the summary, and where everything stands."""
    sheet.set_column(0, 0, _LABELS)
    sheet.set_column(1, 1, _WORDS)
    sheet.set_row(0, 28)
    book.text(sheet, 0, 0, book.document.title, bold=True, font_size=18, text_wrap=False)
    row = 1
    for label, said in _about(book.document):
        book.text(sheet, row, 0, label, font_color=_QUIET)
        book.text(sheet, row, 1, said)
        row += 1
    row += 1
    for made, name in [*[(made, sheet.name) for made, sheet in others], (tables, tables.name)]:
        link = f"internal:'{made.name}'!A1"
        look = book.look(font_color=_ACCENT, underline=1)
        sheet.write_url(row, 0, link, look, texts.writable(name))
        row += 1


def _about(document: Document) -> Iterator[tuple[str, str]]:
    cover, labels = document.cover, document.labels
    yield cover.kind, document.description
    for label, said in cover.facts:
        yield label, plain(said)
    yield "SHA-256", document.dataset_sha256
    if document.chapters:
        first = document.chapters[0]
        for number, said in enumerate(_sentences(first.blocks)):
            yield first.title if number == 0 else "", said
    yield labels.cite, cover.citation
    yield labels.verify, " ".join(filter(None, (cover.check_words, cover.check_address)))
    for words in filter(None, (cover.statement, cover.disclaimer, cover.licence)):
        yield "", words


def _sentences(blocks: Sequence[Any]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.text)
        elif isinstance(block, Bullets):
            yield from map(plain, block.items)


def _rows(book: _Book, made: Worksheet, sheet: Sheet) -> None:
    """A section's rows below a heading that stays in sight."""
    made.freeze_panes(1, 0)
    made.repeat_rows(0)
    for column, (label, width) in enumerate(sheet.columns):
        made.set_column(column, column, width)
        made.write_string(0, column, texts.writable(label), book.head())
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            book.value(made, number, column, value)
    if sheet.columns:
        made.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _tables(book: _Book, made: Worksheet) -> None:
    """Every table of the document under its number, chapter by chapter."""
    widest = max((len(table.columns) for table in book.document.tables()), default=1)
    made.set_column(0, widest - 1, _COLUMN)
    row = 0
    numbers = figures.Numbers(book.document.labels)
    for chapter in book.document.all_chapters():
        found = [b for b in chapter.blocks if isinstance(b, Table | Figure)]
        if found:
            big = {"bold": True, "font_size": 14, "font_color": _ACCENT, "text_wrap": False}
            book.text(made, row, 0, chapter.title, **big)
            row += 2
        for block in found:
            inner = block.table if isinstance(block, Figure) else block
            row = _table(book, made, inner, numbers.said(block), row)


def _table(book: _Book, made: Worksheet, table: Table, caption: str, row: int) -> int:
    book.text(made, row, 0, caption, bold=True, text_wrap=False)
    for column, head in enumerate(table.columns):
        made.write_string(row + 1, column, texts.writable(head.label), book.head(head.align))
    row += 2
    for cells in table.rows:
        for column, cell in enumerate(cells):
            _cell(book, made, row, column, cell, table.columns[column].align)
        row += 1
    if table.note:
        book.text(made, row, 0, table.note, font_color=_QUIET, text_wrap=False)
        row += 1
    return row + 1


def _cell(book: _Book, made: Worksheet, row: int, column: int, cell: Cell, align: Align) -> None:
    look: dict[str, Any] = {}
    if cell.tint is not None:
        look["bg_color"] = f"#{figures.tint(cell.tint)}"
    said = plain(cell.text)
    number_format = figures.number_format(said, cell.value)
    if number_format and cell.value is not None:
        made.write_number(row, column, cell.value, book.look(num_format=number_format, **look))
    else:
        end = {"align": "right"} if align == Align.END else {}
        book.text(made, row, column, said, **look | end)
