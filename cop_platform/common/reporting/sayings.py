"""Numbers, days and names as the reader's language writes them (Unicode's CLDR, by Babel).

The language is the active one. Figures are Western digits in every language, and each is kept in
its own direction, so that -5 % or 0.71 to 0.95 never turn round in a right-to-left line.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NONE = "–"  # noqa: RUF001 a dash for "nothing"
_ISOLATE, _END = "\u2066", "\u2069"
# Marks that CLDR puts into figures and days; within an isolate they would turn its parts round.
_MARKS = {0x200E: None, 0x200F: None}
# An English that is European: day before month.
_LOCALES = {"en": "en_GB"}


def locale() -> Locale:
    """The locale of the active language."""
    return _locale(get_language() or "en")


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language).replace("-", "_"))


def is_right_to_left() -> bool:
    return locale().text_direction == "rtl"


def isolated(said: str) -> str:
    """Figures and codes that read from left to right also within a right-to-left line."""
    return f"{_ISOLATE}{said.translate(_MARKS)}{_END}" if is_right_to_left() else said


def number(value: float | None, digits: int = 2) -> str:
    """A figure with so many decimals; a dash where there is none."""
    if value is None:
        return NONE
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return isolated(format_decimal(value, format=pattern, locale=locale()))


def count(value: int) -> str:
    """A whole number with its thousands kept apart."""
    return number(value, 0)


def interval(low: float | None, high: float | None, digits: int = 2) -> str:
    """Two ends of an interval; a dash where there is none."""
    if low is None or high is None:
        return NONE
    ends = [format_decimal(end, format="0." + "0" * digits, locale=locale()) for end in (low, high)]
    return isolated("–".join(ends))  # noqa: RUF001 the dash between two ends


def share(part: int, whole: int) -> str:
    """A whole percentage; a dash of nothing."""
    return isolated(format_percent(part / whole, locale=locale())) if whole else NONE


def hours(minutes: int) -> str:
    """Minutes as hours with one decimal where it is needed."""
    whole = minutes % 60 == 0
    return number(minutes / 60, 0 if whole else 1)


def people(value: int | None) -> str:
    """A count of people; those under five are not told apart."""
    return _("under 5") if value is None else count(value)


def day(iso: str) -> str:
    """An ISO day or wall time, as people write the day: 26 November 2026."""
    return format_date(datetime.fromisoformat(iso).date(), "long", locale=locale())


def short_day(iso: str) -> str:
    """An ISO day for tables: 26 Nov 2026."""
    said = format_date(datetime.fromisoformat(iso).date(), "medium", locale=locale())
    # CLDR's Arabic has marks of its own, which would turn the day round within the isolation.
    return isolated(said.replace("\u200f", ""))


def month(year_and_month: str) -> str:
    """A month (YYYY-MM) for the axis of a figure: Nov 2026."""
    return format_date(date.fromisoformat(f"{year_and_month}-01"), "MMM y", locale=locale())


def month_on_axis(year_and_month: str, *, is_first: bool) -> str:
    """A month where many stand side by side: the year only where it begins."""
    begins = is_first or year_and_month.endswith("-01")
    pattern = "MMM yy" if begins else "MMM"
    return format_date(date.fromisoformat(f"{year_and_month}-01"), pattern, locale=locale())


def period(start: str, end: str) -> str:
    return _("%(start)s to %(end)s") % {"start": day(start), "end": day(end)}


def country(iso_code: str) -> str:
    """A country by its ISO 3166 code; the code itself where the language has no name for it."""
    return locale().territories.get(iso_code, iso_code)


def language(code: str) -> str:
    """A language by its code, as the reader's language calls it."""
    return locale().languages.get(code.replace("-", "_"), code)


def listed(words: list[str]) -> str:
    """Words as a list within a sentence: a, b and c."""
    return format_list(words, locale=locale()) if words else NONE


def either(words: list[str]) -> str:
    """Words of which one holds, within a sentence: a, b or c."""
    return format_list(words, style="or", locale=locale()) if words else NONE
