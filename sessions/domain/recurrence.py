"""Rules of a series (RFC 5545 RRULE): wall time of one zone is expanded, then each date localised.

Expanding in UTC would move a meeting by an hour when the clocks change; 10:00 stays 10:00 here.
Pure functions, no database. Every refusal is one sentence for the person who typed the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import available_timezones

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import NoSuchTime, TwiceThatDay, to_utc, to_wall

LIMIT = 500
_YEARS = range(1900, 2101)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_ORDER = (
    "FREQ",
    "INTERVAL",
    "UNTIL",
    "COUNT",
    "BYMONTH",
    "BYMONTHDAY",
    "BYDAY",
    "BYSETPOS",
    "WKST",
)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# dateutil looks for a next date up to the year 9999: many seconds for a rule that never comes
# true. The calendar repeats every 400 years, weekdays included, and far ahead it stops soon.
_FAR_AHEAD = 19 * 400


class BadRule(NotPossible):
    """The rule, its start or its zone cannot make a series; the message says why."""


@dataclass(frozen=True)
class Occurrence:
    """One date of a series.

    `wall` is what the rule says, naive, in `zone`; `note` is "gap" when clocks skip that hour (it
    is read with the offset before the change, RFC 5545 3.3.5), "first" or "second" when they
    show it twice, None for an ordinary hour.
    """

    wall: datetime
    zone: str
    utc: datetime
    note: str | None


def expand(
    *,
    rule: str,
    start: datetime,
    zone: str,
    fold: int = 0,
    exdates: Iterable[str | date] = (),
) -> list[Occurrence]:
    """The dates of a rule from the naive wall time `start` in `zone`, in order.

    `fold` 0 or 1 takes the first or second of a doubled hour. `exdates` are left out: a wall time,
    a day or a UTC instant each, matched by instant. Raises BadRule.
    """
    known_zone(zone)
    parts = _parse(rule, start, zone)
    found = list(_dates(parts, start, zone, fold))
    if not found:
        raise BadRule(_("This rule gives no date at all."))
    left_out = [_exdate(value, zone, fold) for value in exdates]
    days = {value for value in left_out if not isinstance(value, datetime)}
    instants = {value for value in left_out if isinstance(value, datetime)}
    return [o for o in found if o.utc not in instants and o.wall.date() not in days]


def normalise(rule: str, *, start: datetime, zone: str) -> str:
    """The rule as it is stored and sent: known parts in a fixed order, UNTIL in UTC.

    Raises BadRule for what `expand` refuses.
    """
    expand(rule=rule, start=start, zone=zone)
    return written(_parse(rule, start, zone))


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a normalised rule by name."""
    return dict(part.split("=", 1) for part in rule.split(";"))


def written(parts: dict[str, str]) -> str:
    """The parts as one text, in the fixed order."""
    return ";".join(f"{name}={parts[name]}" for name in _ORDER if name in parts)


def localised(wall: datetime, zone: str, fold: int) -> Occurrence:
    """One wall time in its zone, with what the clocks do to it."""
    try:
        return Occurrence(wall, zone, to_utc(wall, zone), None)
    except NoSuchTime:
        return Occurrence(wall, zone, to_utc(wall, zone, fold=0), "gap")
    except TwiceThatDay:
        return Occurrence(wall, zone, to_utc(wall, zone, fold=fold), "second" if fold else "first")


def known_zone(zone: str) -> str:
    """The zone, if it is an IANA name. Raises BadRule, with the IANA name for a Windows one."""
    if zone in available_timezones():
        return zone
    olson = WINDOWS_TO_OLSON.get(zone)
    if olson:
        text = _("“%(zone)s” is a name Windows uses; write the time zone as %(olson)s.")
        raise BadRule(text % {"zone": zone, "olson": olson})
    text = _("The time zone “%(zone)s” is unknown; write it like Europe/Athens.")
    raise BadRule(text % {"zone": zone[:60]})


def parse_start(text: str) -> datetime:
    """A naive wall time such as 2026-10-12T10:00. Raises BadRule."""
    value = _moment(text)
    if value is None or not isinstance(value, datetime) or value.second or value.microsecond:
        raise BadRule(_("Write the start as a day and a time like 2026-10-12T10:00."))
    if value.tzinfo is not None:
        raise BadRule(_("Write the start without an offset; the time zone is given beside it."))
    return value


def _parse(rule: str, start: datetime, zone: str) -> dict[str, str]:
    """The checked parts of a rule; UNTIL is a UTC instant, parts that say nothing are gone."""
    text = rule.strip().upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for part in text.rstrip(";").split(";"):
        name, sign, value = part.partition("=")
        if not sign or not value or name in parts:
            raise BadRule(_("This is not a rule; write it like FREQ=WEEKLY;COUNT=4."))
        parts[name] = value
    _check_frequency(parts)
    for name, value in parts.items():
        _check_part(name, value, parts["FREQ"])
    _check_end(parts)
    if "UNTIL" in parts:
        until = _until(parts["UNTIL"], zone)
        if until < localised(start, zone, 0).utc:
            raise BadRule(_("The series ends before it begins."))
        parts["UNTIL"] = f"{until:%Y%m%dT%H%M%SZ}"
    if parts.get("INTERVAL", "").strip("0") == "1":
        del parts["INTERVAL"]
    return parts


