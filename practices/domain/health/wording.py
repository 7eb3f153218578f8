"""A figure as people read it: the value, of how many, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.domain.health.figure import LEAST, Figure, Indicator, Measure, Unit
from practices.enums import ValueCycle

# Smaller changes than these are told as none.
_STILL = {Unit.SHARE: 0.01, Unit.INDEX: 0.02, Unit.SCORE: 0.1}
_LEVELS = {
    "core": lambda n: ngettext("%(n)s core", "%(n)s core", n),
    "active": lambda n: ngettext("%(n)s active", "%(n)s active", n),
    "occasional": lambda n: ngettext("%(n)s occasional", "%(n)s occasional", n),
    "peripheral": lambda n: ngettext("%(n)s peripheral", "%(n)s peripheral", n),
}


@dataclass(frozen=True)
class Said:
    """A figure for the page; `value` is "" where nothing is shown, and `why` says why not."""

    indicator: Indicator
    value: str
    why: str
    n: str
    trend: str
    chance: str
    detail: str
    isolated: bool = False


def say(figure: Figure) -> Said:
    measure = figure.now
    return Said(
        indicator=figure.indicator,
        value=amount(figure.value, figure.indicator.unit),
        why=_why(measure),
        n=_of_how_many(figure),
        trend=_trend(figure),
        chance=_chance(figure),
        detail=_detail(figure),
    )


def amount(value: float | None, unit: Unit) -> str:
    """A value with its unit, "" for none."""
    if value is None:
        return ""
    if unit == Unit.SHARE:
        return _("{n} %").format(n=round(100 * value))
    if unit == Unit.HOURS:
        return _hours(value)
    if unit == Unit.DAYS:
        return ngettext("{n} day", "{n} days", round(value)).format(n=round(value))
    if unit == Unit.COUNT:
        return number_format(round(value))
    return number_format(value, 1 if unit == Unit.SCORE else 2)


def _hours(value: float) -> str:
    if value >= 48:
        return ngettext("{n} day", "{n} days", round(value / 24)).format(n=round(value / 24))
    return ngettext("{n} hour", "{n} hours", round(value)).format(n=round(value))


def _why(measure: Measure) -> str:
    if measure.is_hidden:
        return _("Fewer than {n}, so not shown").format(n=LEAST)
    return "" if measure.shown is not None else _("Nothing to count yet")


def _of_how_many(figure: Figure) -> str:
    if figure.now.n < LEAST:
        return ""
    counted = figure.indicator.counted
    return _("n = {n} {counted}").format(n=number_format(figure.now.n), counted=counted)


def _trend(figure: Figure) -> str:
    if figure.trend is None or figure.before is None:
        return ""
    then = amount(figure.before.shown, figure.indicator.unit)
    if figure.indicator.unit == Unit.SCORE:
        return _("{then} in the quarter before").format(then=then)
    if abs(figure.trend) < _STILL.get(figure.indicator.unit, 0.5):
        return _("As 90 days ago")
    if figure.trend > 0:
        return _("Up from {then} 90 days ago").format(then=then)
    return _("Down from {then} 90 days ago").format(then=then)


def _chance(figure: Figure) -> str:
    chance = figure.now.chance
    if chance is None or figure.value is None:
        return ""
    return _("By chance alone: {value}").format(value=amount(chance, figure.indicator.unit))


def _detail(figure: Figure) -> str:
    """What else the parts tell, where the figure is shown; small parts are gathered."""
    if figure.value is None:
        return ""
    parts = dict(figure.now.parts)
    if figure.indicator.key == "levels":
        return _levels(parts)
    if figure.indicator.key == "participation":
        n = parts["sessions"]
        return ngettext("over {n} session", "over {n} sessions", n).format(n=n)
    if figure.indicator.key == "value":
        return _cycles(parts)
    return ""


def _cycles(parts: dict[str, int]) -> str:
    """How many stories there are of each value cycle; those of few are gathered in the end."""
    told, few = [], []
    for cycle, n in parts.items():
        label = str(ValueCycle(cycle).label)
        if 0 < n < LEAST:
            few.append(label)
        else:
            told.append(_("{cycle}: {n}").format(cycle=label, n=n))
    if few:
        told.append(_("fewer than 5 of each: {cycles}").format(cycles=", ".join(few)))
    return "; ".join(told)


def _veiled(n: int) -> Any:
    return n if n == 0 or n >= LEAST else _("fewer than 5")


def _levels(parts: dict[str, int]) -> str:
    """How many stand on each level; of few it is told only that they are few."""
    said: list[Any] = []
    for name, words in _LEVELS.items():
        n = parts[name]
        said.append(words(n) % {"n": _veiled(n)})
    return ", ".join(said)
