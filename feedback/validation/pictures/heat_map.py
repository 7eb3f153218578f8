"""Items by experts: which rating each gave, by code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.validation.pictures.shapes import Picture, Rect, Shape, Text

_CELL, _HEIGHT, _LABELS, _TOP = 38, 28, 56, 26
NOT_APPLICABLE = "n/a"


@dataclass(frozen=True)
class Row:
    """A criterion and its ratings in the order of the experts: 1 to 4, "n/a", or nothing."""

    code: str
    text: str
    ratings: tuple[str, ...]


def draw(experts: Sequence[str], rows: Sequence[Row]) -> Picture:
    """The heat map; `experts` are labels such as "Reviewer 3"."""
    shapes: list[Shape] = []
    for place, _label in enumerate(experts):
        x = _LABELS + place * _CELL + _CELL / 2
        shapes.append(Text(x, _TOP - 9, f"{place + 1}", "middle", "picture-text picture-quiet"))
    for line, row in enumerate(rows):
        y = _TOP + line * _HEIGHT
        shapes.append(Text(0, y + 19, row.code))
        for place, rating in enumerate(row.ratings):
            shapes += _cell(_LABELS + place * _CELL, y, rating)
    return Picture(
        key="heat-map",
        title=_("Who gave which rating"),
        sentence=ngettext(
            "Each column is one expert by code, each row a criterion; the number is the rating, "
            "%(n)d expert in all. A column that differs from all others is one expert's view, a "
            "row that is mixed is a question on which experts differ.",
            "Each column is one expert by code, each row a criterion; the number is the rating, "
            "%(n)d experts in all. A column that differs from all others is one expert's view, a "
            "row that is mixed is a question on which experts differ.",
            len(experts),
        )
        % {"n": len(experts)},
        width=_LABELS + _CELL * len(experts),
        height=_TOP + _HEIGHT * len(rows),
        shapes=tuple(shapes),
        head=(_("Criterion"), *experts),
        rows=tuple((f"{row.code} {row.text}", *row.ratings) for row in rows),
    )


def _cell(x: float, y: float, rating: str) -> list[Shape]:
    look = f"picture-cell heat-{rating}" if rating.isdigit() else "picture-cell picture-empty"
    field = Rect(x + 1, y + 1, _CELL - 2, _HEIGHT - 2, look)
    if not rating:
        return [field]
    return [field, Text(x + _CELL / 2, y + 19, rating, "middle")]
