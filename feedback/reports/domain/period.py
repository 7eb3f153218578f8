"""The days a report speaks about."""

from __future__ import annotations

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
