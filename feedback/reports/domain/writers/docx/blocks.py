"""The blocks of a chapter as elements of a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from docx.shared import Cm

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
from feedback.reports.domain.writers.docx.paper import Paper
from feedback.reports.domain.writers.texts import MARKS, runs_right_to_left

_FIGURE_WIDTH = int(Cm(16.4))


def chapter(found: Chapter, paper: Paper, style: str) -> Iterator[Any]:
    """The chapter's heading with its bookmark, and what stands below."""
    yield paper.marked(paper.paragraph(found.title, style), found.key)
    for block in found.blocks:
        yield from _block(block, paper)


@singledispatch
def _block(block: Block, paper: Paper) -> Iterable[Any]:
    raise TypeError(type(block))


@_block.register
def _heading(block: Heading, paper: Paper) -> Iterable[Any]:
    return [paper.paragraph(block.text, f"Heading{block.level}")]


@_block.register
def _prose(block: Paragraph, paper: Paper) -> Iterable[Any]:
    return [paper.paragraph(block.text, "Normal")]


@_block.register
def _table(block: Table, paper: Paper) -> Iterable[Any]:
    return tables.table(block, paper)


@_block.register
def _bullets(block: Bullets, paper: Paper) -> Iterator[Any]:
    style = "ListNumber" if block.ordered else "ListBullet"
    number = paper.list_number() if block.ordered else 0
    for item in block.items:
        own = [w("numPr", w("ilvl", val=0), w("numId", val=number))] if number else []
        yield paper.paragraph(item, style, more=own)


@_block.register
def _note(block: Note, paper: Paper) -> Iterator[Any]:
    side = "right" if paper.voice.right_to_left else "left"
    colour = styles.SIGN_COLOURS[block.sign]
    bar = w("pBdr", w(side, val="single", sz=24, space=8, color=colour))
    mark = MARKS[block.sign]
    words: Text = (Span(block.text),) if isinstance(block.text, str) else block.text
    said = (Span(f"{mark} ", strong=True), *words) if mark else words
    yield paper.paragraph(said, "Note", more=(bar,))


@_block.register
def _quote(block: Quote, paper: Paper) -> Iterator[Any]:
    turned = runs_right_to_left(block.text, paper.voice.right_to_left)
    words = (Span(block.text, language=block.language),)
    yield paper.paragraph(words, "Quote", right_to_left=turned)
    if block.translation:
        yield paper.paragraph(block.translation, "Quote")
    yield paper.paragraph(block.said_by, "QuoteSource")


@_block.register
def _stats(block: Stats, paper: Paper) -> Iterator[Any]:
    fields = [
        [paper.paragraph(item.value, "StatValue"), paper.paragraph(item.label, "StatLabel")]
        for item in block.items
    ]
    if fields:
        yield tables.beside(fields, paper)
        yield paper.paragraph("", "TableNote")


@_block.register
def _figure(block: Figure, paper: Paper) -> Iterator[Any]:
    yield paper.paragraph(tables.numbered(block, paper), "Caption")
    line = paper.paragraph("", "Figure")
    line.append(paper.drawing(paper.next_picture(), block.alt, width=_FIGURE_WIDTH))
    yield line
    yield from tables.table(block.table, paper, is_data=True)
