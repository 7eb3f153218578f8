"""Religious days that matter to many, from the library `holidays`.

They are days of a calendar, told to whoever plans, and never a person's religion: nobody is asked
for one and nothing is stored. The library keeps all four traditions for Montenegro, whose law
names them; the dates hold everywhere.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SOURCE = "ME"
_TRADITIONS = {
    holidays.ORTHODOX: gettext_lazy("Orthodox"),
    holidays.CATHOLIC: gettext_lazy("Catholic"),
    holidays.ISLAMIC: gettext_lazy("Islamic"),
    holidays.HEBREW: gettext_lazy("Jewish"),
}


def on(day: date) -> list[str]:
    """The days that fall on `day`, each with its tradition, by name."""
    found = _year(day.year).get(day, ())
    return [
        _("%(name)s (%(tradition)s)") % {"name": name, "tradition": _TRADITIONS[tradition]}
        for name, tradition in found
    ]


@lru_cache(maxsize=100)
def _year(year: int) -> dict[date, tuple[tuple[str, str], ...]]:
    days: dict[date, tuple[tuple[str, str], ...]] = {}
    for tradition in _TRADITIONS:
        calendar = holidays.country_holidays(
            _SOURCE, years=year, categories=(tradition,), language="en_US"
        )
        for day, name in calendar.items():
            days[day] = (*days.get(day, ()), (name, tradition))
    return days
