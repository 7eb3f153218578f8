"""Along a line: what happened when, and between which ends a share lies."""

from __future__ import annotations

from datetime import date

from cop_platform.common.reporting.drawings import Event, Forest, ForestRow, Timeline
from feedback.reports.domain.writers.svg.marks import (
    LINE,
    QUIET,
    STRONG,
    WIDTH,
    Canvas,
    lines,
    wide,
    wrapped,
)
from feedback.validation.pictures.shapes import Axis, Circle, Line, Rect, Shape, Text

_LANES, _STEP = 130, 20
_LABELS, _AXIS = 150, 250
_SIDE = 10


def timeline(drawing: Timeline) -> Canvas:
    """A lane for each kind of event; words that would meet stand under each other."""
    shapes: list[Shape] = []
    y = 6.0
    for lane in drawing.lanes:
        found = [event for event in drawing.events if event.lane == lane]
        placed, levels = _placed(drawing, found)
        tall = max(levels, len(wrapped(lane, _LANES - 12, 2)), 1) * _STEP + 8
        shapes.append(Line(0, y, WIDTH, y, "picture-grid"))
        shapes += lines(lane, 0, y + 18, _LANES - 12, look=STRONG, anchor="start", most=2)
        for event, x, level in placed:
            shapes += _event(event, x, y + 14 + level * _STEP)
        y += tall
    shapes.append(Line(_LANES, y, WIDTH, y, "picture-range"))
    shapes.append(Text(_LANES, y + 18, drawing.said_start, "start", QUIET))
    shapes.append(Text(WIDTH, y + 18, drawing.said_end, "end", QUIET))
    return Canvas(y + 26, shapes)


def _placed(drawing: Timeline, found: list[Event]) -> tuple[list[tuple[Event, float, int]], int]:
    """Each event with its x and the first level on which its words have room."""
    start, end = (date.fromisoformat(day[:10]) for day in (drawing.start, drawing.end))
    days = max((end - start).days, 1)
    taken: list[float] = []
    placed = []
    for event in sorted(found, key=lambda event: event.day):
        share = (date.fromisoformat(event.day[:10]) - start).days / days
        x = _LANES + 8 + (WIDTH - _LANES - 16) * min(max(share, 0.0), 1.0)
        left, right = _span(event, x)
        level = next((n for n, until in enumerate(taken) if until < left), len(taken))
        if level == len(taken):
            taken.append(right)
        else:
            taken[level] = right
        placed.append((event, x, level))
    return placed, len(taken)


def _words(event: Event) -> str:
    return f"{event.said} · {event.label}"


def _span(event: Event, x: float) -> tuple[float, float]:
    """From where to where mark and words reach; at the end of the line they stand before it."""
    room = min(wide(_words(event)), WIDTH - _LANES - 30) + 14
    return (x - room, x + 6) if x + room > WIDTH else (x - 6, x + room)


def _event(event: Event, x: float, y: float) -> list[Shape]:
    before = _span(event, x)[0] < x - 6
    words = wrapped(_words(event), WIDTH - _LANES - 30, 1)[0]
    place, anchor = (x - 10, "end") if before else (x + 10, "start")
    return [Circle(x, y, 5, "picture-mark"), Text(place, y + 4, words, anchor, QUIET)]


def forest(drawing: Forest) -> Canvas:
    """Shares as squares on their intervals, and the mark they are held against."""
    # The words beside a row have the rest of the width.
    tall = [_tall(row) for row in drawing.rows]
    top = 24.0 if drawing.mark is not None else 4.0
    axis = Axis(_LABELS, _LABELS + _AXIS, top, top + sum(tall))
    shapes: list[Shape] = list(axis.shapes())
    if drawing.mark is not None:
        x = axis.at(drawing.mark)
        shapes.append(Line(x, 18, x, axis.bottom, "drawing-pass"))
        shapes.append(Text(x, 12, drawing.mark_label, "middle", STRONG))
    y = top
    for row, high in zip(drawing.rows, tall, strict=True):
        shapes += _row(row, axis, y + 16)
        y += high
    return Canvas(axis.bottom + 24, shapes)


def _tall(row: ForestRow) -> float:
    said = wrapped(row.said, WIDTH - _LABELS - _AXIS - 20)
    label = wrapped(row.label, _LABELS - 12, 2)
    return max(len(said), len(label), 1) * LINE + 12


def _row(row: ForestRow, axis: Axis, y: float) -> list[Shape]:
    room = WIDTH - axis.right - 20
    shapes = lines(row.label, 0, y + 5, _LABELS - 12, look=STRONG, anchor="start", most=2)
    shapes += lines(row.said, axis.right + 20, y + 5, room, look="picture-text", anchor="start")
    if row.low is not None and row.high is not None:
        shapes.append(Line(axis.at(row.low), y, axis.at(row.high), y, "picture-range"))
    if row.value is not None:
        x = axis.at(row.value)
        shapes.append(Rect(x - _SIDE / 2, y - _SIDE / 2, _SIDE, _SIDE, "picture-mark"))
    return shapes
