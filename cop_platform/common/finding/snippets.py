"""A piece of text with the words in it marked; templates escape each piece."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from cop_platform.common.finding.needle import WRITTEN

_BEFORE, _WORDS = 6, 26
_BREVE = "\u0306"
_ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "ى": "ي"}
)


@dataclass(frozen=True)
class Piece:
    """Some text; `hit` pieces are what was asked for."""

    text: str
    hit: bool


def mark(text: str, stems: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text in pieces; words that begin with one of the stems are hits."""
    pieces: list[Piece] = []
    at = 0
    for word in WRITTEN.finditer(text):
        if _begins(word.group(), stems):
            pieces += [Piece(text[at : word.start()], False), Piece(word.group(), True)]
            at = word.end()
    return tuple(piece for piece in [*pieces, Piece(text[at:], False)] if piece.text)


def cut(text: str, stems: Sequence[str]) -> tuple[Piece, ...]:
    """So many words around the first hit; the beginning of the text where nothing is hit."""
    found = list(WRITTEN.finditer(text))
    if not found:
        return mark(text, stems)
    hits = (n for n, word in enumerate(found) if _begins(word.group(), stems))
    first = max(0, next(hits, 0) - _BEFORE)
    last = min(len(found), first + _WORDS) - 1
    # To the very ends where nothing is left out, so that a bracket or a full stop is not lost.
    start = found[first].start() if first else 0
    end = found[last].end() if last < len(found) - 1 else len(text)
    before = (Piece("… ", False),) if first else ()
    after = (Piece(" …", False),) if end < len(text) else ()
    return (*before, *mark(text[start:end].strip(), stems), *after)


def _begins(word: str, stems: Sequence[str]) -> bool:
    return plain(word).startswith(tuple(stems))


def plain(word: str) -> str:
    """Near to what `search_fold` of the database makes of a word: for marking, not for finding."""
    if word.isascii():
        return word.casefold()
    parts = unicodedata.normalize("NFKD", word)
    kept = "".join(c for c in parts if c == _BREVE or unicodedata.category(c) not in {"Mn", "Cf"})
    return unicodedata.normalize("NFC", kept.casefold().translate(_ALIKE))
