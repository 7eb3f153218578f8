"""The days a report speaks about."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import FIRST_DAY, LAST_DAY, to_utc, to_wall
from experts.enums import Scope
from experts.models import CommunityOfPractice


class BadPeriod(NotPossible):
    """The days do not make a period."""


@dataclass(frozen=True)
class Period:
    """From the first moment of `start` to the last of `end`, by the country's clocks."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if min(self.start, self.end) < FIRST_DAY or max(self.start, self.end) > LAST_DAY:
            raise BadPeriod(_("Choose days between the years 2000 and 2100."))
        if self.end < self.start:
            raise BadPeriod(_("The period ends before it starts."))

    def bounds(self, zone: str) -> tuple[datetime, datetime]:
        """The two instants; what ended after the first and not after the second belongs to it.

        A session that ended at midnight sharp so belongs to the day before, and every session
        belongs to exactly one of two periods that follow each other.
        """
        return _midnight(self.start, zone), _midnight(self.end + timedelta(days=1), zone)


def _midnight(day: date, zone: str) -> datetime:
    return to_utc(datetime.combine(day, time.min), zone, fold=0)


def chosen(*, start: date | None, end: date | None, zone: str, at: datetime) -> Period:
    """The period asked for; where a day is left out: since the project began, to yesterday.

    Raises BadPeriod where the days do not fit.
    """
    project = CommunityOfPractice.objects.filter(scope=Scope.PROJECT).first()
    if start is None and project is None:
        raise BadPeriod(_("The project has no start yet; give the first day of the period."))
    first = start or project.started_on  # type: ignore[union-attr]  # one of them is there
    last = end or to_wall(at, zone).date() - timedelta(days=1)
    if end is None and start is None:
        last = max(first, last)
    return Period(first, last)


def year(day: date) -> Period:
    """The whole year of a day: its report stays one and the same until a row is added."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})|-?Q(?P<quarter>[1-4]))?", re.IGNORECASE)


def written(text: str) -> Period:
    """A period as it is typed: 2026, 2026-03, 2026Q1, or FIRST..LAST as days. Raises BadPeriod."""
    first, dots, last = text.strip().partition("..")
    try:
        if dots:
            return Period(date.fromisoformat(first), date.fromisoformat(last))
        found = _WRITTEN.fullmatch(first)
        if found is None:
            raise ValueError
        return _of_year(int(found["year"]), *_months(found["month"], found["quarter"]))
    except ValueError as error:
        raise BadPeriod(
            _("Write the period like 2026, 2026-03, 2026Q1 or 2026-01-01..2026-06-30.")
        ) from error


def _months(month: str | None, quarter: str | None) -> tuple[int, int]:
    if month:
        return int(month), int(month)
    return (int(quarter) * 3 - 2, int(quarter) * 3) if quarter else (1, 12)


def _of_year(number: int, first: int, last: int) -> Period:
    return Period(date(number, first, 1), date(number, last, monthrange(number, last)[1]))
