"""What figures are made of: a number with its N, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

CONFIDENCE = 0.95

# One row per item, one column per expert; None is a missing cell or "not applicable".
Table = Sequence[Sequence[float | None]]


class Reason(StrEnum):
    """Why a figure cannot be computed."""

    NO_RATING = "no rating"
    ONE_EXPERT = "one expert"
    NO_ITEM = "no item"
    ONE_ITEM = "one item"
    NO_PAIR = "no item with two ratings"
    MISSING = "missing cells"
    NOT_TWO = "not two experts"
    ALL_EQUAL = "all ratings are equal"
    NO_VARIATION = "too little variation"
    TOO_SMALL = "panel too small"
    NEGATIVE = "negative numbers on a ratio level"
    MANY_VALUES = "too many different values"
    OTHER_SCALE = "another scale"


@dataclass(frozen=True)
class Figure:
    """A number with the N it rests on, or None and the reason."""

    value: float | None
    n: int
    reason: Reason | None = None


@dataclass(frozen=True)
class Interval:
    """The two ends of an interval with its N, or None twice and the reason."""

    low: float | None
    high: float | None
    n: int
    reason: Reason | None = None


def without(n: int, reason: Reason) -> Interval:
    """The interval that cannot be computed."""
    return Interval(None, None, n, reason)


class Level(StrEnum):
    """What the numbers of a scale mean: names, an order, equal steps, or steps and a true zero."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True)
class Scale:
    """The whole points from `low` to `high`; a rating may lie between two of them."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError("the scale ends before it begins")

    @property
    def relevant_from(self) -> int:
        """The lowest point above the middle of the scale: 3 of 1 to 4, 4 of 1 to 5, 6 of 1 to 9.

        The middle point of an odd scale says neither yes nor no, so it does not count as relevant.
        """
        return self.low + (self.high - self.low) // 2 + 1

    @property
    def points(self) -> range:
        """Every point of the scale."""
        return range(self.low, self.high + 1)

    def holds(self, rating: float) -> bool:
        """Whether a rating lies on the scale."""
        return self.low <= rating <= self.high

    def is_relevant(self, rating: float) -> bool:
        """Whether a rating says "relevant"."""
        return rating >= self.relevant_from


STANDARD = Scale(1, 4)
YES_NO = Scale(0, 1)
LOWEST, HIGHEST, RELEVANT = STANDARD.low, STANDARD.high, STANDARD.relevant_from
