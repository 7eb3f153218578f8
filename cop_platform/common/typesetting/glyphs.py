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
# The families of font_files(), in the order in which a character is looked for. Templates take them
# from fonts.json, so that what is drawable here is drawn there.
FAMILIES = (
    "Noto Sans",
    "Vazirmatn",
    "Noto Sans Ethiopic",
    "Noto Sans Symbols 2",
    "Noto Emoji",
    "DejaVu Sans Mono",
)
# Arrows that people type and none of our packages has: DejaVu Sans Mono draws them, which is inside
# the typesetter.
_INSIDE = frozenset(map(ord, "←↑→↓↔↕⇐⇑⇒⇓⇔"))
# What turns the direction of everything after it, also beyond the words it was typed into.
_TURNING = set(range(0x202A, 0x202F))
# Right-to-left letters, as Unicode's bidirectional classes call them.
_RIGHT_TO_LEFT = {"R", "AL"}


class FontMissing(NotPossible):
    """A font that the documents are set in is not installed."""


def font_files() -> tuple[Path, ...]:
    """The fonts of the documents, out of packages. Raises FontMissing with its name."""
    vazirmatn = Path(settings.NODE_MODULES) / "vazirmatn" / "fonts" / "ttf"
    noto = Path(fontpkg_noto_sans.ROOT) / "files"
    more = Path(settings.NODE_MODULES) / "@expo-google-fonts"
    files = (
        noto / "NotoSans[wdth,wght].ttf",
        noto / "NotoSans-Italic[wdth,wght].ttf",
        vazirmatn / "Vazirmatn-Regular.ttf",
        vazirmatn / "Vazirmatn-Bold.ttf",
        more / "noto-sans-ethiopic" / "400Regular" / "NotoSansEthiopic_400Regular.ttf",
        more / "noto-sans-ethiopic" / "700Bold" / "NotoSansEthiopic_700Bold.ttf",
        more / "noto-sans-symbols-2" / "400Regular" / "NotoSansSymbols2_400Regular.ttf",
        more / "noto-emoji" / "400Regular" / "NotoEmoji_400Regular.ttf",
        more / "noto-emoji" / "700Bold" / "NotoEmoji_700Bold.ttf",
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
    return frozenset(usable - {0xFEFF} - _TURNING | _INSIDE | {ord("\n")})


@dataclass(frozen=True)
class Printable:
    """Data whose every text can be drawn, and the characters that were replaced, by code point."""

    data: Any
    replaced: tuple[str, ...]


def printable(data: Any) -> Printable:
    """`data` (dicts, lists, texts) with each undrawable character written as [U+XXXX].

    Hashes (keys that end in sha256) stay in one piece, so that they can be copied.
    """
    press = Press()

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return isolated(breakable(press.drawn(value)))
        if isinstance(value, dict):
            return {
                key: inner if key.endswith("sha256") else walk(inner)
                for key, inner in value.items()
            }
        return [walk(inner) for inner in value] if isinstance(value, list | tuple) else value

    return Printable(walk(data), press.replaced())


class Press:
    """Turns texts into what the fonts can draw, and remembers what they could not."""

    def __init__(self) -> None:
        self._known = drawable(font_files())
        self._unknown: set[int] = set()

    def drawn(self, value: str) -> str:
        """The text with each undrawable character written as [U+XXXX]."""
        unknown = {ord(letter) for letter in set(value)} - self._known
        if not unknown:
            return value
        self._unknown |= unknown
        return value.translate({point: _name(point) for point in unknown})

    def replaced(self) -> tuple[str, ...]:
        """What was written as its code until now, in order."""
        return tuple(_name(point) for point in sorted(self._unknown))


def _name(point: int) -> str:
    return f"[U+{point:04X}]"


def breakable(value: str, longest: int = LONGEST_RUN) -> str:
    """Very long runs without a blank get places where a line may end, after `longest` letters."""
    if len(value) <= longest:
        return value
    return " ".join(
        BREAK_HERE.join(run[i : i + longest] for i in range(0, len(run), longest))
        for run in value.split(" ")
    )


def has_right_to_left(value: str) -> bool:
    """Whether any letter is written from right to left."""
    return any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in value)


def is_right_to_left(value: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in value)
    first = next((one for one in directions if one == "L" or one in _RIGHT_TO_LEFT), "L")
    return first in _RIGHT_TO_LEFT


def isolated(value: str) -> str:
    """Text with right-to-left letters keeps its own direction inside an English line."""
    return f"\u2068{value}\u2069" if has_right_to_left(value) else value
