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
from feedback.reports.domain.writers import figures
from feedback.reports.domain.writers.docx import styles
from feedback.reports.domain.writers.docx.marks import w
from feedback.reports.domain.writers.docx.paper import Paper
from feedback.reports.domain.writers.texts import MARKS, writable

# The width of the text on A4 in twentieths of a point.
WIDTH = 9412
# More columns than this are set smaller.
_MANY = 7
_LEAST = 0.35


def table(found: Table, paper: Paper, *, is_data: bool = False) -> Iterable[Any]:
    """Caption, table and note. `is_data` is the table behind a figure, which has no number."""
    yield _caption(found, paper, is_data=is_data)
    small = len(found.columns) > _MANY
    parts = widths(found.columns)
    rows = [_row(row, found.columns, parts, paper, small=small) for row in found.rows]
    heads = [
        _cell([paper.paragraph(c.label, "TableHeading", at_end=c.align == Align.END)], wide,
              fill=styles.ACCENT)
        for c, wide in zip(found.columns, parts, strict=True)
    ]  # fmt: skip
    head = w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *heads)
    yield grid([head, *rows], parts, paper, words=found.caption)
    yield paper.paragraph(found.note, "TableNote")


def _caption(found: Table, paper: Paper, *, is_data: bool) -> Any:
    said = paper.labels.data_table if is_data else numbered(found, paper)
    return paper.marked(paper.paragraph(said, "Caption"), found.key)


def numbered(found: Table | Figure, paper: Paper) -> Text:
    """What stands over a table or a figure."""
    label, number = paper.numbers.label(found), paper.numbers.next(found)
    return (Span(f"{label} "), Span(str(number), code=True), Span(f". {found.caption}"))


def grid(rows: Iterable[Any], parts: Sequence[int], paper: Paper, *, words: str = "") -> Any:
    """A table as wide as the text, mirrored where the document runs from the right."""
    mirrored = [w("bidiVisual")] if paper.voice.right_to_left else []
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


def widths(columns: Sequence[Column]) -> list[int]:
    """The columns' shares of the text's width; the narrowest still holds a word."""
    mean = sum(column.width for column in columns) / max(len(columns), 1)
    weights = [max(column.width, _LEAST * mean) for column in columns]
    return [int(WIDTH * weight / sum(weights)) for weight in weights]


def _row(
    row: Sequence[Cell],
    columns: Sequence[Column],
    parts: Sequence[int],
    paper: Paper,
    *,
    small: bool,
) -> Any:
    style = "TableSmall" if small else "TableText"
    cells = [
        _cell(
            [paper.paragraph(_said(cell), style, at_end=column.align == Align.END)],
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


def beside(inner: Sequence[Iterable[Any]], paper: Paper) -> Any:
    """Things side by side, each in a shaded field of the same width."""
    parts = [WIDTH // len(inner)] * len(inner)
    cells = [_cell(one, wide, fill=styles.SUNK) for one, wide in zip(inner, parts, strict=True)]
    return grid([w("tr", w("trPr", w("cantSplit")), *cells)], parts, paper)
