"""The clock to the first answer: how long it took, in words, and over all questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median

from django.db.models import F
from django.utils.translation import ngettext

from practices.querysets import QuestionQuerySet

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """The middle of the times to a first answer, the time nine of ten took at most, and of how
    many questions.
    """

    median: timedelta
    p90: timedelta
    n: int


def waiting(times: Sequence[timedelta]) -> Waiting | None:
    """None without any; the ninetieth percentile is the time itself (nearest rank)."""
    if not times:
        return None
    ordered = sorted(times)
    place = ceil(0.9 * len(ordered)) - 1
    middle = median(time.total_seconds() for time in ordered)
    return Waiting(timedelta(seconds=middle), ordered[place], len(ordered))


def of(questions: QuestionQuerySet) -> Waiting | None:
    """Over those that have a first answer, one query; those without one are not in it."""
    answered = questions.filter(first_answer_at__isnull=False, checked_at__isnull=False)
    took = answered.order_by().values_list(F("first_answer_at") - F("checked_at"), flat=True)
    return waiting(list(took))


def said(time: timedelta) -> str:
    """As people say it: 40 minutes, 5 hours, 3 days; rounded, never nothing."""
    if time < HOUR:
        minutes = max(1, round(time.total_seconds() / 60))
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if time < 2 * DAY:
        hours = round(time / HOUR)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = round(time / DAY)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
