"""How wide the columns of a table are, and on which paper it fits.

As a browser lays out a table: each column at least holds its longest word, and what is left goes to
those whose cells are longest. Widths are in em: so many times the size of the type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fontTools.ttLib import TTFont

from cop_platform.common.reporting.document import Cell, Span, Table, plain
from cop_platform.common.typesetting import glyphs

# The width of the paper less its margins, and the size of the type, in points.
_PAPER = {"normal": (476.0, 8.5), "small": (476.0, 7.6), "wide": (722.0, 7.6)}
# Very wide tables are set smaller yet, down to this.
_SMALLEST = 6.0
# What a column needs beside its letters: the space at both ends, and the sign of a cell.
_AIR, _SIGN = 1.45, 1.1
# Longer words are broken rather than given more room; a hash has 64 letters.
_LONGEST_WORD, _LONGEST_CODE = 11.0, 37.0
# More than this makes a column no wider; less than this is no comfortable line of prose.
_LONGEST_CELL, _COMFORTABLE = 36.0, 12.0
# Cells up to one of these are not broken, where that takes no more than this of the line.
_SHORT_CELLS, _ENOUGH = (12.0, 10.0, 8.0), 0.9
# A heading of several words is rather broken than that its column grows.
_HEADING, _BOLD = 7.0, 1.08
# Of a long table's rows, so many are looked at.
_LOOKED_AT = 400
# A table that needs less than this of the width takes no more than it needs, and some air.
_NARROW, _AROUND, _LEAST = 0.62, 1.25, 0.34
# Of letters that no font of ours tells of, and of those that a run is broken after.
_USUAL, _WIDE_LETTER = 0.57, 0.62
_ROUNDING = 0.01


class Paper(StrEnum):
    """Type and paper of a table; each holds more beside each other than the one before."""

    NORMAL = "normal"
    SMALL = "small"
    WIDE = "wide"


@dataclass(frozen=True)
class Fit:
    """The paper and the size of type in points; of the paper's width what the table takes; of that
    each column's share (together 1); and the letters that each column holds."""

    paper: Paper
    size: float
    width: float
    shares: tuple[float, ...]
    letters: tuple[int, ...]


def fit(table: Table) -> Fit:
    """The calmest paper on which every column holds its longest word."""
    columns = [
        (column.label, [row[at] for row in table.rows[:_LOOKED_AT] if at < len(row)])
        for at, column in enumerate(table.columns)
    ]
    needs = [_need(*column, longest_code=_LONGEST_CODE) for column in columns]
    if sum(needs) > _line(Paper.SMALL):
        needs = [_need(*column, longest_code=_LONGEST_WORD) for column in columns]
    wishes = [max(need, _wish(*column)) for need, column in zip(needs, columns, strict=True)]
    paper = _paper(needs, wishes)
    points, size = _PAPER[paper]
    size = max(_SMALLEST, size * min(1, _line(paper) / sum(needs)))
    line = points / size
    if sum(wishes) < line * _NARROW:
        line = max(sum(wishes) * _AROUND, line * _LEAST)
    given = _given(needs, wishes, [column.width for column in table.columns], line)
    total = sum(given)
    return Fit(
        paper,
        round(size, 1),
        min(round(line * size / points, 3), 1),
        tuple(width / total for width in given),
        tuple(
            _letters(width * line / total - _AIR, *column)
            for width, column in zip(given, columns, strict=True)
        ),
    )


def _line(paper: Paper) -> float:
    points, size = _PAPER[paper]
    return points / size


def _paper(needs: Sequence[float], wishes: Sequence[float]) -> Paper:
    comfort = sum(
        max(need, min(wish, _COMFORTABLE)) for need, wish in zip(needs, wishes, strict=True)
    )
    for paper in (Paper.NORMAL, Paper.SMALL):
        if comfort <= _line(paper):
            return paper
    return Paper.SMALL if sum(needs) <= _line(Paper.SMALL) else Paper.WIDE


def _need(label: str, cells: Sequence[Cell], *, longest_code: float) -> float:
    """The longest word of a column."""
    longest = _word(label) * _BOLD
    for cell in cells:
        sign = _SIGN if cell.sign else 0
        for span in (Span(cell.text),) if isinstance(cell.text, str) else cell.text:
            limit = longest_code if span.code else _LONGEST_WORD
            bold = _BOLD if span.strong else 1
            longest = max(longest, min(_word(span.text) * bold, limit) + sign)
    return longest + _AIR


def _wish(label: str, cells: Sequence[Cell]) -> float:
    """The longest line of a column."""
    lines = [
        _wide(line) + (_SIGN if cell.sign else 0)
        for cell in cells
        for line in plain(cell.text).splitlines()
    ]
    return min(max([min(_wide(label) * _BOLD, _HEADING), *lines]), _LONGEST_CELL) + _AIR


def _given(
    needs: Sequence[float], wishes: Sequence[float], weights: Sequence[float], line: float
) -> list[float]:
    """Widths that fill the line: needs first, then wishes, and what is left by weight."""
    # Short cells, "8 pages", stand in one line where that leaves enough for the others.
    for limit in _SHORT_CELLS:
        raised = [wish if wish <= limit else need for need, wish in zip(needs, wishes, strict=True)]
        if sum(raised) <= line * _ENOUGH:
            needs = raised
            break
    left = line - sum(needs)
    if left <= 0:
        return list(needs)
    wanted = [wish - need for wish, need in zip(wishes, needs, strict=True)]
    part = min(1, left / sum(wanted)) if sum(wanted) else 0
    given = [need + want * part for need, want in zip(needs, wanted, strict=True)]
    over = line - sum(given)
    return [
        width + over * weight / sum(weights) for width, weight in zip(given, weights, strict=True)
    ]


def _letters(room: float, label: str, cells: Sequence[Cell]) -> int:
    """The letters after which a run is broken: never within a word that has room."""
    words = {word: _wide(word) for cell in cells for word in plain(cell.text).split()}
    words |= {word: _wide(word) * _BOLD for word in label.split()}
    # The narrowest column is as wide as its longest word, but for what shares lose in rounding.
    fitting = [len(word) for word, width in words.items() if width <= room + _ROUNDING]
    return max(3, int(room / _WIDE_LETTER), *fitting)


def _word(text: str) -> float:
    return max(map(_wide, text.split(" ")), default=0)


def _wide(text: str) -> float:
    known = _advances()
    # What is longer than any line takes the whole of it anyway.
    return sum(known.get(letter, _USUAL) for letter in text[:120])


@cache
def _advances() -> dict[str, float]:
    """How wide letters are; those of the first font that has them."""
    advances: dict[str, float] = {}
    for file in reversed(glyphs.font_files()[:3]):
        with TTFont(file, lazy=True) as font:
            em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
            advances |= {chr(p): widths[name][0] / em for p, name in font.getBestCmap().items()}
    return advances
