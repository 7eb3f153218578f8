"""Street addresses: a word for a street, what it is called, the number and the door."""

from __future__ import annotations

from collections.abc import Iterator

from cop_platform.common.details import words
from cop_platform.common.details.kinds import Detail, Kind
from cop_platform.common.details.tokens import Token

_QUOTES = frozenset("\"'„“”«»./")
_BETWEEN = frozenset(",.№-/:")
_LONGEST = 6


def find(tokens: list[Token]) -> Iterator[Detail]:
    """Addresses in the languages of the project, and postal codes with their town."""
    at = 0
    while at < len(tokens):
        start, end = at, _before(tokens, at) or _ending(tokens, at) or _postal(tokens, at)
        if not end:
            start, end = _behind(tokens, at)
        if end:
            end = _door(tokens, end)
            yield Detail(tokens[start].start, tokens[end - 1].end, Kind.ADDRESS)
        at = max(end, at + 1)


def _before(tokens: list[Token], at: int) -> int:
    """Behind "ul. Ivan Vazov 12" or "via Roma"; 0 where it is only the word for a street."""
    if tokens[at].plain not in words.listed("streets before"):
        return 0
    here, end, named = at + 1, 0, False
    uncased = tokens[at].is_uncased
    while here < len(tokens) and here - at <= _LONGEST and tokens[here].gap != "\n":
        token = tokens[here]
        if token.is_digits:
            return _number_end(tokens, here)
        if token.is_word and (
            token.is_capitalised or (uncased and _may_be_called(token, here - at))
        ):
            end, named = here + 1, True
        elif not _joins(token):
            break
        here += 1
    return end if named and len(tokens[at].text) > 1 else 0


def _may_be_called(token: Token, place: int) -> bool:
    return token.is_uncased and place <= 2 and token.plain not in words.listed("not streets")


def _joins(token: Token) -> bool:
    return token.text in _QUOTES or token.plain in words.listed("inside streets")


def _ending(tokens: list[Token], at: int) -> int:
    """Behind "Hauptstraße 12" or "Storgatan"; a mere "Arbeitsplatz" has no number."""
    token = tokens[at]
    if not token.is_word or not token.is_capitalised:
        return 0
    numbered = _number_end(tokens, at + 1) if _is_house(tokens, at + 1) else 0
    if token.plain.endswith(tuple(words.listed("street endings"))):
        longer = token.plain not in words.listed("street endings")
        return (numbered or at + 1) if longer or numbered else 0
    if numbered and token.plain.endswith(tuple(words.listed("street endings with number"))):
        return numbered
    return 0


def _behind(tokens: list[Token], at: int) -> tuple[int, int]:
    """From and to of "12 Oak Street" and "Lange Str. 5"; (at, 0) where there is none."""
    token = tokens[at]
    if token.plain not in words.listed("streets after") or not token.is_capitalised:
        return at, 0
    start = at
    while (
        start and at - start < 3 and tokens[start - 1].is_capitalised and tokens[start].gap == " "
    ):
        start -= 1
    if start == at:
        return at, 0
    end = at + 1
    if start and tokens[start - 1].is_digits and tokens[start].gap == " ":
        return start - 1, end
    after = end + 1 if end < len(tokens) and tokens[end].text == "." else end
    return start, _number_end(tokens, after) if _is_house(tokens, after) else end


def _postal(tokens: list[Token], at: int) -> int:
    """Behind "10115 Berlin": five digits that are no round count, and a capital."""
    token = tokens[at]
    if not token.is_digits or len(token.text) != 5 or token.text.endswith("00"):
        return 0
    town = at + 1
    fits = town < len(tokens) and tokens[town].gap == " " and tokens[town].is_capitalised
    return town + 1 if fits else 0


def _is_house(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].is_digits and len(tokens[at].text) <= 4


def _number_end(tokens: list[Token], at: int) -> int:
    """Behind a house number with its letter ("12", "12a", "12 B")."""
    end = at + 1
    if end < len(tokens) and tokens[end].is_word and len(tokens[end].text) == 1:
        return end + 1 if not tokens[end].gap or tokens[end].text.isupper() else end
    return end


def _door(tokens: list[Token], end: int) -> int:
    """Behind block, entrance, floor and flat, however many of them follow, and the town."""
    here = end
    while here < len(tokens) and here - end <= _LONGEST:
        if tokens[here].text in _BETWEEN:
            here += 1
            continue
        part = _part(tokens, here)
        if not part:
            return _postal(tokens, here) or end
        here = end = part
    return end


def _part(tokens: list[Token], at: int) -> int:
    """Behind "ap. 7" or "floor 3"; 0 where none is."""
    if tokens[at].plain not in words.listed("address parts"):
        return 0
    value = at + 1
    if value < len(tokens) and tokens[value].text in _BETWEEN:
        value += 1
    if value >= len(tokens) or tokens[value].gap == "\n":
        return 0
    short = tokens[value].is_word and len(tokens[value].text) <= 2
    return value + 1 if tokens[value].is_digits or short else 0
