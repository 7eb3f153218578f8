"""Names of the project's people in the words of a document that is read blind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from experts.models import Person
from materials.models import Version

_MOST_NAMES = 30


def people_of(version: Version) -> list[str]:
    """Whose names give a document away: owner, uploader, translator, and all people we know."""
    names = {version.material.owner.name, version.uploaded_by.name, version.translator}
    names |= set(Person.objects.values_list("name", flat=True))
    return sorted(name for name in names if name)


def find(*, names: Iterable[str], pages: list[tuple[int, str]]) -> list[dict[str, Any]]:
    """Each full name that stands in the text, with its pages; in either order of its two words.

    Names of a single word are left out: they are words of the language too often.
    """
    texts = [(number, f" {_plain(text)} ") for number, text in pages]
    whole = "".join(text for _number, text in texts)
    found = []
    for name in names:
        spellings = _spellings(name)
        if not any(spelling in whole for spelling in spellings):
            continue
        on = [number for number, text in texts if any(spelling in text for spelling in spellings)]
        found.append({"name": name, "pages": on[:_MOST_NAMES]})
    return found[:_MOST_NAMES]


def _spellings(name: str) -> list[str]:
    words = _plain(name).split()
    if len(words) < 2:
        return []
    return [f" {' '.join(order)} " for order in (words, [words[-1], *words[:-1]])]


def _plain(text: str) -> str:
    """Small letters without accents, one blank between words, no other signs."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", letters))
