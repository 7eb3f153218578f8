"""Tables of a Word document: a heading row that is repeated, rows that stay whole, real widths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cop_platform.common.reporting.document import (
    Align,
    Cell,
    Column,
    Figure,
    Span,
    Table,
    Text,
)
from feedback.reports.domain.writers import figures, widths
from feedback.reports.domain.writers.docx import styles
from feedback.reports.domain.writers.docx.marks import w
from feedback.reports.domain.writers.docx.sheets import Sheet
from feedback.reports.domain.writers.texts import MARKS, writable
from feedback.reports.domain.writers.widths import Fit, Paper

# The width of the text in twentieths of a point, on A4 upright and lying.
WIDTH, WIDTH_LYING = 9412, 14344
# Below this size, in points, the smallest of the styles is taken.
_SMALL = 7.2


def is_wide(found: Table) -> bool:
    """Whether a table needs the paper to lie."""
    return widths.fit(found).paper == Paper.WIDE


def table(found: Table, sheet: Sheet, *, is_data: bool = False) -> Iterable[Any]:
    """Caption, table and note. `is_data` is the table behind a figure, which has no number."""
    yield _caption(found, sheet, is_data=is_data)
    fit = widths.fit(found)
    lying = fit.paper == Paper.WIDE and not is_data
    room = (WIDTH_LYING if lying else WIDTH) * fit.width
    parts = [int(room * share) for share in fit.shares]
    text, heading = _styles(fit)
    rows = [_row(row, found.columns, parts, sheet, text) for row in found.rows]
    heads = [
        _cell([sheet.paragraph(c.label, heading, at_end=c.align == Align.END)], wide,
              fill=styles.ACCENT)
        for c, wide in zip(found.columns, parts, strict=True)
    ]  # fmt: skip
    head = w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *heads)
    yield grid([head, *rows], parts, sheet, words=found.caption)
    yield sheet.paragraph(found.note, "TableNote")


def _styles(fit: Fit) -> tuple[str, str]:
    """The styles of cells and of their headings."""
    if fit.paper == Paper.NORMAL:
        return "TableText", "TableHeading"
    return ("TableSmall" if fit.size >= _SMALL else "TableTiny"), "TableHeadingSmall"


def _caption(found: Table, sheet: Sheet, *, is_data: bool) -> Any:
    said = sheet.labels.data_table if is_data else numbered(found, sheet)
    return sheet.marked(sheet.paragraph(said, "Caption"), found.key)


def numbered(found: Table | Figure, sheet: Sheet) -> Text:
    """What stands over a table or a figure."""
    label, number = sheet.numbers.label(found), sheet.numbers.next(found)
    return (Span(f"{label} "), Span(str(number), code=True), Span(f". {found.caption}"))


def grid(rows: Iterable[Any], parts: Sequence[int], sheet: Sheet, *, words: str = "") -> Any:
    """A table as wide as the text, mirrored where the document runs from the right."""
    mirrored = [w("bidiVisual")] if sheet.voice.right_to_left else []
    look = w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noVBand=1)
    about = [w("tblCaption", val=writable(words))] if words else []
    properties = w(
        "tblPr",
        w("tblStyle", val="ReportTable"),
        *mirrored,
        w("tblW", w=sum(parts), type="dxa"),
        w("tblLayout", type="fixed"),
        look,
        *about,
    )
    return w("tbl", properties, w("tblGrid", *[w("gridCol", w=part) for part in parts]), *rows)


def _row(
    row: Sequence[Cell],
    columns: Sequence[Column],
    parts: Sequence[int],
    sheet: Sheet,
    style: str,
) -> Any:
    cells = [
        _cell(
            [sheet.paragraph(_said(cell), style, at_end=column.align == Align.END)],
            wide,
            fill="" if cell.tint is None else figures.tint(cell.tint),
        )
        for cell, column, wide in zip(row, columns, parts, strict=True)
    ]
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _said(cell: Cell) -> Text:
    """The cell's words behind the mark that goes with them."""
    if not MARKS[cell.sign]:
        return cell.text
    words = (Span(cell.text),) if isinstance(cell.text, str) else cell.text
    return (Span(f"{MARKS[cell.sign]} "), *words)


def _cell(inner: Iterable[Any], wide: int, *, fill: str = "") -> Any:
    shade = [w("shd", val="clear", color="auto", fill=fill)] if fill else []
    return w("tc", w("tcPr", w("tcW", w=wide, type="dxa"), *shade), *inner)


def beside(inner: Sequence[Iterable[Any]], sheet: Sheet) -> Any:
    """Things side by side, each in a shaded field of the same width."""
    parts = [WIDTH // len(inner)] * len(inner)
    cells = [_cell(one, wide, fill=styles.SUNK) for one, wide in zip(inner, parts, strict=True)]
    return grid([w("tr", w("trPr", w("cantSplit")), *cells)], parts, sheet)
