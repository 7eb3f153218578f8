"""Idea to action: is something done with what people suggest, and are they answered?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from practices.domain.health.figure import Measure, share

AGE = timedelta(days=60)
OWED = timedelta(days=30)


@dataclass(frozen=True)
class Suggested:
    """An idea: its country, its days; `acted_on` is the first test or its action's end."""

    country_id: int | None
    added_on: date
    answered_on: date | None = None
    acted_on: date | None = None


def acted(ideas: Iterable[Suggested], on: date) -> Measure:
    """Ideas older than 60 days with a done action or an experiment / all such, as of a day."""
    old = [idea for idea in ideas if idea.added_on < on - AGE]
    return share(sum(1 for idea in old if idea.acted_on and idea.acted_on <= on), len(old))


def answered(ideas: Iterable[Suggested], on: date) -> Measure:
    """Ideas answered within 30 days / all that are older, as of a day."""
    old = [idea for idea in ideas if idea.added_on < on - OWED]
    return share(sum(1 for idea in old if _in_time(idea)), len(old))


def _in_time(idea: Suggested) -> bool:
    return idea.answered_on is not None and idea.answered_on - idea.added_on <= OWED
