"""The same criteria in two rounds: where a material stood, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feedback.validation.pictures.shapes import Axis, Circle, Line, Picture, Rect, Shape, Text

_LABELS, _WIDE, _COUNTS, _LINE, _TOP, _BELOW = 56, 380, 150, 28, 8, 26
_RADIUS = 6.0


@dataclass(frozen=True)
class Pair:
    """A criterion with (A, N) of the round before and of this one, at least one expert each."""

    code: str
    text: str
    before: tuple[int, int]
    after: tuple[int, int]


def draw(pairs: Sequence[Pair], before: str, after: str) -> Picture:
    """The picture; `before` and `after` name the two versions."""
    bottom = _TOP + _LINE * len(pairs)
    axis = Axis(_LABELS, _LABELS + _WIDE, _TOP, bottom)
    shapes: list[Shape] = list(axis.shapes())
    for line, pair in enumerate(pairs):
        shapes += _pair(axis, pair, _TOP + line * _LINE + _LINE / 2)
    return Picture(
        key="before-after",
        title=_("Before and after"),
        sentence=_(
            "The ring is the share of experts, in percent, who found a criterion relevant in "
            "%(before)s, the square the same in %(after)s; the line between them is the change. "
            "With few experts a change of one voice moves a mark far."
        )
        % {"before": before, "after": after},
        width=_LABELS + _WIDE + _COUNTS,
        height=bottom + _BELOW,
        shapes=tuple(shapes),
        head=(_("Criterion"), before, after),
        rows=tuple((f"{p.code} {p.text}", _of(p.before), _of(p.after)) for p in pairs),
    )


def _pair(axis: Axis, pair: Pair, y: float) -> list[Shape]:
    old, new = (axis.at(a / n) for a, n in (pair.before, pair.after))
    side = 2 * _RADIUS - 2
    words = _("%(before)s, then %(after)s") % {"before": _of(pair.before), "after": _of(pair.after)}
    return [
        Text(0, y + 5, pair.code),
        Line(old, y, new, y, "picture-range"),
        Circle(old, y, _RADIUS, "picture-ring"),
        Rect(round(new - side / 2, 2), y - side / 2, side, side, "picture-mark"),
        Text(axis.right + 14, y + 5, words),
    ]


def _of(panel: tuple[int, int]) -> str:
    return _("%(relevant)d of %(n)d") % {"relevant": panel[0], "n": panel[1]}
