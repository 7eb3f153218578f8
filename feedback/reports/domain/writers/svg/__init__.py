"""Drawings as pictures of a page: plain shapes with classes of the style sheet, in both themes.

Nothing in a picture is a style of its own or a script, so the strictest policy lets it through.
Drawings are laid out from left to right and mirrored for the other direction of writing.
"""

from __future__ import annotations

from functools import singledispatch

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cop_platform.common.reporting.drawings import (
    Bars,
    Columns,
    Drawing,
    Flow,
    Forest,
    HeatMap,
    ThemeMap,
    Timeline,
    Waterfall,
)
from feedback.reports.domain.writers.svg import counts, fields, lines
from feedback.reports.domain.writers.svg.marks import WIDTH, Canvas, markup
from feedback.reports.domain.writers.texts import writable


def draw(drawing: Drawing, *, alt: str, right_to_left: bool) -> SafeString:
    """The picture; `alt` says in words what it shows, with its values."""
    canvas = _canvas(drawing)
    return format_html(
        '<svg class="{}" role="img" aria-label="{}" width="{}" height="{}" '
        'viewBox="0 0 {} {}" direction="{}" focusable="false">{}</svg>',
        # A picture of the usual width shrinks a little with its page; a wider one is moved along.
        "drawing drawing-fits" if canvas.width <= WIDTH else "drawing",
        writable(alt),
        canvas.width,
        canvas.height,
        canvas.width,
        canvas.height,
        "rtl" if right_to_left else "ltr",
        markup(canvas, mirrored=right_to_left),
    )


@singledispatch
def _canvas(drawing: Drawing) -> Canvas:
    raise TypeError(type(drawing))


_canvas.register(Flow)(counts.flow)
_canvas.register(Bars)(counts.bars)
_canvas.register(Waterfall)(counts.waterfall)
_canvas.register(Columns)(counts.columns)
_canvas.register(HeatMap)(fields.heat_map)
_canvas.register(ThemeMap)(fields.theme_map)
_canvas.register(Timeline)(lines.timeline)
_canvas.register(Forest)(lines.forest)
