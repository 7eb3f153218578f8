"""Value: how far taking part went, as members tell it in their stories."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from practices.domain.health.facts import SPAN, Told
from practices.domain.health.figure import Measure
from practices.domain.stories import value_figures


def of(stories: Iterable[Told], on: date) -> Measure:
    """Stories that reached applied / all told within the 90 days up to a day.

    The parts are the stories of each cycle.
    """
    cycles = [(one.cycle, 0) for one in stories if on - SPAN < one.told_on <= on]
    value = value_figures.value(cycles)
    return Measure(value.share, value.told, value.reached, value.told, parts=value.by_cycle)
