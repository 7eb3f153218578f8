"""The blocks of a chapter as elements of a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from typing import Any

from docx.shared import Cm

from cop_platform.common.office_files import runs_right_to_left
from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Chapter,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quote,
    Span,
    Stats,
    Table,
    Text,
)
from feedback.reports.domain.writers.docx import styles, tables
from feedback.reports.domain.writers.docx.marks import w
from feedback.reports.domain.writers.docx.sheets import Sheet
from feedback.reports.domain.writers.texts import MARKS

_FIGURE_WIDTH = int(Cm(16.4))


def chapter(found: Chapter, sheet: Sheet, style: str) -> Iterator[Any]:
    """The chapter's heading with its bookmark, and what stands below."""
    lying = _lying(found.blocks)
    yield from sheet.turned(lies=bool(lying) and lying[0])
    yield sheet.marked(sheet.paragraph(found.title, style), found.key)
    for block, lies in zip(found.blocks, lying, strict=True):
        yield from sheet.turned(lies=lies)
        yield from _block(block, sheet)


def _lying(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks stand on paper that lies: wide tables, and the headings right above them."""
    found: list[bool] = []
    below = False
    for block in reversed(blocks):
        if isinstance(block, Table):
            below = tables.is_wide(block)
        elif not isinstance(block, Heading):
            below = False
        found.append(below)
    return found[::-1]


@singledispatch
def _block(block: Block, sheet: Sheet) -> Iterable[Any]:
    raise TypeError(type(block))


@_block.register
def _heading(block: Heading, sheet: Sheet) -> Iterable[Any]:
    return [sheet.paragraph(block.text, f"Heading{block.level}")]


@_block.register
def _prose(block: Paragraph, sheet: Sheet) -> Iterable[Any]:
    return [sheet.paragraph(block.text, "Normal")]


@_block.register
def _table(block: Table, sheet: Sheet) -> Iterable[Any]:
    return tables.table(block, sheet)


@_block.register
def _bullets(block: Bullets, sheet: Sheet) -> Iterator[Any]:
    style = "ListNumber" if block.ordered else "ListBullet"
    number = sheet.list_number() if block.ordered else 0
    for item in block.items:
        own = [w("numPr", w("ilvl", val=0), w("numId", val=number))] if number else []
        yield sheet.paragraph(item, style, more=own)


@_block.register
def _note(block: Note, sheet: Sheet) -> Iterator[Any]:
    side = "right" if sheet.voice.right_to_left else "left"
    colour = styles.SIGN_COLOURS[block.sign]
    bar = w("pBdr", w(side, val="single", sz=24, space=8, color=colour))
    mark = MARKS[block.sign]
    words: Text = (Span(block.text),) if isinstance(block.text, str) else block.text
    said = (Span(f"{mark} ", strong=True), *words) if mark else words
    yield sheet.paragraph(said, "Note", more=(bar,))


@_block.register
def _quote(block: Quote, sheet: Sheet) -> Iterator[Any]:
    turned = runs_right_to_left(block.text, otherwise=sheet.voice.right_to_left)
    words = (Span(block.text, language=block.language),)
    yield sheet.paragraph(words, "Quote", right_to_left=turned)
    if block.translation:
        yield sheet.paragraph(block.translation, "Quote")
    yield sheet.paragraph(block.said_by, "QuoteSource")


@_block.register
def _stats(block: Stats, sheet: Sheet) -> Iterator[Any]:
    fields = [
        [sheet.paragraph(item.value, "StatValue"), sheet.paragraph(item.label, "StatLabel")]
        for item in block.items
    ]
    if fields:
        yield tables.beside(fields, sheet)
        yield sheet.paragraph("", "TableNote")


@_block.register
def _figure(block: Figure, sheet: Sheet) -> Iterator[Any]:
    yield sheet.paragraph(tables.numbered(block, sheet), "Caption")
    line = sheet.paragraph("", "Figure")
    line.append(sheet.drawing(sheet.next_picture(), block.alt, width=_FIGURE_WIDTH))
    yield line
    yield from tables.table(block.table, sheet, is_data=True)
