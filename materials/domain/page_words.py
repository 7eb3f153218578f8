"""The words of a drawn page in the order they are read, also from the right.

pdfium turns lines that are read from the right, sign by sign. Two things are then in the wrong
order, and the place of each sign on the page tells which: signs that share one glyph (lam-alef,
a letter with its mark), and numbers or Latin words between the others.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple


class Sign(NamedTuple):
    """A sign with the place of its origin on the page, in points, and its number in the layer."""

    text: str
    x: float
    y: float
    number: int


def of(layer: Any) -> str:
    """The text of a page; `layer` is pdfium's text page."""
    text: str = layer.get_text_bounded()
    if not any(_from_the_right(sign) for sign in text):
        return text
    return "".join(sign.text for sign in _ordered(list(_signs(layer))))


def signs(layer: Any) -> list[Sign]:
    """Every sign of a page in the order they are read, with its number in pdfium's text page."""
    found = list(_signs(layer))
    return list(_ordered(found)) if any(_from_the_right(one.text) for one in found) else found


def _signs(layer: Any) -> Iterator[Sign]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415  only the child that draws loads it

    x, y = ctypes.c_double(), ctypes.c_double()
    for number in range(pdfium.FPDFText_CountChars(layer.raw)):
        pdfium.FPDFText_GetCharOrigin(layer.raw, number, x, y)
        said = chr(pdfium.FPDFText_GetUnicode(layer.raw, number))
        yield Sign(said, x.value, y.value, number)


def _ordered(signs: list[Sign]) -> Iterator[Sign]:
    for kind, group in groupby(signs, _kind):
        run = list(group)
        if kind == "right":
            for _place, glyph in groupby(run, lambda sign: (sign.x, sign.y)):
                yield from _glyph(list(glyph))
        elif kind == "left" and len({sign.y for sign in run}) == 1:
            yield from sorted(run, key=lambda sign: sign.x)
        else:
            yield from run


def _glyph(signs: list[Sign]) -> list[Sign]:
    """The signs of one glyph, letter first and its marks after it."""
    turned = signs[::-1]
    return signs if unicodedata.combining(turned[0].text) else turned


def _kind(sign: Sign) -> str:
    if sign.text.isspace():
        return "blank"
    return "right" if _from_the_right(sign.text) or unicodedata.combining(sign.text) else "left"


def _from_the_right(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in {"R", "AL"}
