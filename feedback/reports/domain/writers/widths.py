"""How wide the columns of a table are, and on which paper it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cop_platform.common.reporting.document import Table, plain

# Letters that stand beside each other over the whole width, measured on Noto Sans.
_LINE = {"normal": 104, "small": 122, "wide": 180}
# What a column needs beside its letters: the space at both ends.
_AIR = 2.6
# Longer words are broken rather than given more room.
_LONGEST_WORD = 22
# Of a long table's rows, so many are looked at for their longest word.
_LOOKED_AT = 400


class Paper(StrEnum):
    """Type and paper of a table; each holds more beside each other than the one before."""

    NORMAL = "normal"
    SMALL = "small"
    WIDE = "wide"


@dataclass(frozen=True)
class Fit:
    """The paper, and for each column its share (they add up to 1) and the letters it holds."""

    paper: Paper
    shares: tuple[float, ...]
    letters: tuple[int, ...]


def fit(table: Table) -> Fit:
    """The calmest paper on which every column holds its longest word."""
    needs = [_need(table, at) for at in range(len(table.columns))]
    for paper in Paper:
        if sum(needs) <= _LINE[paper]:
            break
    line = _LINE[paper]
    shares = _shares(needs, [column.width for column in table.columns], line)
    return Fit(paper, shares, tuple(max(3, int(share * line - _AIR)) for share in shares))


def _need(table: Table, at: int) -> float:
    label = max((len(word) for word in table.columns[at].label.split()), default=1) * 1.15
    cells = [row[at] for row in table.rows[:_LOOKED_AT] if at < len(row)]
    words = [len(word) + 2 * bool(c.sign) for c in cells for word in plain(c.text).split()]
    return min(max(label, max(words, default=1)), _LONGEST_WORD) + _AIR


def _shares(needs: Sequence[float], weights: Sequence[float], line: float) -> tuple[float, ...]:
    """Weights as shares, those raised that would break a word at the others' cost."""
    if sum(needs) >= line:
        return tuple(need / sum(needs) for need in needs)
    wished = [max(weight, 0.05) for weight in weights]
    held: dict[int, float] = {}
    while True:
        left = line - sum(held.values())
        total = sum(weight for at, weight in enumerate(wished) if at not in held)
        short = [
            at
            for at, weight in enumerate(wished)
            if at not in held and weight / total * left < needs[at]
        ]
        if not short:
            break
        held |= {at: needs[at] for at in short}
    return tuple(
        (held[at] if at in held else weight / total * left) / line
        for at, weight in enumerate(wished)
    )
