"""One remark as a standard annotation of a PDF, drawn so that every program shows the same.

Marked words become a Highlight, a part of a page a Square, a whole page a Text note. Each bears the
number that the list at the end of the file calls it by. Knows no settings and no database.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from feedback.reviews.domain.remark_export.placing import Box, Sheet

# Of each way to mean a remark: the ink of its number and frame, the pale colour over words.
_INKS = {
    "must": (0.647, 0.165, 0.133),
    "should": (0.561, 0.369, 0.0),
    "idea": (0.043, 0.365, 0.486),
    "praise": (0.114, 0.42, 0.227),
}
_PALE = {
    "must": (1.0, 0.72, 0.68),
    "should": (1.0, 0.86, 0.5),
    "idea": (0.68, 0.86, 1.0),
    "praise": (0.7, 0.92, 0.72),
}
_OTHER = "idea"
_PRINTED = 4
# A number that is looked at beside words, and a note in the margin, in points.
_SMALL, _LARGE = 6.0, 11.0
# The width of a digit of Helvetica, in parts of its size.
_DIGIT = 0.556
_STEP, _EDGE = 24.0, 10.0
# So many numbers are put beside each other before they may lie over one another.
_MOST_BESIDE = 60


@dataclass(frozen=True)
class Said:
    """What an annotation says: who speaks is a label, never a name that is hidden."""

    number: int
    mark: str
    meant: str
    who: str
    contents: str
    day: str
    from_the_right: bool = False


@dataclass(frozen=True)
class Badge:
    """A number on a coloured ground; `at` is its corner at the top left as the page is shown."""

    number: int
    at: tuple[float, float]
    size: float
    turned: int

    @property
    def width(self) -> float:
        return self.size * (_DIGIT * len(str(self.number)) + 0.7)

    @property
    def height(self) -> float:
        return self.size * 1.3

    @property
    def _turn(self) -> tuple[float, float]:
        angle = math.radians(self.turned)
        return round(math.cos(angle), 6), round(math.sin(angle), 6)

    @property
    def box(self) -> Box:
        """The rectangle on the page that it covers."""
        cos, sin = self._turn
        corners = [(0.0, 0.0), (self.width, 0.0), (0.0, -self.height), (self.width, -self.height)]
        xs = [self.at[0] + x * cos - y * sin for x, y in corners]
        ys = [self.at[1] + x * sin + y * cos for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def settled(self, taken: list[Box], *, backwards: bool = False) -> Badge:
        """The badge beside those that are there already, so that each number can be read."""
        cos, sin = self._turn
        badge, step = self, (-1.0 if backwards else 1.0) * (self.width + 0.5)
        for _try in range(_MOST_BESIDE):
            if not any(badge.box.meets(other) for other in taken):
                break
            badge = replace(badge, at=(badge.at[0] + step * cos, badge.at[1] + step * sin))
        taken.append(badge.box)
        return badge

    def drawn(self, ink: Sequence[float]) -> str:
        """The operators that draw it upright, however far the page is turned."""
        cos, sin = self._turn
        x, y = self.at
        ground = f"0 {_n(-self.height)} {_n(self.width)} {_n(self.height)} re f"
        text = (
            f"/F {_n(self.size)} Tf {_n(self.size * 0.35)} {_n(-self.size)} Td ({self.number}) Tj"
        )
        return (
            f"q {_n(cos)} {_n(sin)} {_n(-sin)} {_n(cos)} {_n(x)} {_n(y)} cm "
            f"{_colour(ink)} rg {ground} 1 1 1 rg BT {text} ET Q"
        )


def highlight(
    pdf: pikepdf.Pdf, said: Said, lines: Sequence[Box], sheet: Sheet, taken: list[Box]
) -> Dictionary:
    """Marked words: a rectangle for each line of them. `taken` is where numbers stand already."""
    badge = Badge(said.number, _beside(lines[0], said, sheet), _SMALL, sheet.turned)
    badge = badge.settled(taken, backwards=said.from_the_right)
    pale = _PALE.get(said.mark, _PALE[_OTHER])
    paint = " ".join(f"{_rectangle(line)} re" for line in lines)
    drawn = f"q /G gs {_colour(pale)} rg {paint} f Q {badge.drawn(_ink(said))}"
    quads = [number for line in lines for number in _quad(line)]
    made = _annotation(pdf, "Highlight", said, [*lines, badge.box], drawn)
    made.QuadPoints = Array([round(number, 3) for number in quads])
    made.C = Array(list(pale))
    return made


def square(pdf: pikepdf.Pdf, said: Said, box: Box, sheet: Sheet, taken: list[Box]) -> Dictionary:
    """A part of a page: a frame around it. `taken` is where numbers stand already."""
    corner = _corner(box, sheet.turned)
    badge = Badge(said.number, corner, _SMALL * 1.3, sheet.turned).settled(taken)
    ink = _ink(said)
    drawn = f"q {_colour(ink)} RG 1.5 w {_rectangle(box)} re S Q {badge.drawn(ink)}"
    outer = Box(box.left - 1, box.bottom - 1, box.right + 1, box.top + 1)
    made = _annotation(pdf, "Square", said, [outer, badge.box], drawn)
    made.C = Array(list(ink))
    made.BS = Dictionary(W=1.5)
    return made


def note(pdf: pikepdf.Pdf, said: Said, place: int, sheet: Sheet) -> Dictionary:
    """A whole page: a note in its margin, below those that are there already (`place` of them)."""
    width, height = sheet.size
    fits = max(int((height - 2 * _EDGE) // _STEP), 1)
    column, row = divmod(place, fits)
    away = _EDGE + _STEP * (column + 1)
    x, y = max(width - away, 0.0), _EDGE + row * _STEP
    at = sheet.point(x / max(width, 1.0), min(y / max(height, 1.0), 1.0))
    badge = Badge(said.number, at, _LARGE, sheet.turned)
    made = _annotation(pdf, "Text", said, [badge.box], badge.drawn(_ink(said)))
    made.C = Array(list(_ink(said)))
    made.Name = Name.Comment
    made.Open = False
    return made


def _annotation(
    pdf: pikepdf.Pdf, kind: str, said: Said, boxes: Sequence[Box], drawn: str
) -> Dictionary:
    """What every annotation has; it is drawn by the file itself, not by each program in its way."""
    around = boxes[0]
    for box in boxes[1:]:
        around = around.with_(box)
    rectangle = Array([round(number, 3) for number in around])
    look = pdf.make_stream(drawn.encode("ascii"))
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, rectangle
    look.Resources = _resources()
    made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=rectangle, F=_PRINTED)
    made.Contents, made.T, made.Subj = String(said.contents), String(said.who), String(said.meant)
    made.M, made.NM = String(said.day), String(f"remark-{said.number}")
    made.AP = Dictionary(N=look)
    return made


def _resources() -> Dictionary:
    # Of two marks over the same words the words stay as black as they are, and no mark adds up.
    ground = Dictionary(Type=Name.ExtGState, BM=Name.Darken)
    face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"))
    return Dictionary(ExtGState=Dictionary(G=ground), Font=Dictionary(F=face))


def _beside(line: Box, said: Said, sheet: Sheet) -> tuple[float, float]:
    """Where the number of marked words stands: over the beginning of their first line."""
    badge = Badge(said.number, (0.0, 0.0), _SMALL, sheet.turned)
    cos, sin = badge._turn
    x, y = _corner(line, sheet.turned, from_the_right=said.from_the_right)
    # Before the first sign and over it, so that neither is covered.
    shift = (-0.3 if said.from_the_right else -0.7) * badge.width, badge.height * 0.95
    return x + shift[0] * cos - shift[1] * sin, y + shift[0] * sin + shift[1] * cos


def _corner(box: Box, turned: int, *, from_the_right: bool = False) -> tuple[float, float]:
    """The corner that is at the top left, or right, as the page is shown."""
    around = [(box.left, box.top), (box.right, box.top)]
    around += [(box.right, box.bottom), (box.left, box.bottom)]
    # A page that is turned clockwise shows at the top what was on its left.
    first = {0: 0, 90: 3, 180: 2, 270: 1}[turned]
    return around[(first + from_the_right) % 4]


def _quad(line: Box) -> tuple[float, ...]:
    """Upper corners, then lower ones: what programs expect, whatever the standard says."""
    left, bottom, right, top = line
    return (left, top, right, top, left, bottom, right, bottom)


def _ink(said: Said) -> tuple[float, float, float]:
    return _INKS.get(said.mark, _INKS[_OTHER])


def _rectangle(box: Box) -> str:
    numbers = (box.left, box.bottom, box.right - box.left, box.top - box.bottom)
    return " ".join(_n(number) for number in numbers)


def _colour(parts: Sequence[float]) -> str:
    return " ".join(_n(part) for part in parts)


def _n(number: float) -> str:
    """A number as a content stream takes it: never with an exponent."""
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"
