"""Cells that hold a figure: what is printed, the value behind it, and where it stands."""

from __future__ import annotations

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Cell, Sign


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
