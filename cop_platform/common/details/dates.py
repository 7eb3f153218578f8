"""Dates of birth: any day behind a word for birth, and any day that lies long enough ago."""

from __future__ import annotations

from collections.abc import Iterator

from cop_platform.common.details import words
from cop_platform.common.details.kinds import Detail, Kind
from cop_platform.common.details.tokens import Token, decimal

_SIGNS = frozenset(".-/٫")
_JOINING = frozenset({"de", "of", "del", "."})
# The solar years of the Persian calendar in which people who live now were born.
_PERSIAN = range(1300, 1405)
# Whoever takes part was born before; later days are days of a journey or of a course.
_LONG_AGO = range(1900, 2013)
_NEAR = 6


def find(tokens: list[Token]) -> Iterator[Detail]:
    """Days of birth in digits of any script, with the month as number or word."""
    birth_said = -_NEAR - 1
    at = 0
    while at < len(tokens):
        if tokens[at].plain in words.listed("born after"):
            birth_said = at
        near = at - birth_said <= _NEAR
        end = 0
        if tokens[at].is_digits or tokens[at].is_word:
            end = _day(tokens, at, near) or _day_with_month_word(tokens, at, near)
        if not end and near and tokens[at].is_digits:
            end = _year_alone(tokens, at)
        if end:
            yield Detail(tokens[at].start, tokens[end - 1].end, Kind.BIRTH)
        at = max(end, at + 1)


def _number(tokens: list[Token], at: int) -> int:
    """The number at this place, -1 where there is none or it is too long for a date."""
    if at >= len(tokens) or not tokens[at].is_digits or len(tokens[at].text) > 4:
        return -1
    return int(decimal(tokens[at].text))


def _day(tokens: list[Token], at: int, near: bool) -> int:
    """Behind "12.03.1990", "1990-03-12" or "12/3/90"; 0 where no such day is."""
    if at + 4 >= len(tokens) or tokens[at + 1].text not in _SIGNS:
        return 0
    if tokens[at + 3].text not in _SIGNS:
        return 0
    first, second, third = (_number(tokens, at + step) for step in (0, 2, 4))
    if 1 <= first <= 31 and 1 <= second <= 31:
        day, year = max(first, second), third
        if len(tokens[at + 4].text) == 2:
            year = third + (1900 if third > 30 else 2000)
    elif 1 <= third <= 31 and 1 <= second <= 12:
        day, year = third, first
    else:
        return 0
    return at + 5 if day <= 31 and _is_birth(year, near) else 0


def _day_with_month_word(tokens: list[Token], at: int, near: bool) -> int:
    """Behind "12 March 1990", "3. Mai 1988", "12 de marzo de 1990" or "March 12, 1990"."""
    here, days, months = at, 0, 0
    while here < len(tokens) and here - at < 7:
        token, number = tokens[here], _number(tokens, here)
        if token.is_digits and len(token.text) == 4:
            complete = days == 1 and months == 1
            return here + 1 if complete and _is_birth(number, near) else 0
        if token.is_digits and 1 <= number <= 31:
            days += 1
        elif token.is_word and token.plain not in _JOINING:
            months += 1
        elif token.text not in {".", ","} and token.plain not in _JOINING:
            return 0
        if days > 1 or months > 1:
            return 0
        here += 1
    return 0


def _year_alone(tokens: list[Token], at: int) -> int:
    year = _number(tokens, at)
    return at + 1 if len(tokens[at].text) == 4 and _is_birth(year, True) else 0


def _is_birth(year: int, near: bool) -> bool:
    return year in _PERSIAN or year in _LONG_AGO or (near and 1900 <= year <= 2100)
