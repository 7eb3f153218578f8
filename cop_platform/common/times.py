"""Time: stored as wall time + IANA zone + derived UTC instant, and said by one renderer.

Durations are minutes and are always added in UTC. The database of zones is the installed tzdata.
"""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from tzdata import IANA_VERSION

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)


class NoSuchTime(ValueError):
    """The clocks of that zone skip this wall time (the night the clock goes forward)."""


class TwiceThatDay(ValueError):
    """The clocks of that zone show this wall time twice (the night the clock goes back)."""


def hours(minutes: int) -> str:
    """Minutes as hours with at most two places: 90 is 1.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


@cache
def zone_names() -> tuple[str, ...]:
    """The zones a person may choose: the geographic IANA names, sorted."""
    areas = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/")
    names = {name for name in available_timezones() if name.startswith((*areas, "Pacific/"))}
    return tuple(sorted(names | {"UTC"}))


@cache
def zone_data_version() -> str:
    """The version of the zone database in use, as "2026f"; a running process never changes it."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "tzdata.zi").is_file():
            with (folder / "tzdata.zi").open() as rules:
                # Its first line reads "# version 2026f".
                return rules.readline().split()[-1][:20]
        if (folder / "UTC").is_file():
            break
    return IANA_VERSION


def to_utc(wall: datetime, zone: str, *, fold: int | None = None) -> datetime:
    """The UTC instant of a naive wall time in `zone`.

    `fold` 0 or 1 chooses the first or second of a doubled hour; in a skipped hour 0 reads the
    clock as before the change (02:30 becomes 03:30), as RFC 5545 3.3.5 asks.
    Raises NoSuchTime or TwiceThatDay when `fold` is None and the wall time is not unique.
    """
    tz = ZoneInfo(zone)
    first = wall.replace(tzinfo=tz, fold=0)
    second = wall.replace(tzinfo=tz, fold=1)
    if fold is None and first.utcoffset() != second.utcoffset():
        exists = first.astimezone(UTC).astimezone(tz).replace(tzinfo=None) == wall
        raise (TwiceThatDay if exists else NoSuchTime)(wall, zone)
    return (second if fold else first).astimezone(UTC)


def to_wall(instant: datetime, zone: str) -> datetime:
    """The naive wall time that clocks in `zone` show at a UTC instant."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def wall_before(wall: datetime, zone: str, *, days: int) -> datetime:
    """The UTC instant `days` earlier by the wall clock: the same hour, whatever the clocks did."""
    return to_utc(wall - timedelta(days=days), zone, fold=0)


def validate_zone(value: str) -> None:
    """Raises ValidationError when the zone is not one of the IANA names offered."""
    if value not in zone_names():
        raise ValidationError(_("Choose a time zone from the list."), code="zone")


def validate_day(value: date) -> None:
    """Raises ValidationError for days outside 2000 to 2100, which no calendar can show."""
    day = value.date() if isinstance(value, datetime) else value
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Choose a day between the years 2000 and 2100."), code="day")


# Cities of the partner countries, which other languages call by other names.
_CITIES = {
    "Athens": pgettext_lazy("city", "Athens"),
    "Berlin": pgettext_lazy("city", "Berlin"),
    "Brussels": pgettext_lazy("city", "Brussels"),
    "Lisbon": pgettext_lazy("city", "Lisbon"),
    "Madrid": pgettext_lazy("city", "Madrid"),
    "Rome": pgettext_lazy("city", "Rome"),
    "Sofia": pgettext_lazy("city", "Sofia"),
    "Stockholm": pgettext_lazy("city", "Stockholm"),
}


def city(zone: str) -> str:
    """The part of a zone's name that people recognise: Europe/Athens -> Athens."""
    return _said_city(zone, translation.get_language())


@lru_cache(maxsize=2000)
def _said_city(zone: str, _language: str | None) -> str:
    name = zone.rsplit("/", 1)[-1].replace("_", " ")
    return str(_CITIES.get(name, name))


