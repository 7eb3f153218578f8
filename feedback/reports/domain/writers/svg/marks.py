"""Shapes become markup; words are measured and broken, since a picture breaks none by itself."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from feedback.reports.domain.writers.texts import writable
from feedback.validation.pictures.shapes import Circle, Line, Rect, Shape, Text

WIDTH = 680
LETTER = 7.2  # about the width of a letter of the smallest text
LINE = 16
QUIET = "picture-text picture-quiet"
STRONG = "picture-text drawing-strong"


@dataclass(frozen=True)
class Canvas:
    """A picture's size and what is on it."""

    height: float
    shapes: Sequence[Shape]
    width: float = WIDTH


def wrapped(words: str, room: float, most: int = 3) -> list[str]:
    """The words in lines of that width; what does not fit into `most` lines ends in dots."""
    letters = max(int(room / LETTER), 4)
    return textwrap.wrap(words, letters, max_lines=most, placeholder=" …") or [""]


def lines(
    words: str, x: float, y: float, room: float, *, look: str, anchor: str, most: int = 3
) -> list[Shape]:
    """Lines of text under each other, the first on `y`."""
    broken = wrapped(words, room, most)
    return [Text(x, y + n * LINE, line, anchor, look) for n, line in enumerate(broken)]


def wide(words: str) -> float:
    return len(words) * LETTER


def tone(share: float) -> str:
    """The class of a field between poor and good."""
    return f"picture-cell tone-{round(min(max(share, 0.0), 1.0) * 8)}"


def markup(canvas: Canvas, *, mirrored: bool) -> SafeString:
    """The shapes as SVG; every word is escaped."""
    shapes = [_mirrored(s, canvas.width) for s in canvas.shapes] if mirrored else canvas.shapes
    return mark_safe("".join(map(_shape, shapes)))  # noqa: S308 each part is escaped below


def _mirrored(shape: Shape, width: float) -> Shape:
    match shape:
        case Rect():
            return replace(shape, x=width - shape.x - shape.width)
        case Line():
            return replace(shape, x1=width - shape.x1, x2=width - shape.x2)
        case Circle():
            return replace(shape, x=width - shape.x)
        case Text():
            # The anchor stays: "start" is the right end of a line that runs from there.
            return replace(shape, x=width - shape.x)


def _shape(shape: Shape) -> str:
    match shape:
        case Rect():
            place = _numbers(x=shape.x, y=shape.y, width=shape.width, height=shape.height)
            return f'<rect class="{shape.look}"{place}/>'
        case Line():
            place = _numbers(x1=shape.x1, y1=shape.y1, x2=shape.x2, y2=shape.y2)
            return f'<line class="{shape.look}"{place}/>'
        case Circle():
            place = _numbers(cx=shape.x, cy=shape.y, r=shape.radius)
            return f'<circle class="{shape.look}"{place}/>'
        case Text():
            anchor = "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
            place = _numbers(x=shape.x, y=shape.y) + anchor
            return f'<text class="{shape.look}"{place}>{escape(writable(shape.words))}</text>'


def _numbers(**values: Any) -> str:
    return "".join(f' {name}="{round(value, 1):g}"' for name, value in values.items())
