"""A document as the plain dict that document.typ draws; whatever people typed stays plain text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import segno
from django.utils import translation

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Chapter,
    Cover,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Picture,
    Quote,
    Stats,
    Table,
    plain,
)
from cop_platform.common.reporting.drawings import (
    Bars,
    Drawing,
    Forest,
    HeatMap,
    ThemeMap,
    Timeline,
)
from feedback.reports.domain.writers import widths
from feedback.reports.domain.writers.typst_drawings import drawing
from feedback.reports.domain.writers.typst_texts import Texts, tag

_ENDINGS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
# Above so many letters and rows' worth of letters a chapter begins on a page of its own.
_SHORT = 900
_ROW, _DRAWING = 90, 1500
# Tables up to this size are not torn over two pages.
_WHOLE = 1400
# Drawings with more rows than this do not fit on a page.
_TALL = 24
# More headings than this make a contents page that nobody reads.
_CONTENTS = 60


def data(document: Document) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What data.json holds, and the pictures that lie beside it, by name."""
    setter = _Setter(document)
    said = setter.document()
    return said, setter.beside


class _Setter:
    """Turns one document into dicts; gathers its pictures on the way."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._texts = Texts(document.language, right_to_left=document.right_to_left)
        self.beside: dict[str, bytes] = {}

    def document(self) -> dict[str, Any]:
        document, texts = self._document, self._texts
        language, region = tag(document.language)
        labels = {name: texts.plain(said) for name, said in vars(document.labels).items()}
        headings = sum(isinstance(b, Heading) for c in document.all_chapters() for b in c.blocks)
        said = {
            "lang": language or "en",
            "region": region,
            "rtl": document.right_to_left,
            "title": texts.unseen(document.title),
            "description": texts.unseen(document.description),
            "author": texts.unseen(document.author),
            "keywords": [texts.unseen(word) for word in document.keywords],
            "running": texts.plain(document.title),
            "period": texts.plain(document.description),
            "release": texts.plain(document.release),
            "dataset_sha256": document.dataset_sha256,
            "labels": labels,
            "depth": 2 if headings <= _CONTENTS else 1,
            "cover": self._cover(document.cover),
            "chapters": self._chapters(document.chapters),
            "annexes": self._chapters(document.annexes),
        }
        # Only now every text has been drawn.
        return said | {"replaced": list(texts.replaced)}

    def _cover(self, cover: Cover) -> dict[str, Any]:
        texts = self._texts
        names = ("kind", "title", "subtitle", "project", "statement", "disclaimer")
        said: dict[str, Any] = {name: texts.plain(getattr(cover, name)) for name in names}
        said |= {name: texts.plain(getattr(cover, name)) for name in ("citation", "licence")}
        return said | {
            "facts": [
                {"label": texts.plain(label), "value": texts.words(value)}
                for label, value in cover.facts
            ],
            "emblem": self._picture(cover.emblem) if cover.emblem else None,
            "logos": [self._picture(logo) for logo in cover.logos],
            "check_words": texts.plain(cover.check_words),
            "check_address": cover.check_address,
            "check_code": self._code(cover.check_address) if cover.check_address else "",
        }

    def _picture(self, picture: Picture) -> dict[str, str]:
        name = f"picture-{len(self.beside)}.{_ENDINGS.get(picture.media_type, 'png')}"
        self.beside[name] = picture.data
        alt = picture.alt or picture.name or self._document.author
        return {"file": name, "alt": self._texts.unseen(alt)}

    def _code(self, address: str) -> str:
        drawn = io.BytesIO()
        segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, scale=4)
        self.beside["check.svg"] = drawn.getvalue()
        return "check.svg"

    def _chapters(self, chapters: Sequence[Chapter]) -> list[dict[str, Any]]:
        return [
            {
                "title": self._texts.plain(chapter.title),
                "fresh": at == 0 or sum(_size(block) for block in chapter.blocks) > _SHORT,
                "blocks": self._blocks(chapter.blocks),
            }
            for at, chapter in enumerate(chapters)
        ]

    def _blocks(self, blocks: Sequence[Block]) -> list[dict[str, Any]]:
        said, level = [], 1
        for block in blocks:
            one = self._block(block)
            if isinstance(block, Heading):
                # A step must not be left out: readers of tags would miss the one between.
                level = one["level"] = min(max(block.level, 2), level + 1, 3)
            said.append(one | {"kind": type(block).__name__.lower()})
        return said

    def _block(self, block: Block) -> dict[str, Any]:
        words = self._texts.words
        match block:
            case Heading():
                return {"text": words(block.text)}
            case Paragraph():
                return {"text": words(block.text)}
            case Bullets():
                return {"items": [words(i) for i in block.items], "ordered": block.ordered}
            case Note():
                return {"text": words(block.text), "sign": str(block.sign)}
            case Quote():
                return self._quote(block)
            case Stats():
                return {"items": [self._stat(s.value, s.label) for s in block.items]}
            case Table():
                return self._table(block)
            case Figure():
                tall = _rows(block.drawing) > _TALL
                return {
                    "tall": tall,
                    "whole": not tall and _size(block.table) < _WHOLE,
                    "caption": words(block.caption),
                    "alt": self._texts.unseen(block.alt or block.caption),
                    "drawing": drawing(block.drawing, self._texts, self._document.language),
                    "table": self._table(block.table),
                }

    def _stat(self, value: str, label: str) -> dict[str, str]:
        return {"value": self._texts.plain(value, 12), "label": self._texts.plain(label, 20)}

    def _quote(self, quote: Quote) -> dict[str, Any]:
        code = tag(quote.language)[0]
        foreign = code and code != self._texts.language
        with translation.override(self._document.language):
            called = sayings.language(quote.language) if foreign else ""
        return {
            "text": self._texts.foreign(quote.text, quote.language),
            "language": self._texts.plain(called),
            "said_by": self._texts.plain(quote.said_by),
            "translation": self._texts.plain(quote.translation),
        }

    def _table(self, table: Table) -> dict[str, Any]:
        fit = widths.fit(table)
        size = _size(table)
        return {
            "caption": self._texts.words(table.caption),
            "note": self._texts.words(table.note),
            "paper": str(fit.paper),
            "whole": size < _WHOLE,
            "columns": [
                {
                    "label": self._texts.plain(column.label, letters),
                    "width": round(share, 4),
                    "end": column.align == Align.END,
                }
                for column, share, letters in zip(
                    table.columns, fit.shares, fit.letters, strict=True
                )
            ],
            "cells": [
                self._cell(cell, letters)
                for row in table.rows
                for cell, letters in zip(_filled(row, len(fit.letters)), fit.letters, strict=True)
            ],
        }

    def _cell(self, cell: Cell, letters: int) -> Any:
        """A cell's words alone, or with its sign and tint where it has them."""
        words = self._texts.words(cell.text, letters)
        if not cell.sign and cell.tint is None:
            return words
        return {"words": words, "sign": str(cell.sign), "tint": cell.tint}


def _filled(row: tuple[Cell, ...], columns: int) -> tuple[Cell, ...]:
    return (row + (Cell(""),) * columns)[:columns]


def _rows(shown: Drawing) -> int:
    match shown:
        case Bars() | HeatMap() | Forest():
            return len(shown.rows)
        case ThemeMap():
            return len(shown.themes) // 2
        case Timeline():
            return 2 * len(shown.lanes)
        case _:
            return 0


def _size(block: Block) -> int:
    """About how much of a page a block takes, in letters of prose."""
    match block:
        case Table():
            letters = sum(len(plain(cell.text)) for row in block.rows for cell in row)
            return max(letters, _ROW * len(block.rows))
        case Figure():
            return _DRAWING + _size(block.table)
        case Bullets():
            return sum(len(plain(item)) + _ROW // 2 for item in block.items)
        case Stats():
            return 400
        case Heading():
            return 150
        case Quote():
            return len(block.text) + len(block.translation) + _ROW
        case _:
            return len(plain(block.text)) + _ROW
