"""Repetition rules of foreign calendars, expanded by the wall clock of the event's own zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from icalendar import Event

from cop_platform.common.times import LAST_DAY
from sessions.domain import calendar_reading as reading

_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_LONGEST_INTERVAL = 1000
# A rule that never fits a day must come to an end as well.
_YEARS = 30


def expand(event: Event, start: datetime, *, limit: int) -> list[datetime]:
    """The UTC instants of an event, in order; its start alone without a rule.

    Raises Unreadable for a rule that is too dense, too long, broken, or gives nothing.
    """
    walls = _rule_walls(event, start, limit) if "RRULE" in event else [start.replace(tzinfo=None)]
    found = {wall.replace(tzinfo=start.tzinfo).astimezone(UTC) for wall in walls}
    found |= set(_moments(event, "RDATE", start))
    found -= set(_moments(event, "EXDATE", start))
    if not found:
        raise reading.Unreadable(_("Its rule gives no date."))
    if len(found) > limit:
        raise _too_many(limit)
    return sorted(found)


def _too_many(limit: int) -> reading.Unreadable:
    return reading.Unreadable(_("Its rule gives more than %(limit)d dates.") % {"limit": limit})


def _rule_walls(event: Event, start: datetime, limit: int) -> list[datetime]:
    rule: Any = event["RRULE"]
    try:
        if isinstance(rule, list):
            raise ValueError
        parts = {str(name).upper(): value for name, value in rule.items()}
        frequency = str(_one(parts["FREQ"])).upper()
    except (AttributeError, KeyError, ValueError) as error:
        raise reading.Unreadable(_("Its rule cannot be read.")) from error
    if frequency not in _FREQUENCIES:
        raise reading.Unreadable(_("It repeats more than once a day."))
    try:
        walls = _walls(rule, parts, start.replace(tzinfo=None), start, limit)
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        raise reading.Unreadable(_("Its rule cannot be read.")) from error
    if len(walls) > limit:
        raise _too_many(limit)
    return walls


def _one(value: Any) -> Any:
    """The only value of a rule's part. Raises ValueError for several."""
    values = value if isinstance(value, list) else [value]
    (only,) = values
    return only


def _walls(
    rule: Any, parts: dict[str, Any], first: datetime, start: datetime, limit: int
) -> list[datetime]:
    """Up to `limit` + 1 wall times. COUNT and UNTIL are applied here, by the wall clock."""
    interval = int(_one(parts.get("INTERVAL", 1)))
    if not 1 <= interval <= _LONGEST_INTERVAL:
        raise ValueError
    wanted = min(int(_one(parts["COUNT"])), limit + 1) if "COUNT" in parts else limit + 1
    kept = [
        part
        for part in rule.to_ical().decode().split(";")
        if part.partition("=")[0].upper() not in {"COUNT", "UNTIL"}
    ]
    end = min(_until(parts, start), first + timedelta(days=366 * _YEARS))
    expanded: Any = rrulestr(";".join(kept), dtstart=first)
    return list(islice(expanded.replace(until=end), max(wanted, 0)))


def _until(parts: dict[str, Any], start: datetime) -> datetime:
    """The last wall time a rule may give; an UNTIL without Z is meant in the event's own zone."""
    last = datetime.combine(LAST_DAY, time.min)
    if "UNTIL" not in parts:
        return last
    until = _one(parts["UNTIL"])
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    if until.tzinfo is None:
        return until
    return until.astimezone(start.tzinfo).replace(tzinfo=None)


def _moments(event: Event, name: str, start: datetime) -> Iterator[datetime]:
    """Instants of EXDATE or RDATE; one without a zone is meant in the event's own."""
    values: Any = event.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        entries = reading.inside(value, "dts")
        if entries is None:
            raise reading.Unreadable(_("Its rule cannot be read."))
        for entry in entries:
            moment = entry.dt[0] if isinstance(entry.dt, tuple) else entry.dt
            yield _instant(moment, start)


def _instant(moment: date, start: datetime) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, start.time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=start.tzinfo)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise reading.Unreadable(_("Its time lies outside the years 2000 to 2100.")) from error


def by_place(changes: list[Event]) -> dict[datetime, Event]:
    """Changed dates by the instant they had before. Raises Unreadable."""
    found = {}
    for change in changes:
        place = reading.time_of(change, "RECURRENCE-ID")
        if isinstance(place, datetime):
            found[place.astimezone(UTC)] = change
    return found
