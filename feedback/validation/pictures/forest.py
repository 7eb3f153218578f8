"""One item in several panels: each share with its interval, as a forest plot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feedback.validation import figures
from feedback.validation.pictures.shapes import Axis, Line, Picture, Rect, Shape, Text

_LABELS, _WIDE, _COUNTS, _LINE, _TOP, _BELOW = 190, 300, 90, 30, 8, 26
_SMALL, _LARGE = 6.0, 16.0


@dataclass(frozen=True)
class Panel:
    """A panel of N experts of whom A found the item relevant; at least one."""

    name: str
    relevant: int
    n: int


def draw(key: str, code: str, text: str, panels: Sequence[Panel]) -> Picture:
    """The forest plot of one item; the last panel may be all of them together."""
    bottom = _TOP + _LINE * len(panels)
    axis = Axis(_LABELS, _LABELS + _WIDE, _TOP, bottom)
    most = max((panel.n for panel in panels), default=1)
    shapes: list[Shape] = list(axis.shapes())
    for line, panel in enumerate(panels):
        shapes += _panel(axis, panel, _TOP + line * _LINE + _LINE / 2, most)
    return Picture(
        key=key,
        title=_("%(code)s: %(text)s") % {"code": code, "text": text},
        sentence=_(
            "Each square is the share of a panel's experts, in percent, who find %(code)s "
            "relevant, larger for more experts; the line is its 95 %% interval. Lines that overlap "
            "widely are no difference that these panels could show."
        )
        % {"code": code},
        width=_LABELS + _WIDE + _COUNTS,
        height=bottom + _BELOW,
        shapes=tuple(shapes),
        head=(_("Panel"), _("Relevant"), _("I-CVI"), _("95 % interval")),
        rows=tuple(_row(panel) for panel in panels),
    )


def _panel(axis: Axis, panel: Panel, y: float, most: int) -> list[Shape]:
    low, high = _ends(panel)
    side = _SMALL + (_LARGE - _SMALL) * math.sqrt(panel.n / most)
    x = axis.at(panel.relevant / panel.n)
    count = _("%(relevant)d of %(n)d") % {"relevant": panel.relevant, "n": panel.n}
    return [
        Text(0, y + 5, panel.name),
        Line(axis.at(low), y, axis.at(high), y, "picture-range"),
        Line(axis.at(low), y - 4, axis.at(low), y + 4, "picture-range"),
        Line(axis.at(high), y - 4, axis.at(high), y + 4, "picture-range"),
        Rect(round(x - side / 2, 2), y - side / 2, side, side, "picture-mark"),
        Text(axis.right + 14, y + 5, count),
    ]


def _row(panel: Panel) -> tuple[str, str, str, str]:
    low, high = _ends(panel)
    return (
        panel.name,
        _("%(relevant)d of %(n)d") % {"relevant": panel.relevant, "n": panel.n},
        f"{panel.relevant / panel.n:.2f}",
        _("%(low)s to %(high)s") % {"low": f"{low:.2f}", "high": f"{high:.2f}"},
    )


def _ends(panel: Panel) -> tuple[float, float]:
    found = figures.wilson(panel.relevant, panel.n)
    return found.low or 0.0, found.high or 0.0
