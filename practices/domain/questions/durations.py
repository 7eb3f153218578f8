"""The clock to the first answer: how long it took, in words, and over all questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Aggregate, Count, DurationField, F
from django.utils.translation import ngettext

from cop_platform.common.prepared import Prepared, Slot, counts
from experts.models import Person
from practices.models import Question

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


class _Percentile(Aggregate):
    """A value of a column by its rank; without any value it is none."""

    template = "%(function)s(%(rank)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


_TOOK = F("first_answer_at") - F("checked_at")
_WAITING = Prepared(
    lambda: counts(
        Question.objects.read_by(Slot("member")).filter(
            first_answer_at__isnull=False, checked_at__isnull=False
        ),
        median=_Percentile(_TOOK, function="percentile_cont", rank="0.5"),
        p90=_Percentile(_TOOK, function="percentile_disc", rank="0.9"),
        n=Count("pk"),
    )
)


def over_all(member: Person) -> Waiting | None:
    """Of the questions this member reads that have a first answer; None where none has one.

    The median lies between the two in the middle where their number is even; the ninetieth
    percentile is a time itself, by the nearest rank. One query.
    """
    [(median, p90, n)] = _WAITING.all(member=member.pk)
    return Waiting(median, p90, n) if n else None


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
