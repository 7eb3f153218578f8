"""Compares the colour of words in an untrusted PDF with what is really drawn behind them.

Run as `python -m materials.domain.preflight_contrast PATH`, in a process of its own; prints a line
of JSON after each page with what was counted so far: {"shown": words, "pale": words}. It knows no
settings and no database. Behind a photograph it is an estimate: the colour that prevails counts.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from materials.domain.confining import confine

PAGES = 10
MAX_LETTERS = 20_000
SCALE, MAX_PIXELS = 1.5, 4_000_000
MEMORY, CPU_SECONDS = 1024 * 1024 * 1024, 20
# WCAG 2.2, 1.4.3: large letters may be paler.
NEEDED, NEEDED_LARGE, LARGE_POINTS = 4.5, 3.0, 18
# What is looked at around a word, in pixels.
RING = 2
_UNSEEN = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}

Colour = tuple[float, float, float]


@dataclass
class Word:
    """Letters of one colour beside each other; the box in points of the page."""

    colour: tuple[int, int, int, int]
    size: float
    left: float
    bottom: float
    right: float
    top: float

    def takes(self, other: Word) -> bool:
        """Goes on with a letter of the same colour on the same line."""
        middle = (other.bottom + other.top) / 2
        if other.colour != self.colour or not self.bottom - 2 <= middle <= self.top + 2:
            return False
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.bottom, self.top = min(self.bottom, other.bottom), max(self.top, other.top)
        return True


def words(layer: Any) -> Iterator[Word]:
    """The words of a page that a reader sees."""
    word: Word | None = None
    for n in range(min(layer.count_chars(), MAX_LETTERS)):
        letter = _letter(layer.raw, n)
        if word and letter and word.takes(letter):
            continue
        if word:
            yield word
        word = letter
    if word:
        yield word


def _letter(raw: Any, n: int) -> Word | None:
    """None for a blank, a letter that is not painted, and a fill that is no plain colour."""
    channels = [ctypes.c_uint() for _channel in range(4)]
    left, right, bottom, top = (ctypes.c_double() for _side in range(4))
    item = pdfium.FPDFText_GetTextObject(raw, n)
    if not item or chr(pdfium.FPDFText_GetUnicode(raw, n)).isspace():
        return None
    if pdfium.FPDFTextObj_GetTextRenderMode(item) in _UNSEEN:
        return None
    if not pdfium.FPDFText_GetFillColor(raw, n, *channels):
        return None
    if not pdfium.FPDFText_GetCharBox(raw, n, left, right, bottom, top):
        return None
    if right.value <= left.value or top.value <= bottom.value:
        return None
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, n, matrix)
    size = pdfium.FPDFText_GetFontSize(raw, n) * (matrix.c**2 + matrix.d**2) ** 0.5
    red, green, blue, alpha = (channel.value for channel in channels)
    colour = (red, green, blue, alpha)
    return Word(colour, size, left.value, bottom.value, right.value, top.value)


def is_pale(word: Word, picture: Any, places: Any) -> bool:
    """Whether a word is hard to tell from its ground; `places` turns points into pixels."""
    ground = _ground(word, picture, places)
    red, green, blue, alpha = word.colour
    seen = [
        (part * alpha + under * (255 - alpha)) / 255
        for part, under in zip((red, green, blue), ground, strict=True)
    ]
    light, dark = sorted((_luminance(seen), _luminance(ground)), reverse=True)
    needed = NEEDED_LARGE if word.size >= LARGE_POINTS else NEEDED
    return (light + 0.05) / (dark + 0.05) < needed


def _ground(word: Word, picture: Any, places: Any) -> Colour:
    """The colour that prevails just around a word, near ones taken together."""
    corners = [places.to_bitmap(word.left, word.bottom), places.to_bitmap(word.right, word.top)]
    (left, right), (top, bottom) = (sorted(both) for both in zip(*corners, strict=True))
    wide = (left - RING, right + RING)
    ring = [
        (*(wide[0], top - RING), *(wide[1], top)),
        (*(wide[0], bottom), *(wide[1], bottom + RING)),
        (*(wide[0], top), *(left, bottom)),
        (*(right, top), *(wide[1], bottom)),
    ]
    found: Counter[tuple[int, ...]] = Counter()
    for box in ring:
        inside = (max(box[0], 0), max(box[1], 0), min(box[2], picture.width))
        part = (*inside, min(box[3], picture.height))
        if part[0] < part[2] and part[1] < part[3]:
            piece = picture.crop(part)
            for count, colour in piece.getcolors(piece.width * piece.height):
                found[tuple(channel >> 4 for channel in colour)] += count
    if not found:
        return (255.0, 255.0, 255.0)
    prevailing = found.most_common(1)[0][0]
    # The middle of sixteen near shades; pure white and black stay pure.
    red, green, blue = (channel * 17.0 for channel in prevailing)
    return (red, green, blue)


def _luminance(colour: Any) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def main(path: str) -> None:
    confine(memory=MEMORY, seconds=CPU_SECONDS)
    shown = pale = 0
    document = pypdfium2.PdfDocument(path)
    for number in range(min(len(document), PAGES)):
        page = document[number]
        width, height = page.get_size()
        scale = min(SCALE, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        drawn = page.render(scale=scale)
        picture, places = drawn.to_pil().convert("RGB"), drawn.get_posconv(page)
        for word in words(page.get_textpage()):
            shown += 1
            pale += is_pale(word, picture, places)
        sys.stdout.write(json.dumps({"shown": shown, "pale": pale}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
