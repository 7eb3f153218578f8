"""Fields and circles: which item stands where, and which theme reached how many."""

from __future__ import annotations

import math

from cop_platform.common.reporting.drawings import HeatMap, ThemeMap
from feedback.reports.domain.writers.svg.marks import (
    LINE,
    QUIET,
    STRONG,
    WIDTH,
    Canvas,
    lines,
    tone,
    wrapped,
)
from feedback.validation.pictures.shapes import Circle, Rect, Shape, Text

_LABELS, _ROW, _NARROW, _BROAD = 200, 28, 44, 160
_CIRCLE, _IN_ROW = 40, 5


def heat_map(drawing: HeatMap) -> Canvas:
    """A field for each item and column; its figure stands in it. Many columns make it wider."""
    fair = (WIDTH - _LABELS) / max(len(drawing.columns), 1)
    side = min(max(fair, _NARROW), _BROAD)
    high = max([len(wrapped(name, side - 4, 2)) for name in drawing.columns] + [1]) * LINE
    shapes: list[Shape] = []
    for number, name in enumerate(drawing.columns):
        middle = _LABELS + (number + 0.5) * side
        shapes += lines(name, middle, 12, side - 4, look=QUIET, anchor="middle", most=2)
    y = high + 6.0
    for label, cells in drawing.rows:
        broken = wrapped(label, _LABELS - 12, 2)
        tall = max(_ROW, len(broken) * LINE + 6)
        shapes += lines(label, 0, y + 18, _LABELS - 12, look="picture-text", anchor="start", most=2)
        for number, cell in enumerate(cells):
            x = _LABELS + number * side
            look = "picture-cell picture-empty" if cell.share is None else tone(cell.share)
            shapes.append(Rect(x + 1, y + 1, side - 2, tall - 2, look))
            shapes.append(Text(x + side / 2, y + tall / 2 + 5, cell.said, "middle"))
        y += tall
    return Canvas(y + 2, shapes, max(WIDTH, _LABELS + side * len(drawing.columns)))


def theme_map(drawing: ThemeMap) -> Canvas:
    """Circles whose area follows the people, the theme with the widest reach first."""
    most = max([theme.people for theme in drawing.themes] + [1])
    room = WIDTH / _IN_ROW
    shapes: list[Shape] = []
    top = 0.0
    for start in range(0, len(drawing.themes), _IN_ROW):
        row = drawing.themes[start : start + _IN_ROW]
        lowest = max(len(wrapped(theme.label, room - 8)) for theme in row)
        for number, theme in enumerate(row):
            middle = (number + 0.5) * room
            radius = max(_CIRCLE * math.sqrt(theme.people / most), 12)
            shapes.append(Circle(middle, top + _CIRCLE + 4, radius, "drawing-circle"))
            shapes.append(Text(middle, top + _CIRCLE + 9, theme.said, "middle", STRONG))
            shapes += lines(
                theme.label,
                middle,
                top + 2 * _CIRCLE + 24,
                room - 8,
                look="picture-text",
                anchor="middle",
            )
        top += 2 * _CIRCLE + 24 + lowest * LINE + 8
    shapes.append(Text(0, top + 10, drawing.unit, "start", QUIET))
    return Canvas(top + 18, shapes)
