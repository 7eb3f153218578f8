"""Calendar text from outside, read so that nothing in it can surprise us.

The rules of zones that a file brings along are left unread: the library would remember them under
their name for every later file, and a rule can be written that never ends. A zone counts by its
name alone, as IANA or Windows spell it; any other name leaves the time unknown, and we ask.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Component, Event, vBroken

from cop_platform.common.refusals import NotPossible
from cop_platform.common.text import UnusableText, tidy
from cop_platform.common.times import FIRST_DAY, LAST_DAY

MAX_CHARACTERS = 1_000_000
MAX_EVENTS = 1_000
_FOLD = re.compile(r"\r?\n[ \t]")
_ZONE_RULES = re.compile(
    r"^BEGIN:VTIMEZONE[ \t]*$.*?^END:VTIMEZONE[ \t]*$\n?",
    flags=re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


class Unreadable(NotPossible):
    """The text, or a part of it, cannot be used; the message says why."""


def read(text: str) -> list[Component]:
    """The calendars of a text (or its bare events). Raises Unreadable."""
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(_("The calendar text is too long."))
    plain = text.replace("\x00", "").lstrip("\ufeff").replace("\r\n", "\n")
    plain = _ZONE_RULES.sub("", _FOLD.sub("", plain))
    try:
        found: list[Component] = Component.from_ical(plain, multiple=True)
    except Exception as error:  # the library raises many kinds on broken text
        raise Unreadable(_("This is not calendar text that can be read.")) from error
    if not found:
        raise Unreadable(_("This is not calendar text that can be read."))
    return found


def events(calendars: list[Component]) -> list[Event]:
    """All events in order. Raises Unreadable when there are none or far too many."""
    found: list[Any] = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not found:
        raise Unreadable(_("There is no event in this calendar text."))
    if len(found) > MAX_EVENTS:
        raise Unreadable(
            _("There are more than %(limit)d events in this calendar text.") % {"limit": MAX_EVENTS}
        )
    return found


def line(component: Component, name: str, limit: int = 300) -> str:
    """A property as one line of text; empty when it is missing, doubled or unusable."""
    value = component.get(name)
    if value is None or isinstance(value, list):
        return ""
    try:
        return tidy(str(value), multiline=False)[:limit].strip()
    except UnusableText:
        return ""


def number(component: Component, name: str) -> int:
    """A whole number from 0, which is also what stands for a missing or broken one."""
    text = line(component, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def address(value: object) -> str:
    """The bare address of a calendar user, in lower case."""
    text = str(value).strip()
    return text[7:].strip().lower() if text.lower().startswith("mailto:") else text.lower()


def stamp(component: Component, at: datetime) -> datetime:
    """DTSTAMP, but never later than `at`: a clock that runs ahead must not win for ever."""
    try:
        moment = time_of(component, "DTSTAMP")
    except Unreadable:
        return at
    return min(moment, at) if isinstance(moment, datetime) else at


def inside(value: Any, name: str) -> Any:
    """What a property's value holds under `name`; None where the library could not read it."""
    return None if isinstance(value, vBroken) else getattr(value, name, None)


def time_of(component: Component, name: str) -> datetime | date:
    """A time with its zone, or a date. Raises Unreadable for a missing or floating one."""
    value = component.get(name)
    moment = inside(value, "dt")
    if not isinstance(moment, date):
        raise Unreadable(_("It has no time that can be read."))
    if not FIRST_DAY < (moment.date() if isinstance(moment, datetime) else moment) < LAST_DAY:
        raise Unreadable(_("Its time lies outside the years 2000 to 2100."))
    if isinstance(moment, datetime) and moment.tzinfo is None:
        raise Unreadable(_no_zone(value))
    return moment


def _no_zone(value: Any) -> str:
    name = str(value.params.get("TZID", ""))[:60]
    if name:
        return _("Its time zone “%(zone)s” is not known. Ask for the time and zone.") % {
            "zone": name
        }
    return _("Its time names no time zone. Ask which one is meant.")


def zone_of(moment: datetime) -> str:
    """The IANA name of a time's zone, UTC for a time in UTC."""
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else "UTC"


def span(component: Component) -> tuple[datetime, datetime]:
    """Start and end of an event with hours. Raises Unreadable."""
    start = time_of(component, "DTSTART")
    if not isinstance(start, datetime):
        raise Unreadable(_("It lasts whole days and has no hour."))
    if "DTEND" in component:
        end = time_of(component, "DTEND")
    else:
        length = inside(component.get("DURATION"), "dt")
        if not isinstance(length, timedelta) or abs(length) > timedelta(days=400):
            raise Unreadable(_("It has no end."))
        end = start.astimezone(UTC) + length
    if not isinstance(end, datetime):
        raise Unreadable(_("It has no end."))
    if end <= start:
        raise Unreadable(_("It ends before it starts."))
    return start, end
