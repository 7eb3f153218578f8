"""Public holidays of the project's countries, from the library `holidays` (national ones only)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays


def between(iso_code: str, first: date, last: date) -> dict[date, str]:
    """Holidays of a country (ISO 3166) from `first` to `last`, both included, with English names.

    A country the library does not know has none.
    """
    years = range(first.year, last.year + 1)
    found = {day: name for year in years for day, name in _year(iso_code, year).items()}
    return {
        day: found[day]
        for n in range((last - first).days + 1)
        if (day := first + timedelta(days=n)) in found
    }


@lru_cache(maxsize=400)
def _year(iso_code: str, year: int) -> dict[date, str]:
    try:
        return dict(holidays.country_holidays(iso_code, years=year, language="en_US"))
    except NotImplementedError:
        return {}
