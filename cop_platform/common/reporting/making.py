"""Cells as most tables need them, each number with its value and the place it comes from."""

from __future__ import annotations

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Cell, Sign, Span


def counted(value: int, source: str, sign: Sign = Sign.NONE) -> Cell:
    """A whole number."""
    return Cell(sayings.count(value), value=value, source=source, sign=sign)


def people(value: int | None, source: str) -> Cell:
    """A count of people, told from five on."""
    return Cell(sayings.people(value), value=value, source=source)


def hours(minutes: int, source: str) -> Cell:
    """Minutes, said as hours; the value stays in minutes, as it stands at its source."""
    return Cell(sayings.hours(minutes), value=minutes, source=source)


def code(text: str) -> Cell:
    """What reads from left to right everywhere: a code, a version, a hash."""
    return Cell((Span(text, code=True),))
