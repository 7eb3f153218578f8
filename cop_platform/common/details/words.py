"""The word lists beside this module, read once.

`names.txt`: first names by group of languages; one with a "?" is an ordinary word as well and
counts only where something else points to a name. `phrases.txt`: what stands before a name, a
number or a street. `not_names.txt`: what is written with a capital and names nobody.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cop_platform.common.details.tokens import fold

_HERE = Path(__file__).parent
Phrase = tuple[str, ...]


@lru_cache(maxsize=1)
def _sections() -> dict[str, tuple[str, ...]]:
    """The entries of phrases.txt and not_names.txt by the section they stand under."""
    found: dict[str, list[str]] = {}
    for file in ("phrases.txt", "not_names.txt"):
        section = ""
        for line in (_HERE / file).read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            elif line and not line.startswith("#"):
                entries = (entry.strip() for entry in line.split(","))
                found.setdefault(section, []).extend(entry for entry in entries if entry)
    return {section: tuple(entries) for section, entries in found.items()}


@lru_cache(maxsize=64)
def listed(section: str) -> frozenset[str]:
    """The single words of a section, as they are compared."""
    return frozenset(fold(entry) for entry in _sections()[section])


@lru_cache(maxsize=64)
def phrases(section: str) -> dict[str, tuple[Phrase, ...]]:
    """The phrases of a section by their first word, the longest first."""
    by_first: dict[str, list[Phrase]] = {}
    for entry in _sections()[section]:
        phrase = tuple(fold(word) for word in entry.split())
        by_first.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in by_first.items()}


@lru_cache(maxsize=2)
def first_names(*, sure: bool) -> frozenset[str]:
    """First names as they are compared: those that are nothing else, or all of them."""
    entries = [
        entry
        for line in (_HERE / "names.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
        for entry in line.split()
    ]
    kept = [entry for entry in entries if not (sure and entry.endswith("?"))]
    return frozenset(fold(entry.rstrip("?")) for entry in kept)


@lru_cache(maxsize=1)
def stems() -> frozenset[str]:
    """Sure names of languages with cases, without their last vowel: Олени and Олену are Олена."""
    cyrillic_or_greek = (name for name in first_names(sure=True) if "\u0370" <= name[0] <= "\u04ff")
    bare = (name.rstrip("аеиіїйоуюяαειηουωςσ") for name in cyrillic_or_greek)
    return frozenset(stem for stem in bare if len(stem) >= 3)
