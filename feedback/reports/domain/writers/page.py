"""The document as a page: chapters of pieces, each with the template that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Chapter,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quote,
    Sign,
    Stats,
    Table,
)
from feedback.reports.domain.writers import html, svg
from feedback.reports.domain.writers.figures import Numbers, letter
from feedback.reports.domain.writers.html import Where


@dataclass(frozen=True)
class Piece:
    """A block, ready to be shown by `template`; `said` holds its words as markup."""

    template: str
    block: Block
    said: dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A chapter or an annex; `anchor` is where a link to it goes."""

    anchor: str
    name: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Page:
    """A whole report, ready for a template."""

    document: Document
    facts: tuple[tuple[str, SafeString], ...]
    chapters: tuple[Part, ...]
    annexes: tuple[Part, ...] = field(default=())


def page(document: Document, where: Where) -> Page:
    """The report; `where` gives the address of the rows that a figure comes from."""
    maker = _Maker(document, where)
    facts = ((label, html.text(said, document.language)) for label, said in document.cover.facts)
    return Page(
        document=document,
        facts=tuple(facts),
        chapters=tuple(maker.parts(document.chapters, str)),
        annexes=tuple(maker.parts(document.annexes, letter)),
    )


class _Maker:
    """Goes through the document once, counting tables and figures on the way."""

    def __init__(self, document: Document, where: Where) -> None:
        self._document = document
        self._where = where
        self._numbers = Numbers(document.labels)

    def parts(self, chapters: tuple[Chapter, ...], name: Any) -> Iterator[Part]:
        for number, chapter in enumerate(chapters, 1):
            pieces = tuple(self._piece(block) for block in chapter.blocks)
            yield Part(f"c-{chapter.key}", name(number), chapter.title, pieces)

    def _piece(self, block: Block) -> Piece:
        kind = type(block).__name__.lower()
        said = getattr(self, f"_{kind}")(block)
        return Piece(f"feedback/report/_{kind}.html", block, said)

    def _text(self, words: Any) -> SafeString:
        return html.text(words, self._document.language)

    def _heading(self, block: Heading) -> dict[str, Any]:
        return {"text": self._text(block.text), "deep": block.level > 2}

    def _paragraph(self, block: Paragraph) -> dict[str, Any]:
        return {"text": self._text(block.text)}

    def _bullets(self, block: Bullets) -> dict[str, Any]:
        return {"items": [self._text(item) for item in block.items]}

    def _note(self, block: Note) -> dict[str, Any]:
        marked = html.mark(block.sign) if block.sign != Sign.NONE else ""
        return {"text": self._text(block.text), "mark": marked}

    def _quote(self, block: Quote) -> dict[str, Any]:
        return {
            "text": self._text(block.text),
            "translation": self._text(block.translation),
            "said_by": self._text(block.said_by),
        }

    def _stats(self, block: Stats) -> dict[str, Any]:
        items = [
            (html.linked(self._text(item.value), item.source, self._where), self._text(item.label))
            for item in block.items
        ]
        return {"items": items}

    def _table(self, block: Table) -> dict[str, Any]:
        return {"caption": self._numbers.said(block), "rows": self._rows(block)}

    def _figure(self, block: Figure) -> dict[str, Any]:
        drawn = svg.draw(block.drawing, alt=block.alt, right_to_left=self._document.right_to_left)
        return {
            "caption": self._numbers.said(block),
            "drawing": drawn,
            "rows": self._rows(block.table),
            "data_table": self._document.labels.data_table,
        }

    def _rows(self, block: Table) -> SafeString:
        return html.table(block, self._document.language, self._where)