def say_day(wall: datetime | date) -> str:
    """A day as people say it, in the active language: Thu 26 Nov 2026."""
    day = wall.date() if isinstance(wall, datetime) else wall
    return _said_day(day, translation.get_language())


# Django writes days and months of these languages as at the head of a calendar: with a capital.
_SMALL = {"bg", "it"}


@lru_cache(maxsize=2000)
def _said_day(day: date, language: str | None) -> str:
    # A list says the same few days again and again.
    said = formats.date_format(day, pgettext("day as Django's date filter writes it", "D j M Y"))
    return said.lower() if language in _SMALL else said


def say_clock(wall: datetime) -> str:
    """An hour as people read it: 10:00."""
    return f"{wall:%H:%M}"


def say_distance(instant: datetime, at: datetime, zone: str) -> str:
    """How far away an instant is, counted in calendar days of the reader's zone."""
    return say_days(_days_apart(instant, at, zone))


@lru_cache(maxsize=2000)
def _days_apart(instant: datetime, at: datetime, zone: str) -> int:
    # Ten thousand reminders of one minute ask for the same few.
    return (to_wall(instant, zone).date() - to_wall(at, zone).date()).days


def say_days(days: int) -> str:
    """So many days from today, in words; fewer than none are past."""
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}


@dataclass(frozen=True)
class When:
    """One moment as a reader meets it everywhere: page, mail, calendar text and document.

    With a `last_day` (in `zone`) it is several days, each of so many minutes from the same hour.
    """

    starts_at: datetime
    minutes: int
    zone: str
    reader_zone: str
    last_day: date | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @cached_property
    def wall(self) -> datetime:
        """Naive start in the reader's zone."""
        return to_wall(self.starts_at, self.reader_zone)

    @cached_property
    def wall_end(self) -> datetime:
        """Naive end in the reader's zone."""
        return to_wall(self.ends_at, self.reader_zone)

    @property
    def same_clock(self) -> bool:
        return self.wall == to_wall(self.starts_at, self.zone)

    @property
    def _further_days(self) -> timedelta:
        first = to_wall(self.starts_at, self.zone).date()
        return (self.last_day - first) if self.last_day else timedelta()

    def reader_line(self) -> str:
        """The reader's own time: Thu 26 Nov 2026, 10:00-11:30."""
        return self._line(self.reader_zone)

    def zone_line(self) -> str:
        """The session's own time with its city: 11:00-12:30 Athens."""
        line = self._line(self.zone)
        return _("%(time)s %(city)s time") % {"time": line, "city": city(self.zone)}

    def full_line(self) -> str:
        """Both, the reader's first; one alone where both clocks agree."""
        if self.same_clock:
            return self.zone_line()
        return _("%(yours)s your time (%(theirs)s)") % {
            "yours": self.reader_line(),
            "theirs": self.zone_line(),
        }

    def _line(self, zone: str) -> str:
        start, end = to_wall(self.starts_at, zone), to_wall(self.ends_at, zone)
        last = start.date() + self._further_days if self.last_day else None
        return _said_hours(start, end, last, translation.get_language())


@lru_cache(maxsize=4000)
def _said_hours(start: datetime, end: datetime, last: date | None, _language: str | None) -> str:
    """The hours of a day, or of each day until `last`; lists say the same ones again and again."""
    if last:
        return _("%(first)s to %(last)s, each day %(start)s–%(end)s") % {  # noqa: RUF001
            "first": say_day(start),
            "last": say_day(last),
            "start": say_clock(start),
            "end": say_clock(end),
        }
    finish = say_clock(end) if end.date() == start.date() else _clock_and_day(end)
    return _("%(day)s, %(start)s–%(end)s") % {  # noqa: RUF001 a range
        "day": say_day(start),
        "start": say_clock(start),
        "end": finish,
    }


def _clock_and_day(wall: datetime) -> str:
    return f"{say_clock(wall)} ({say_day(wall)})"
