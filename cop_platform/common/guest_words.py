"""How guests' pages speak: a file of words a language, for those no catalogue knows too (ADR 40).

A file holds the language's own name, its direction and its texts by key. Each room keeps its own
folder of files; what is asked of them is the same.
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

# As people of the project list them: those of the countries, English, those of the participants.
LANGUAGES = ("bg", "de", "el", "it", "es", "sv", "en", "ar", "fa", "uk", "ti", "so", "fr")
ENGLISH = "en"


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
def of_page(folder: Path, code: str) -> Words:
    """The words of a page that keeps all of them in one folder; what a file lacks is English."""
    if code not in LANGUAGES:
        raise KeyError(code)
    file = read(folder / f"{code}.json")
    texts: dict[str, str] = file["words"]
    if code != ENGLISH:
        texts = of_page(folder, ENGLISH).texts | texts
    return Words(code, file["own_name"], file["direction"], texts)


def choose(chosen: str, accepted: str, offered: tuple[str, ...] = LANGUAGES) -> str:
    """A reader's language: the one chosen, else the first offered one that the browser's
    Accept-Language header names, else English or the first that is offered.
    """
    if chosen in offered:
        return chosen
    for code, _weight in parse_accept_lang_header(accepted[:500].lower()):
        if (plain := code.partition("-")[0]) in offered:
            return plain
    return ENGLISH if ENGLISH in offered else offered[0]


def differences(code: str, own: dict[str, str], english: dict[str, str]) -> list[str]:
    """What is wrong with a language's texts beside the English ones; empty when nothing is."""
    found = [f"{code}: {key} is missing" for key in english if key not in own]
    found += [f"{code}: {key} is unknown" for key in own if key not in english]
    for key in own.keys() & english.keys():
        if set(_placeholders(own[key])) != set(_placeholders(english[key])):
            found.append(f"{code}: {key} has other placeholders than English")
        if not own[key].strip():
            found.append(f"{code}: {key} is empty")
    return sorted(found)


def read(file: Path) -> dict[str, Any]:
    """A file of words as it stands."""
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _placeholders(text: str) -> Iterator[str]:
    return (name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name)
