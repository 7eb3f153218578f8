"""The rules of a time zone as VTIMEZONE (RFC 5545 3.6.5), for the days a calendar needs.

Each change of the clocks is an observance of its own. The library gathers them as one RDATE list,
of which ical.js (and Thunderbird with it) reads the first date alone: every later summer was an
hour off. It also writes a summer's onset by the new clock, where the standard asks for the old.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

# Nowhere do clocks change twice within this time.
_STEP = timedelta(days=5)
_EXACT = timedelta(seconds=1)


@lru_cache(maxsize=500)
def between(name: str, first: date, last: date) -> Timezone:
    """The rules of the zone `name` from a day to a day; kept, since finding them takes time."""
    zone = ZoneInfo(name)
    begin = datetime.combine(first, time.min, UTC)
    end = datetime.combine(last, time.min, UTC)
    rules = Timezone()
    rules.add("tzid", name)
    rules.add_component(_observance(zone, begin, _offset(zone, begin)))
    for change in _changes(zone, begin, end):
        rules.add_component(_observance(zone, change, _offset(zone, change - _EXACT)))
    return rules


def _observance(
    zone: ZoneInfo, onset: datetime, before: timedelta
) -> TimezoneStandard | TimezoneDaylight:
    local = onset.astimezone(zone)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", (onset + before).replace(tzinfo=None))
    observance.add("tzoffsetfrom", before)
    observance.add("tzoffsetto", _offset(zone, onset))
    observance.add("tzname", local.tzname())
    return observance


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The first instants of a new offset, found by halving the steps in which one happens."""
    at = begin
    while at < end:
        following = min(at + _STEP, end)
        if _offset(zone, at) != _offset(zone, following):
            low, high = at, following
            while high - low > _EXACT:
                middle = low + timedelta(seconds=(high - low) // _EXACT // 2)
                if _offset(zone, middle) == _offset(zone, at):
                    low = middle
                else:
                    high = middle
            yield high
        at = following
