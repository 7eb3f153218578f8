"""Counts: from station to station, stacked, falling, over time."""

from __future__ import annotations

from cop_platform.common.reporting.drawings import Bars, Columns, Fall, Flow, Waterfall
from feedback.reports.domain.writers.svg.marks import (
    LINE,
    QUIET,
    STRONG,
    WIDTH,
    Canvas,
    lines,
    tone,
    wide,
    wrapped,
)
from feedback.validation.pictures.shapes import Line, Rect, Shape, Text

_GAP, _BOX = 22, 84
_LABELS, _SAID, _BAR = 220, 76, 22
_HIGH, _TOP = 150, 24


def flow(drawing: Flow) -> Canvas:
    """Boxes from station to station; under each, who did not go on and why."""
    steps = drawing.steps
    room = (WIDTH - _GAP * (len(steps) - 1)) / max(len(steps), 1)
    first = max((step.value for step in steps), default=0) or 1
    shapes: list[Shape] = []
    lowest = 0
    for number, step in enumerate(steps):
        x, inner = number * (room + _GAP), room - 20
        shapes.append(Rect(x, 0, room, _BOX, "drawing-box"))
        shapes.append(Text(x + 10, 32, step.said, look="picture-text drawing-large"))
        shapes += lines(step.label, x + 10, 52, inner, look="picture-text", anchor="start", most=1)
        shapes.append(Rect(x + 10, 66, inner, 6, "drawing-track"))
        shapes.append(Rect(x + 10, 66, inner * step.value / first, 6, "picture-mark"))
        if number:
            shapes.append(Line(x - _GAP + 4, _BOX / 2, x - 4, _BOX / 2, "picture-range"))
        if step.lost:
            shapes += lines(step.lost, x + 10, _BOX + 20, room, look=QUIET, anchor="start", most=5)
            lowest = max(lowest, len(wrapped(step.lost, room, 5)))
    return Canvas(_BOX + 8 + lowest * LINE + 4, shapes)


def bars(drawing: Bars) -> Canvas:
    """A stacked bar a row; the answers are named once above them."""
    shapes: list[Shape] = []
    x = y = 0.0
    last = max(len(drawing.answers) - 1, 1)
    for number, words in enumerate(drawing.answers):
        answer = wrapped(words, WIDTH - 40, 1)[0]
        needed = wide(answer) + 30
        if x and x + needed > WIDTH:
            x, y = 0, y + 20
        shapes.append(Rect(x, y, 12, 12, tone(number / last)))
        shapes.append(Text(x + 18, y + 11, answer))
        x += needed
    y += 28
    for row in drawing.rows:
        label = wrapped(row.label, _LABELS - 12)
        shapes += lines(row.label, 0, y + 15, _LABELS - 12, look="picture-text", anchor="start")
        shapes += _stack(row.parts, y)
        shapes.append(Text(WIDTH, y + 16, row.said, "end", STRONG))
        y += max(_BAR, len(label) * LINE) + 8
    return Canvas(y, shapes)


def _stack(parts: tuple[int, ...], y: float) -> list[Shape]:
    room, whole, x = WIDTH - _LABELS - _SAID, sum(parts), float(_LABELS)
    if not whole:
        return [Rect(x, y, room, _BAR, "picture-cell picture-empty")]
    shapes: list[Shape] = []
    last = max(len(parts) - 1, 1)
    for number, part in enumerate(parts):
        length = room * part / whole
        if part:
            shapes.append(Rect(x, y, length, _BAR, tone(number / last)))
        if length > wide(str(part)):
            shapes.append(Text(x + length / 2, y + 16, str(part), "middle"))
        x += length
    return shapes


def waterfall(drawing: Waterfall) -> Canvas:
    """Columns that add and take, between totals."""
    ends = list(_ends(drawing.columns))
    most = max([high for _low, high in ends] + [1])
    room = WIDTH / max(len(ends), 1)
    shapes: list[Shape] = [Line(0, _TOP + _HIGH, WIDTH, _TOP + _HIGH, "picture-range")]
    lowest = 1
    for number, (fall, (low, high)) in enumerate(zip(drawing.columns, ends, strict=True)):
        top, foot = (_TOP + _HIGH * (1 - value / most) for value in (high, low))
        middle = (number + 0.5) * room
        look = "picture-mark" if fall.total else tone(1 if fall.value >= 0 else 0)
        shapes.append(Rect(number * room + room * 0.2, top, room * 0.6, max(foot - top, 1), look))
        shapes.append(Text(middle, top - 7, fall.said, "middle", STRONG))
        shapes += lines(
            fall.label, middle, _TOP + _HIGH + 18, room - 6, look="picture-text", anchor="middle"
        )
        lowest = max(lowest, len(wrapped(fall.label, room - 6)))
        if number + 1 < len(ends):
            level = foot if fall.value < 0 and not fall.total else top
            start, stop = number * room + room * 0.8, (number + 1) * room + room * 0.2
            shapes.append(Line(start, level, stop, level, "picture-grid"))
    return Canvas(_TOP + _HIGH + 10 + lowest * LINE, shapes)


def _ends(columns: tuple[Fall, ...]) -> list[tuple[int, int]]:
    """The lower and the upper end of each column."""
    found, level = [], 0
    for fall in columns:
        before = 0 if fall.total else level
        level = fall.value if fall.total else level + fall.value
        found.append((max(min(before, level), 0), max(before, level, 0)))
    return found


def columns(drawing: Columns) -> Canvas:
    """Counts over time, a column each."""
    rows = drawing.rows
    room = WIDTH / max(len(rows), 1)
    most = max([value for _label, value, _said in rows] + [1])
    shapes: list[Shape] = [Line(0, _TOP + _HIGH, WIDTH, _TOP + _HIGH, "picture-range")]
    # Where columns are narrow, not every one has room for its name.
    widest = max([wide(label) for label, _value, _said in rows] + [1])
    every = max(1, -int(-(widest + 8) // room))
    for number, (label, value, said) in enumerate(rows):
        top, middle = _TOP + _HIGH * (1 - value / most), (number + 0.5) * room
        thick = min(room * 0.6, 56)
        shapes.append(Rect(middle - thick / 2, top, thick, _TOP + _HIGH - top, "picture-mark"))
        if wide(said) < room + 8:
            shapes.append(Text(middle, top - 7, said, "middle", STRONG))
        if number % every == 0:
            shapes.append(Text(middle, _TOP + _HIGH + 18, label, "middle"))
    return Canvas(_TOP + _HIGH + 26, shapes)
