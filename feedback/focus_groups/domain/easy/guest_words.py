"""The words of guests' pages: one file a language, for languages that no catalogue knows (ADR 40).

`words/<code>.json` holds a language's own name, its direction and the words of the easy form;
`words/receipt/<code>.json` those of the page that takes receipt codes, `words/summary/<code>.json`
those of the half page that participants take home. People of the project correct a file without
touching code; `faults` says what is wrong with one.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cop_platform.common.guest_words import (
    ENGLISH,
    LANGUAGES,
    Words,
    choose,
    differences,
    read,
)

__all__ = ["ENGLISH", "LANGUAGES", "Words"]

FOLDER = Path(__file__).parents[2] / "words"
_PAGES = ("receipt", "summary")


@cache
def words(code: str) -> Words:
    """The words of one of LANGUAGES; a text that a file lacks is English. KeyError otherwise."""
    if code not in LANGUAGES:
        raise KeyError(code)
    file = read(FOLDER / f"{code}.json")
    texts = file["words"] | _beside(code)
    if code != ENGLISH:
        texts = words(ENGLISH).texts | texts
    return Words(code, file["own_name"], file["direction"], texts)


def known(code: str) -> bool:
    """Whether guests' pages speak this language."""
    return code in LANGUAGES


def direction(code: str) -> str:
    """ "rtl" or "ltr", as stored with the language: never guessed from a text."""
    return words(code).direction


def own_name(code: str) -> str:
    """What speakers of a language call it."""
    return words(code).own_name


def wanted(chosen: str, accepted: str, offered: tuple[str, ...] = LANGUAGES) -> Words:
    """The words for a reader, of the languages offered (see `choose`)."""
    return words(choose(chosen, accepted, offered))


def faults(code: str) -> list[str]:
    """What is wrong with a language's files beside the English ones; empty when nothing is."""
    return differences(code, _own_texts(code), _own_texts(ENGLISH))


def _own_texts(code: str) -> dict[str, str]:
    texts: dict[str, str] = read(FOLDER / f"{code}.json")["words"]
    return texts | _beside(code)


def _beside(code: str) -> dict[str, str]:
    """The words of the other pages."""
    files = [FOLDER / page / f"{code}.json" for page in _PAGES]
    texts: dict[str, str] = {}
    for file in files:
        texts |= read(file)["words"] if file.is_file() else {}
    return texts
