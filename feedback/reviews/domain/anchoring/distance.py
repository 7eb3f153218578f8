"""How far two texts are from each other, in letters put in, taken out or replaced.

The column of the table of distances is kept as the bits of two whole numbers, after G. Myers, "A
fast bit-vector algorithm for approximate string matching" (1999); Python's numbers have as many
bits as a quote has letters, so one step of the text costs a dozen operations whatever its length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """The part of a text that is nearest to a pattern, and how far it is from it."""

    start: int
    end: int
    errors: int


def nearest(pattern: str, text: str, allowed: int) -> Match | None:
    """The part of `text` nearest to `pattern`; None where every part has more errors.

    Of several parts that are equally near the first one.
    """
    best, end = allowed + 1, 0
    for place, errors in enumerate(_ends(pattern, text, anchored=False), start=1):
        if errors < best:
            best, end = errors, place
    if best > allowed:
        return None
    return Match(end - _length(pattern, text[:end], best), end, best)


def alike(pattern: str, text: str) -> float:
    """From 1, the pattern stands in the text, to 0, half of its letters or more would be errors."""
    if not pattern:
        return 1.0
    errors = min(_ends(pattern, text, anchored=False), default=len(pattern))
    return max(0.0, 1 - 2 * errors / len(pattern))


def _length(pattern: str, before: str, errors: int) -> int:
    """How many letters at the end of `before` make the match: found by reading it backwards."""
    backwards = before[: -(len(pattern) + errors) - 1 : -1]
    for place, reached in enumerate(_ends(pattern[::-1], backwards, anchored=True), start=1):
        if reached == errors:
            return place
    return 0


def _ends(pattern: str, text: str, *, anchored: bool) -> Iterator[int]:
    """For each letter of the text the distance of the pattern from what ends there.

    What ends there may begin anywhere, or, `anchored`, begins with the text.
    """
    length = len(pattern)
    if not length:
        yield from (0 for _letter in text)
        return
    places: dict[str, int] = {}
    for number, letter in enumerate(pattern):
        places[letter] = places.get(letter, 0) | 1 << number
    full, last = (1 << length) - 1, 1 << (length - 1)
    more, fewer, errors = full, 0, length
    for letter in text:
        same = places.get(letter, 0)
        vertical = same | fewer
        diagonal = (((same & more) + more) ^ more) | same
        up = fewer | ~(diagonal | more) & full
        down = more & diagonal
        if up & last:
            errors += 1
        elif down & last:
            errors -= 1
        up = (up << 1 | anchored) & full
        down = down << 1 & full
        more = down | ~(vertical | up) & full
        fewer = up & vertical
        yield errors
