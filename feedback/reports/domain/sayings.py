"""How days, shares and figures are written, everywhere in a report."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

NONE = "–"  # noqa: RUF001 a dash for "nothing"


def say(day: str) -> str:
    """An ISO day as people write it: 26 November 2026."""
    return date_format(date.fromisoformat(day), "j F Y")


def hours(minutes: int) -> str:
    """Minutes as hours with one decimal, without a needless .0."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def share(part: int, whole: int) -> str:
    """A whole percentage; a dash of nothing."""
    return f"{100 * part / whole:.0f} %" if whole else NONE


def people(count: int | None) -> str:
    """A count of people; those under five are not told apart."""
    return _("under 5") if count is None else str(count)


def number(value: float | None, digits: int = 2) -> str:
    """A figure with its decimals; a dash where there is none."""
    return NONE if value is None else f"{value:.{digits}f}"
