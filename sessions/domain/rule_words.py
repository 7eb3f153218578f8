"""Rules of a series as people choose them, read them and move them."""

from __future__ import annotations

import calendar
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.times import say_day, to_wall
from sessions.domain.recurrence import WEEKDAYS, BadRule, parts_of, written

LAST = -1


def compose(
    *,
    start: datetime,
    repeat: str,
    every: int | None = None,
    count: int | None = None,
    until: date | None = None,
) -> str:
    """The rule of a choice: `repeat` is daily, weekly, weeks, month_day, month_nth or month_last.

    `every` counts weeks. The fifth Thursday of a month becomes the last: not each month has five.
    """
    parts = {
        "FREQ": {"daily": "DAILY", "weekly": "WEEKLY", "weeks": "WEEKLY"}.get(repeat, "MONTHLY")
    }
    if repeat == "weeks":
        parts["INTERVAL"] = str(every or 1)
    if repeat == "month_day":
        parts["BYMONTHDAY"] = str(start.day)
    if repeat == "month_nth":
        parts["BYDAY"] = f"{_position(start)}{_weekday(start)}"
    if repeat == "month_last":
        parts["BYDAY"] = f"{LAST}{_weekday(start)}"
    if count is not None:
        parts["COUNT"] = str(count)
    if until is not None:
        parts["UNTIL"] = f"{until:%Y%m%d}"
    return written(parts)


def counted(rule: str, count: int) -> str:
    """The same rule with another number of dates, which also replaces UNTIL."""
    parts = parts_of(rule)
    parts.pop("UNTIL", None)
    return written(parts | {"COUNT": str(count)})


def moved(rule: str, *, old: datetime, new: datetime, count: int) -> str:
    """The rule of a series whose first date `old` becomes `new`, for `count` dates.

    Weekdays turn with it; "the second Monday" becomes the position of the new day.
    Raises BadRule where no such rule says the same again.
    """
    parts = parts_of(counted(rule, count))
    turn = (new.date() - old.date()).days
    if turn == 0 or not any(name.startswith("BY") for name in parts):
        return written(parts)
    if parts["FREQ"] == "WEEKLY" and set(parts).isdisjoint({"BYMONTH", "BYSETPOS"}):
        parts["BYDAY"] = ",".join(_turned(day, turn) for day in parts["BYDAY"].split(","))
        return written(parts)
    if parts["FREQ"] == "MONTHLY" and _is_simple(parts):
        return written(_moved_month(parts, new))
    raise BadRule(_("This rule cannot be moved to another day; end the series and plan a new one."))


def _is_simple(parts: dict[str, str]) -> bool:
    """One day of a month, by number or by weekday."""
    by = [name for name in parts if name.startswith("BY")]
    positions = parts.get("BYSETPOS", "")
    return (
        "BYMONTH" not in by
        and "," not in parts.get("BYDAY", "") + parts.get("BYMONTHDAY", "") + positions
        and ("BYDAY" in by) != ("BYMONTHDAY" in by)
    )


def _moved_month(parts: dict[str, str], new: datetime) -> dict[str, str]:
    was_last = "-1" in (parts.get("BYMONTHDAY"), parts.get("BYSETPOS")) or parts.get(
        "BYDAY", ""
    ).startswith("-1")
    kept = {name: value for name, value in parts.items() if not name.startswith("BY")}
    if "BYMONTHDAY" in parts:
        stays_last = was_last and new.day == _days_in_month(new)
        return kept | {"BYMONTHDAY": str(LAST if stays_last else new.day)}
    stays_last = was_last and new.day + 7 > _days_in_month(new)
    return kept | {"BYDAY": f"{LAST if stays_last else _position(new)}{_weekday(new)}"}


def _days_in_month(day: datetime) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _position(day: datetime) -> int:
    position = (day.day - 1) // 7 + 1
    return LAST if position == 5 else position


def _weekday(day: datetime) -> str:
    return WEEKDAYS[day.weekday()]


def _turned(day: str, turn: int) -> str:
    return WEEKDAYS[(WEEKDAYS.index(day) + turn) % 7]


def say(rule: str, start: datetime, zone: str) -> str:
    """The rule in words of the active language, its end included; a rare rule as it is written."""
    parts = parts_of(rule)
    often = _often(parts, start)
    if often is None:
        return _("by the rule %(rule)s") % {"rule": rule}
    if "COUNT" in parts:
        count = int(parts["COUNT"])
        text = ngettext("%(often)s, %(count)d time", "%(often)s, %(count)d times", count)
        return text % {"often": often, "count": count}
    until = to_wall(datetime.fromisoformat(parts["UNTIL"]), zone)
    return _("%(often)s, until %(day)s") % {"often": often, "day": say_day(until)}


def _often(parts: dict[str, str], start: datetime) -> str | None:
    """How often and on which days; None for what needs more words than anybody would read."""
    if "BYMONTH" in parts:
        return None
    every = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" not in parts:
        text = ngettext("every week on %(days)s", "every %(n)d weeks on %(days)s", every)
        return text % {"n": every, "days": _listed(parts.get("BYDAY", _weekday(start)))}
    if parts["FREQ"] == "DAILY" and not any(name.startswith("BY") for name in parts):
        return ngettext("every day", "every %(n)d days", every) % {"n": every}
    if parts["FREQ"] == "MONTHLY":
        return _monthly(parts, start, every)
    return None


def _monthly(parts: dict[str, str], start: datetime, every: int) -> str | None:
    if not any(name.startswith("BY") for name in parts):
        which: str | None = _("day %(number)d") % {"number": start.day}
    elif not _is_simple(parts):
        which = None
    elif "BYMONTHDAY" in parts:
        which = _month_day(int(parts["BYMONTHDAY"]))
    else:
        position = parts.get("BYSETPOS") or parts["BYDAY"][:-2]
        which = _position_words(position, _weekday_name(parts["BYDAY"][-2:]))
    if which is None:
        return None
    text = ngettext("every month on %(which)s", "every %(n)d months on %(which)s", every)
    return text % {"n": every, "which": which}


def _month_day(number: int) -> str | None:
    if number == LAST:
        return _("the last day")
    return _("day %(number)d") % {"number": number} if number > 0 else None


def _position_words(position: str, weekday: str) -> str | None:
    words = {
        "1": _("the first %(weekday)s"),
        "2": _("the second %(weekday)s"),
        "3": _("the third %(weekday)s"),
        "4": _("the fourth %(weekday)s"),
        "-1": _("the last %(weekday)s"),
    }
    text = words.get(position.removeprefix("+"))
    return text % {"weekday": weekday} if text else None


def _listed(days: str) -> str:
    names = [_weekday_name(day) for day in days.split(",")]
    if len(names) == 1:
        return names[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _weekday_name(day: str) -> str:
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[WEEKDAYS.index(day)]