def _check_frequency(parts: dict[str, str]) -> None:
    frequency = parts.get("FREQ", "")
    if frequency in _TOO_OFTEN:
        text = _("FREQ=%(frequency)s is too often for meetings; use DAILY, WEEKLY or MONTHLY.")
        raise BadRule(text % {"frequency": frequency})
    if frequency not in _FREQUENCIES:
        raise BadRule(_("Say how often: FREQ=DAILY, FREQ=WEEKLY or FREQ=MONTHLY."))


def _check_end(parts: dict[str, str]) -> None:
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRule(_("Give COUNT or UNTIL, not both."))
    if "COUNT" not in parts and "UNTIL" not in parts:
        raise BadRule(_("A series needs an end: give COUNT or UNTIL."))
    if int(parts.get("COUNT", 1)) > LIMIT:
        raise BadRule(_too_many())
    if "BYSETPOS" in parts and not any(n in parts for n in ("BYDAY", "BYMONTHDAY", "BYMONTH")):
        raise BadRule(_("BYSETPOS chooses among days; give BYDAY or BYMONTHDAY too."))


_NUMBERS = {
    "INTERVAL": (1, 999),
    "COUNT": (1, 99_999),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYSETPOS": (-366, 366),
}
_SINGLE = ("INTERVAL", "COUNT")
_DAY = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,5}", re.ASCII)


def _check_part(name: str, value: str, frequency: str) -> None:
    if name not in _ORDER:
        text = _("The part %(name)s of the rule is not supported.")
        raise BadRule(text % {"name": name[:40]})
    if name in _NUMBERS:
        fits = all(_fits(number, *_NUMBERS[name]) for number in value.split(","))
        fits = fits and not (name in _SINGLE and "," in value)
    elif name == "BYDAY":
        fits = all(_is_day(day, frequency) for day in value.split(","))
    else:
        fits = name != "WKST" or value in WEEKDAYS
    if name == "BYMONTHDAY" and frequency == "WEEKLY":
        fits = False
    if not fits:
        text = _("The value of %(name)s does not fit: %(value)s.")
        raise BadRule(text % {"name": name, "value": value[:60]})


def _fits(number: str, least: int, most: int) -> bool:
    return bool(_NUMBER.fullmatch(number)) and int(number) != 0 and least <= int(number) <= most


def _is_day(day: str, frequency: str) -> bool:
    match = _DAY.fullmatch(day)
    return match is not None and (not match[1] or frequency in {"MONTHLY", "YEARLY"})


def _until(text: str, zone: str) -> datetime:
    """UNTIL as an instant: aware, wall time of the zone, or a day that is still included."""
    value = _moment(text)
    if value is None:
        raise BadRule(_("The value of %(name)s does not fit: %(value)s.") % _named("UNTIL", text))
    if not isinstance(value, datetime):
        return to_utc(datetime.combine(value, time(23, 59, 59)), zone, fold=1)
    return _to_instant(value, zone, 1)


def _exdate(value: str | date, zone: str, fold: int) -> datetime | date:
    """What is left out: a day, or an instant."""
    moment = _moment(value) if isinstance(value, str) else value
    if moment is None:
        raise BadRule(
            _("The value of %(name)s does not fit: %(value)s.") % _named("EXDATE", str(value))
        )
    return _to_instant(moment, zone, fold) if isinstance(moment, datetime) else moment


def _named(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value[:60]}


def _to_instant(value: datetime, zone: str, fold: int) -> datetime:
    if value.tzinfo is not None:
        return value.astimezone(UTC)
    return localised(value, zone, fold).utc


def _moment(text: str) -> datetime | date | None:
    """A day or a moment out of ISO 8601, basic or extended; None for anything else."""
    text = text.strip().upper()
    try:
        value = date.fromisoformat(text) if "T" not in text else datetime.fromisoformat(text)
    except ValueError:
        return None
    return value if value.year in _YEARS else None


def _dates(parts: dict[str, str], start: datetime, zone: str, fold: int) -> Iterator[Occurrence]:
    """At most LIMIT occurrences, none after UNTIL. Raises BadRule when there are more."""
    if start.year not in _YEARS:
        raise BadRule(_("Choose a start between the years 1900 and 2100."))
    until = datetime.fromisoformat(parts["UNTIL"]) if "UNTIL" in parts else None
    plain = written({name: value for name, value in parts.items() if name != "UNTIL"})
    ahead = start.replace(year=start.year + _FAR_AHEAD)
    for number, wall in enumerate(rrulestr(plain, dtstart=ahead)):
        if wall.year - _FAR_AHEAD not in _YEARS:
            if until is None:
                raise BadRule(_("A series must end by the year 2100."))
            return
        occurrence = localised(wall.replace(year=wall.year - _FAR_AHEAD), zone, fold)
        if until is not None and occurrence.utc > until:
            return
        if number >= LIMIT:
            raise BadRule(_too_many())
        yield occurrence


def _too_many() -> str:
    return _("This rule gives more than %(limit)d dates; shorten it.") % {"limit": LIMIT}


def as_json(occurrence: Occurrence, zones: Iterable[str]) -> dict[str, object]:
    """An occurrence as scripts read it, with the wall time in each of `zones`."""
    return {
        "wall": f"{occurrence.wall:%Y-%m-%dT%H:%M}",
        "zone": occurrence.zone,
        "utc": f"{occurrence.utc:%Y-%m-%dT%H:%M:%SZ}",
        "shown": {zone: f"{to_wall(occurrence.utc, zone):%Y-%m-%dT%H:%M}" for zone in zones},
        "note": occurrence.note,
    }
