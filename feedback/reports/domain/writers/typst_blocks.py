"""The blocks of chapters as plain dicts for blocks.typ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any

from django.utils import translation

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quote,
    Stats,
    Table,
    plain,
)
from feedback.reports.domain.writers import sizes, widths
from feedback.reports.domain.writers.typst_drawings import drawing
from feedback.reports.domain.writers.typst_texts import Texts, tag

# Letters that a card holds in one line, of its number and of what it counts.
_CARD_NUMBER, _CARD_WORDS = 12, 20
# A cell of more lines than this may be torn over two pages, and its table's others with it.
_LINES = 16


class Blocks:
    """Says blocks one by one; `language` is the document's."""

    def __init__(self, texts: Texts, language: str) -> None:
        self._texts = texts
        self._language = language

    def said(self, blocks: Sequence[Block]) -> list[dict[str, Any]]:
        """The blocks of one chapter."""
        said, level = [], 1
        for block in blocks:
            one = {"kind": type(block).__name__.lower()} | self._say(block)
            if isinstance(block, Heading):
                # A step must not be left out: readers of tags would miss the one between.
                level = one["level"] = min(max(block.level, 2), level + 1, 3)
            said.append(one)
        return said

    @singledispatchmethod
    def _say(self, block: Block) -> dict[str, Any]:
        raise TypeError(type(block))

    @_say.register
    def _prose(self, block: Heading | Paragraph) -> dict[str, Any]:
        return {"text": self._texts.words(block.text)}

    @_say.register
    def _note(self, block: Note) -> dict[str, Any]:
        return {"text": self._texts.words(block.text), "sign": str(block.sign)}

    @_say.register
    def _bullets(self, block: Bullets) -> dict[str, Any]:
        return {"items": [self._texts.words(i) for i in block.items], "ordered": block.ordered}

    @_say.register
    def _stats(self, block: Stats) -> dict[str, Any]:
        plain = self._texts.plain
        return {
            "items": [
                {"value": plain(stat.value, _CARD_NUMBER), "label": plain(stat.label, _CARD_WORDS)}
                for stat in block.items
            ]
        }

    @_say.register
    def _quote(self, block: Quote) -> dict[str, Any]:
        code = tag(block.language)[0]
        with translation.override(self._language):
            foreign = code and code != self._texts.language
            called = sayings.language(block.language) if foreign else ""
        return {
            "whole": sizes.stays_whole(block),
            "text": self._texts.foreign(block.text, block.language),
            "language": self._texts.plain(called),
            "said_by": self._texts.plain(block.said_by),
            "translation": self._texts.plain(block.translation),
        }

    @_say.register
    def _figure(self, block: Figure) -> dict[str, Any]:
        return {
            "tall": sizes.is_tall(block.drawing),
            "whole": sizes.stays_whole(block),
            "caption": self._texts.words(block.caption),
            "alt": self._texts.unseen(block.alt or block.caption),
            "drawing": drawing(block.drawing, self._texts, self._language),
            "table": self._table(block.table),
        }

    @_say.register
    def _table(self, block: Table) -> dict[str, Any]:
        fit = widths.fit(block)
        columns = zip(block.columns, fit.shares, fit.letters, strict=True)
        return {
            "caption": self._texts.words(block.caption),
            "note": self._texts.words(block.note),
            "paper": str(fit.paper),
            "size": fit.size,
            "share": fit.width,
            "whole": sizes.stays_whole(block),
            "torn": any(
                len(plain(cell.text)) > letters * _LINES
                for row in block.rows
                for cell, letters in zip(row, fit.letters, strict=False)
            ),
            "columns": [
                {
                    "label": self._texts.plain(column.label, letters),
                    "width": round(share, 4),
                    "end": column.align == Align.END,
                }
                for column, share, letters in columns
            ],
            "cells": [
                self._cell(cell, letters)
                for row in block.rows
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
