"""Cells that hold a figure: what is printed, the value behind it, and where it stands."""

from __future__ import annotations

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Cell, Sign, Span


def count(value: int, source: str, sign: Sign = Sign.NONE) -> Cell:
    """A whole number."""
    return Cell(sayings.count(value), value=value, source=source, sign=sign)


def number(value: float | None, source: str, digits: int = 2, *, tint: float | None = None) -> Cell:
    """A figure with so many decimals; a dash where there is none."""
    return Cell(sayings.number(value, digits), value=value, source=source, tint=tint)


def people(value: int | None, source: str) -> Cell:
    """A count of people; those under five are not told apart."""
    return Cell(sayings.people(value), value=value, source=source)


def day(iso: str, source: str = "") -> Cell:
    """An ISO day; a dash where there is none."""
    return Cell(sayings.short_day(iso) if iso else sayings.NONE, source=source)


def hours(minutes: int, source: str) -> Cell:
    """Minutes, said as hours; the value stays in minutes, as it stands at its source."""
    return Cell(sayings.hours(minutes), value=minutes, source=source)


def code(text: str) -> Cell:
    """What reads from left to right everywhere: a code, a version, a hash."""
    return Cell((Span(text, code=True),))
