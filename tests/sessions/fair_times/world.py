"""Small worlds and words the tests beside this file share."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from cop_platform.common.times import to_utc
from sessions.domain import fair_times
from sessions.domain.fair_times import Facts, Search

# 2027-03-08 is a Monday; nothing religious or public falls into that week.
MONDAY = date(2027, 3, 8)


LONG_AGO = datetime(2027, 1, 1, tzinfo=UTC)


ATHENS, LISBON = "Europe/Athens", "Europe/Lisbon"


def search(**more) -> Search:
    values = {"first_day": MONDAY, "weeks": 1, "zone": ATHENS, "minutes": 90, "at": LONG_AGO}
    return Search(**values | more)


def at(hour: int, minute: int = 0, *, day: int = 0, zone: str = ATHENS) -> datetime:
    return to_utc(datetime.combine(MONDAY + timedelta(days=day), time(hour, minute)), zone, fold=0)


def slot(facts: Facts, start: datetime, **more) -> fair_times.FairTime:
    return next(s for s in fair_times.rank(search(**more), facts) if s.starts_at == start)
