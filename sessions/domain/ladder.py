"""The reminder ladder: rungs before a session by the wall clock or to the minute, and after it.

A rung is a sign, a number and a unit: "-14d" is fourteen days before at the same hour of the
clock on the wall, "-1h" is sixty minutes before, "+1d" is the day after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import wall_before

_RUNG = re.compile(r"([+-])([1-9]\d{0,2})([dh])")
MAX_DAYS, MAX_HOURS, MAX_RUNGS = 90, 72, 10


class UnknownRung(NotPossible):
    """A rung that cannot be read, or more rungs than anybody should be sent."""


def tidy(rungs: Iterable[str]) -> list[str]:
    """The rungs once each, the earliest reminder first. Raises UnknownRung."""
    found = {rung.strip().lower() for rung in rungs}
    for rung in found:
        _parts(rung)
    if len(found) > MAX_RUNGS:
        raise UnknownRung(_("At most %(n)d reminders, please.") % {"n": MAX_RUNGS})
    return sorted(found, key=_order)


def due(
    rungs: Iterable[str], *, wall_start: datetime, zone: str, starts_at: datetime
) -> Iterator[tuple[str, datetime]]:
    """The rungs before the start and the UTC instant each is due; those after it have none."""
    for rung in rungs:
        sign, number, unit = _parts(rung)
        if sign == "+":
            continue
        if unit == "d":
            yield rung, wall_before(wall_start, zone, days=number)
        else:
            yield rung, starts_at - timedelta(hours=number)


def say(rung: str) -> str:
    """A rung as people say it: 3 days before."""
    sign, number, unit = _parts(rung)
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


def _parts(rung: str) -> tuple[str, int, str]:
    match = _RUNG.fullmatch(rung)
    if match is None:
        raise UnknownRung(
            _("“%(rung)s” is not a reminder. Write 14d, 1h or +1d, with commas between.")
            % {"rung": rung[:20]}
        )
    sign, number, unit = match[1], int(match[2]), match[3]
    if number > (MAX_DAYS if unit == "d" else MAX_HOURS):
        raise UnknownRung(
            _("A reminder comes at most %(days)d days or %(hours)d hours away from the session.")
            % {"days": MAX_DAYS, "hours": MAX_HOURS}
        )
    return sign, number, unit


def _order(rung: str) -> tuple[int, str]:
    sign, number, unit = _parts(rung)
    hours = number * (24 if unit == "d" else 1)
    return (-hours if sign == "-" else hours), rung
