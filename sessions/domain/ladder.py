"""Offsets of reminders: before a session by the wall clock or to the minute, and after it.

An offset, or rung, is a sign, a number and a unit: "-14d" is fourteen days before at the same hour
of the clock on the wall, "-1h" is sixty minutes before, "+1d" is the day after its end, at the
hour it began.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_utc, to_wall, wall_before

_RUNG = re.compile(r"([+-])([1-9]\d{0,2})([dh])", re.ASCII)
MAX_DAYS, MAX_HOURS = 90, 72


class UnknownRung(NotPossible):
    """An offset that cannot be read, or one that is too far away."""


def parts(rung: str) -> tuple[str, int, str]:
    """Sign, number and unit of an offset. Raises UnknownRung."""
    match = _RUNG.fullmatch(rung)
    if match is None:
        raise UnknownRung(_("Write how many days or hours, as a whole number from 1."))
    sign, number, unit = match[1], int(match[2]), match[3]
    if number > (MAX_DAYS if unit == "d" else MAX_HOURS):
        raise UnknownRung(
            _("A reminder comes at most %(days)d days or %(hours)d hours away from the session.")
            % {"days": MAX_DAYS, "hours": MAX_HOURS}
        )
    return sign, number, unit


def is_after(rung: str) -> bool:
    """Whether it lies after the session."""
    return rung.startswith("+")


def due(
    rung: str, *, wall_start: datetime, zone: str, starts_at: datetime, ends_at: datetime
) -> datetime:
    """The UTC instant of an offset.

    `wall_start` is naive in `zone`; `starts_at` and `ends_at` are UTC. Days keep the hour of the
    wall whatever the clocks did in between, hours are exact. Raises UnknownRung.
    """
    sign, number, unit = parts(rung)
    if sign == "-":
        if unit == "d":
            return wall_before(wall_start, zone, days=number)
        return starts_at - timedelta(hours=number)
    if unit == "h":
        return ends_at + timedelta(hours=number)
    last_day = to_wall(ends_at, zone).date()
    day_after = datetime.combine(last_day + timedelta(days=number), wall_start.time())
    return to_utc(day_after, zone, fold=0)


def say(rung: str) -> str:
    """An offset as people say it: 3 days before."""
    sign, number, unit = parts(rung)
    if sign == "+":
        said = {
            "d": ngettext("%(n)d day after", "%(n)d days after", number),
            "h": ngettext("%(n)d hour after", "%(n)d hours after", number),
        }
    else:
        said = {
            "d": ngettext("%(n)d day before", "%(n)d days before", number),
            "h": ngettext("%(n)d hour before", "%(n)d hours before", number),
        }
    return said[unit] % {"n": number}


def order(rung: str) -> int:
    """Where an offset stands in time: hours from the session, those before it negative."""
    sign, number, unit = parts(rung)
    hours = number * (24 if unit == "d" else 1)
    return -hours if sign == "-" else hours
