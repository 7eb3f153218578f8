"""The words of guests' pages: one file a language, for languages that no catalogue knows (ADR 40).

`words/<code>.json` holds a language's own name, its direction and the words of the easy form;
`words/receipt/<code>.json` those of the page that takes receipt codes, `words/summary/<code>.json`
those of the half page that participants take home. People of the project correct a file without
touching code; `faults` says what is wrong with one.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation.trans_real import parse_accept_lang_header

FOLDER = Path(__file__).parents[2] / "words"
# As people of the project list them: those of the countries, English, those of the participants.
LANGUAGES = ("bg", "de", "el", "it", "es", "sv", "en", "ar", "fa", "uk", "ti", "so", "fr")
ENGLISH = "en"
_PAGES = ("receipt", "summary")


@dataclass(frozen=True)
class Words:
    """A language as a page needs it; templates read a text as `{{ words.yes }}`."""

    code: str
    own_name: str
    direction: str
    texts: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def say(self, key: str, **values: object) -> str:
        """A text with its placeholders filled."""
        return self.texts[key].format(**values)

    def day(self, day: date) -> str:
        """A day with the month in words."""
        return self.say("day", day=day.day, month=self[f"month_{day.month}"], year=day.year)


@cache
def words(code: str) -> Words:
    """The words of one of LANGUAGES; a text that a file lacks is English. KeyError otherwise."""
    if code not in LANGUAGES:
        raise KeyError(code)
    read = _read(FOLDER / f"{code}.json")
    texts = read["words"] | _beside(code)
    if code != ENGLISH:
        texts = words(ENGLISH).texts | texts
    return Words(code, read["own_name"], read["direction"], texts)


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
    """The words for a reader: of the language chosen, else the first offered one that the
    browser's Accept-Language header names, else English or the first that is offered.
    """
    if chosen in offered:
        return words(chosen)
    for code, _weight in parse_accept_lang_header(accepted[:500].lower()):
        if (plain := code.partition("-")[0]) in offered:
            return words(plain)
    return words(ENGLISH if ENGLISH in offered else offered[0])


def faults(code: str) -> list[str]:
    """What is wrong with a language's files beside the English ones; empty when nothing is."""
    own, english = _own_texts(code), _own_texts(ENGLISH)
    found = [f"{code}: {key} is missing" for key in english if key not in own]
    found += [f"{code}: {key} is unknown" for key in own if key not in english]
    for key in own.keys() & english.keys():
        if set(_placeholders(own[key])) != set(_placeholders(english[key])):
            found.append(f"{code}: {key} has other placeholders than English")
        if not own[key].strip():
            found.append(f"{code}: {key} is empty")
    return sorted(found)


def _own_texts(code: str) -> dict[str, str]:
    texts: dict[str, str] = _read(FOLDER / f"{code}.json")["words"]
    return texts | _beside(code)


def _beside(code: str) -> dict[str, str]:
    """The words of the other pages."""
    files = [FOLDER / page / f"{code}.json" for page in _PAGES]
    texts: dict[str, str] = {}
    for file in files:
        texts |= _read(file)["words"] if file.is_file() else {}
    return texts


def _read(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


def _placeholders(text: str) -> Iterator[str]:
    return (name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name)
