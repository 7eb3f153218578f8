"""What a figure about a community is: plain numbers, with all that is needed to read them.

Nobody is ranked and nobody named: a figure of fewer than five is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LEAST = 5


class Unit(StrEnum):
    """How a value is said."""

    SHARE = "share"
    INDEX = "index"
    HOURS = "hours"
    DAYS = "days"
    PEOPLE = "people"
    COUNT = "count"
    SCORE = "score"


@dataclass(frozen=True)
class Measure:
    """What was counted in one span.

    `value` is None where nothing could be counted. `n` says of how many it was counted; `chance` is
    the value that ties without any preference would have; `parts` are named counts of the whole.
    """

    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None
    chance: float | None = None
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Of somebody, but of too few."""
        return 0 < self.n < LEAST

    @property
    def shown(self) -> float | None:
        return None if self.n < LEAST else self.value


NOTHING = Measure(None, 0)


def share(numerator: float, denominator: int) -> Measure:
    """A part of a whole, between 0 and 1; the whole is the n."""
    value = numerator / denominator if denominator else None
    return Measure(value, denominator, numerator, denominator)


@dataclass(frozen=True)
class Indicator:
    """What a figure means: texts are lazy, `counted` names what n counts."""

    key: str
    label: Any
    meaning: Any
    formula: Any
    source: Any
    unit: Unit
    counted: Any
    on_country: bool = True


@dataclass(frozen=True)
class Figure:
    """An indicator with its measure now and as of ninety days before."""

    indicator: Indicator
    now: Measure
    before: Measure | None = None

    @property
    def value(self) -> float | None:
        """None where it is hidden or nothing was counted."""
        return self.now.shown

    @property
    def trend(self) -> float | None:
        """By how much it changed; None where one of the two is not shown."""
        if self.before is None or self.value is None or self.before.shown is None:
            return None
        return self.value - self.before.shown
