"""Where a remark lies on a page of a PDF, as rectangles in the page's own points.

Words are looked for in the text of the page, as remarks are carried to other versions; where they
are not there, the boxes that were drawn when the remark was written stand in. Knows no settings
and no database.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from feedback.reviews.domain.anchoring import Document, PageText, resolve
from materials.domain import page_words

# Words that are less like the quote than this are others.
SURE_ENOUGH = 0.75
# A gap between two signs of a line that is wider than so many of its heights begins another part.
_GAP = 3.0
_MOST_BOXES = 400
# How pdfium marks a hyphen at the end of a line.
_LINE_HYPHEN = "\ufffe"


class Box(NamedTuple):
    """A rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def meets(self, other: Box) -> bool:
        """Whether both cover a part of the page together."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.top <= other.bottom or other.top <= self.bottom)

    def with_(self, other: Box) -> Box:
        """The smallest rectangle around both."""
        lows = (min(self.left, other.left), min(self.bottom, other.bottom))
        return Box(*lows, max(self.right, other.right), max(self.top, other.top))


@dataclass(frozen=True)
class Sheet:
    """The part of a page that is shown, and how far it is turned clockwise: 0, 90, 180 or 270."""

    shown: Box
    turned: int = 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place on the page of a point given in fractions from the top left as it is shown."""
        left, bottom, right, top = self.shown
        width, height = right - left, top - bottom
        return {
            0: (left + x * width, top - y * height),
            90: (left + y * width, bottom + x * height),
            180: (right - x * width, bottom + y * height),
            270: (right - y * width, top - x * height),
        }[self.turned]

    def box(self, drawn: Iterable[float]) -> Box:
        """A box [left, top, width, height] in fractions of the page as it is shown."""
        x, y, width, height = (min(max(float(n), 0.0), 1.0) for n in drawn)
        one, other = self.point(x, y), self.point(min(x + width, 1.0), min(y + height, 1.0))
        lows = (min(one[0], other[0]), min(one[1], other[1]))
        return Box(*lows, max(one[0], other[0]), max(one[1], other[1]))

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as it is shown."""
        width, height = self.shown.right - self.shown.left, self.shown.top - self.shown.bottom
        return (width, height) if self.turned in {0, 180} else (height, width)


class Words:
    """The words of the pages of one PDF, each page read once."""

    def __init__(self, path: str) -> None:
        import pypdfium2  # noqa: PLC0415  only the child that opens strangers' files loads it

        self.document = pypdfium2.PdfDocument(path)
        self.page = cache(self._page)

    def _page(self, number: int) -> tuple[Any, list[int], Document]:
        """The text layer, the layer's number of each sign of the text, and the text itself."""
        layer = self.document[number - 1].get_textpage()
        signs = list(_readable(page_words.signs(layer)))
        text = "".join(sign.text for sign in signs)
        return layer, [sign.number for sign in signs], Document([PageText(number, text, "")])

    def boxes(self, number: int, quote: str, around: tuple[str, str], start: int | None) -> list:
        """The quote's rectangles on a page, one for each line; none where it is not there."""
        layer, numbers, document = self.page(number)
        prefix, suffix = around
        known = {"prefix": prefix, "suffix": suffix, "page": number, "start": start}
        found = resolve(quote=quote, pages=document, **known)  # type: ignore[arg-type]
        if found is None or found.score < SURE_ENOUGH:
            return []
        return _lines(_sign_boxes(layer, numbers[found.start : found.end]))


def _readable(signs: Iterable[page_words.Sign]) -> Iterator[page_words.Sign]:
    """The signs as the stored text of the page has them: no broken lines, no controls."""
    broken = False
    for sign in signs:
        broken = sign.text == _LINE_HYPHEN or (broken and sign.text in "\r\n")
        if not broken and (sign.text in "\n\t" or sign.text >= " "):
            yield sign


def _sign_boxes(layer: Any, numbers: Iterable[int]) -> Iterator[Box]:
    """The rectangles of some signs as high as their font; blanks have none."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    rectangle = pdfium.FS_RECTF()
    for number in numbers:
        if chr(pdfium.FPDFText_GetUnicode(layer.raw, number)).isspace():
            continue
        if pdfium.FPDFText_GetLooseCharBox(layer.raw, number, ctypes.byref(rectangle)):
            box = Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            if box.right > box.left and box.top > box.bottom:
                yield box


def _lines(boxes: Iterable[Box]) -> list[Box]:
    """Signs that follow each other on one line as one rectangle."""
    found: list[Box] = []
    for box in boxes:
        if found and _goes_on(found[-1], box):
            found[-1] = found[-1].with_(box)
        elif len(found) < _MOST_BOXES:
            found.append(box)
    return found


def _goes_on(line: Box, box: Box) -> bool:
    """Whether a sign stands on the line, next to what there is of it."""
    middle = (box.bottom + box.top) / 2
    apart = max(box.left - line.right, line.left - box.right)
    return line.bottom < middle < line.top and apart < _GAP * max(line.height, box.height)
