"""Which characters the bundled fonts can draw; a PDF for everybody stops at any other."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from cop_platform.common.refusals import NotPossible

# A run of letters longer than this would leave its column; it may be broken after so many.
LONGEST_RUN = 34
BREAK_HERE = "\u200b"
# Controls, private use, not assigned: a font may have a shape for them, PDF/A has no place.
_FORBIDDEN = {"Cc", "Co", "Cn", "Cs"}


class FontMissing(NotPossible):
    """A font that the documents are set in is not installed."""


def font_files() -> tuple[Path, ...]:
    """The fonts of the documents, out of packages. Raises FontMissing with its name."""
    vazirmatn = Path(settings.NODE_MODULES) / "vazirmatn" / "fonts" / "ttf"
    noto = Path(fontpkg_noto_sans.ROOT) / "files"
    files = (
        noto / "NotoSans[wdth,wght].ttf",
        noto / "NotoSans-Italic[wdth,wght].ttf",
        vazirmatn / "Vazirmatn-Regular.ttf",
        vazirmatn / "Vazirmatn-Bold.ttf",
    )
    for file in files:
        if not file.is_file():
            raise FontMissing(
                _("The font %(name)s is not installed. Run “make setup” and try again.")
                % {"name": file.name}
            )
    return files


@cache
def drawable(files: tuple[Path, ...]) -> frozenset[int]:
    """Code points that one of the fonts has a glyph for, less those that PDF/A forbids."""
    points: set[int] = set()
    for file in files:
        with TTFont(file, lazy=True) as font:
            points |= set(font.getBestCmap())
    usable = {p for p in points if unicodedata.category(chr(p)) not in _FORBIDDEN}
    return frozenset(usable - {0xFEFF} | {ord("\n")})


@dataclass(frozen=True)
class Printable:
    """Data whose every text can be drawn, and the characters that were replaced, by code point."""

    data: Any
    replaced: tuple[str, ...]


def printable(data: Any) -> Printable:
    """`data` (dicts, lists, texts) with each undrawable character written as [U+XXXX].

    Hashes (keys that end in sha256) stay in one piece, so that they can be copied.
    """
    known = drawable(font_files())
    replaced: set[int] = set()

    def text(value: str) -> str:
        unknown = {ord(c) for c in value} - known
        replaced.update(unknown)
        drawn = value.translate({point: _name(point) for point in unknown})
        return _isolated(_breakable(drawn))

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return text(value)
        if isinstance(value, dict):
            return {
                key: inner if key.endswith("sha256") else walk(inner)
                for key, inner in value.items()
            }
        return [walk(inner) for inner in value] if isinstance(value, list | tuple) else value

    clean = walk(data)
    return Printable(clean, tuple(_name(point) for point in sorted(replaced)))


def _name(point: int) -> str:
    return f"[U+{point:04X}]"


def _breakable(value: str) -> str:
    """Very long runs without a blank get places where a line may end."""
    if len(value) <= LONGEST_RUN:
        return value
    return " ".join(
        BREAK_HERE.join(run[i : i + LONGEST_RUN] for i in range(0, len(run), LONGEST_RUN))
        for run in value.split(" ")
    )


def _isolated(value: str) -> str:
    """Text with right-to-left letters keeps its own direction inside an English line."""
    if any(unicodedata.bidirectional(c) in {"R", "AL"} for c in value):
        return f"\u2068{value}\u2069"
    return value
