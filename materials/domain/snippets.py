"""A piece of text around the words somebody asked for, cut from what was really written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Left, RowNumber

from cop_platform.common.prepared import KeysSlot, Prepared
from materials.domain import asked as questions
from materials.domain.words import normalised
from materials.models import Page

BEFORE, WORDS = 8, 28
# Looked through for each version: enough for a guide, and a page of results stays quick.
_PAGES, _LETTERS = 30, 3000
# A word with the marks written on and into it.
_WRITTEN = re.compile(r"[^\W_][\w\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c\u00ad]*")


def _texts() -> QuerySet:
    """The beginnings of the first pages of each version."""
    place = Window(RowNumber(), partition_by="version", order_by="number")
    rows = Page.objects.filter(version__in=KeysSlot("versions")).exclude(text="")
    first = rows.annotate(place=place).filter(place__lte=_PAGES).order_by("version", "number")
    return first.values_list("version", Left(F("text"), _LETTERS))


_TEXTS = Prepared(_texts)


@dataclass(frozen=True)
class Piece:
    """Some text; `hit` pieces are what was asked for. The template escapes and marks them."""

    text: str
    hit: bool


def cut(text: str, asked: str, language: str) -> tuple[Piece, ...]:
    """The text around the first hit; empty when nothing in it was asked for."""
    beginnings = _beginnings(asked, language)
    found = list(_WRITTEN.finditer(text))
    hits = [n for n, word in enumerate(found) if _is_hit(word.group(), beginnings, language)]
    if not hits:
        return ()
    first = max(0, hits[0] - BEFORE)
    last = min(len(found), first + WORDS) - 1
    start, end = found[first].start(), found[last].end()
    pieces = [Piece("… ", False)] if first else []
    at = start
    for n in (n for n in hits if n <= last):
        pieces += [Piece(text[at : found[n].start()], False), Piece(found[n].group(), True)]
        at = found[n].end()
    pieces.append(Piece(text[at:end], False))
    if last < len(found) - 1:
        pieces.append(Piece(" …", False))
    return tuple(piece for piece in pieces if piece.text)


def of_pages(versions: Iterable[tuple[int, str]], asked: str) -> dict[int, tuple[Piece, ...]]:
    """The first page of each version (key, language) that holds a hit; one query.

    The caller has made sure that the reader may open these versions.
    """
    languages = dict(versions)
    found: dict[int, tuple[Piece, ...]] = {}
    for pk, text in _TEXTS.all(versions=list(languages)):
        if pk not in found and (pieces := cut(text, asked, languages[pk])):
            found[pk] = pieces
    return found


def _beginnings(asked: str, language: str) -> tuple[str, ...]:
    return tuple(questions.shortened(word) for word in questions.tokens(asked, language))


def _is_hit(word: str, beginnings: tuple[str, ...], language: str) -> bool:
    spelt = normalised(word, language)
    return any(
        spelt.startswith(b) if len(b) >= questions.SHORTEST_BEGINNING else spelt == b
        for b in beginnings
    )
