"""Responsiveness: how long somebody with a question waits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

from practices.domain.health.figure import NOTHING, Measure

LONG = timedelta(days=7)
# A question: when it could be read, when the first answer came, when it was closed.
Asked = tuple[datetime, datetime | None, datetime | None]


def hours(questions: Iterable[Asked]) -> list[float]:
    """The waiting times to the first answer, shortest first; without those not answered."""
    return sorted((first - asked).total_seconds() / 3600 for asked, first, _c in questions if first)


def middle(questions: Iterable[Asked]) -> Measure:
    """The median of the hours to the first answer."""
    found = hours(questions)
    return Measure(median(found), len(found)) if found else NOTHING


def slowest(questions: Iterable[Asked]) -> Measure:
    """P90: nine of ten answers came within so many hours (nearest rank)."""
    found = hours(questions)
    return Measure(_ninetieth(found), len(found)) if found else NOTHING


def _ninetieth(found: Sequence[float]) -> float:
    return found[math.ceil(0.9 * len(found)) - 1]


def waiting(questions: Iterable[Asked], at: datetime) -> Measure:
    """How many are open for more than seven days, of all that were asked."""
    asked = list(questions)
    late = sum(1 for since, first, over in asked if not first and not over and at - since > LONG)
    return Measure(late, len(asked), late, len(asked))
