"""What a picture is made of. Lengths are units of its own box, x to the right, y downwards.

A picture is read without colours: numbers stand in its fields, marks differ in form. It says in
one sentence what it shows and brings its data as a table; `components/picture.html` draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rect:
    """A field or a square mark; `look` is a class of the style sheet."""

    x: float
    y: float
    width: float
    height: float
    look: str
    kind: str = "rect"


@dataclass(frozen=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: str
    kind: str = "line"


@dataclass(frozen=True)
class Circle:
    """A round mark."""

    x: float
    y: float
    radius: float
    look: str
    kind: str = "circle"


@dataclass(frozen=True)
class Text:
    """Words; `anchor` is start, middle or end of them."""

    x: float
    y: float
    words: str
    anchor: str = "start"
    look: str = "picture-text"
    kind: str = "text"


Shape = Rect | Line | Circle | Text


@dataclass(frozen=True)
class Picture:
    """A drawn figure: `key` is unique on its page, `head` and `rows` are its data table."""

    key: str
    title: str
    sentence: str
    width: int
    height: int
    shapes: tuple[Shape, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Axis:
    """Shares from 0 to 1 between two x, with a line and a number for each quarter."""

    left: float
    right: float
    top: float
    bottom: float

    def at(self, share: float) -> float:
        """The x of a share."""
        return round(self.left + (self.right - self.left) * share, 2)

    def shapes(self) -> Sequence[Shape]:
        """The grid with its numbers below."""
        found: list[Shape] = []
        for percent in (0, 25, 50, 75, 100):
            x = self.at(percent / 100)
            found.append(Line(x, self.top, x, self.bottom, "picture-grid"))
            found.append(
                Text(x, self.bottom + 16, f"{percent}", "middle", "picture-text picture-quiet")
            )
        return found
