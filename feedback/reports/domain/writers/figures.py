"""How figures look in every office format: their numbers, colours and shapes."""

from __future__ import annotations

import re

from cop_platform.common.reporting.document import Figure, Labels, Table

_POOR, _MIDDLE, _GOOD = (0xF6, 0xD9, 0xA8), (0xFF, 0xFF, 0xFF), (0xA9, 0xD8, 0xD2)
# A text that is a figure and nothing more.
_BARE = re.compile(r"[-−+]?\d[\d.,\s\u00a0\u202f'’]*%?")  # noqa: RUF001 signs that Babel writes
_DIGITS = re.compile(r"[.,](\d+)\D*$")
_MARKS = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200e\u200f\u00a0")


class Numbers:
    """Tables and figures are counted through the whole document, each for itself."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._tables = self._figures = 0

    def next(self, block: Table | Figure) -> int:
        if isinstance(block, Figure):
            self._figures += 1
            return self._figures
        self._tables += 1
        return self._tables

    def label(self, block: Table | Figure) -> str:
        return self._labels.figure if isinstance(block, Figure) else self._labels.table

    def said(self, block: Table | Figure) -> str:
        """What stands over a table or a figure: Table 3. What the panel said."""
        return f"{self.label(block)} {self.next(block)}. {block.caption}"


def letter(number: int) -> str:
    """The name of an annex: A, B ... Z, then AA, BB, as Word counts in letters."""
    place, times = (number - 1) % 26, (number - 1) // 26 + 1
    return chr(ord("A") + place) * times


def tint(share: float) -> str:
    """The colour of a share between poor and good; the figure in the cell says the same."""
    share = min(max(share, 0.0), 1.0)
    low = share < 1 / 2
    near, far, way = (_POOR, _MIDDLE, share * 2) if low else (_MIDDLE, _GOOD, share * 2 - 1)
    mixed = (round(a + (b - a) * way) for a, b in zip(near, far, strict=True))
    return "".join(f"{part:02X}" for part in mixed)


def number_format(said: str, value: float | None) -> str:
    """How a sheet writes a number as the text says it; "" where the text says more than that."""
    bare = said.translate(_MARKS).strip()
    if value is None or not _BARE.fullmatch(bare):
        return ""
    found = _DIGITS.search(bare)
    digits = len(found[1]) if found and value != int(value) else 0
    if bare.endswith("%"):
        places = max(digits - 2, 0) if not found else len(found[1])
        return ("0." + "0" * places if places else "0") + ("%" if abs(value) <= 1 else '"%"')
    return "0." + "0" * digits if digits else "#,##0"
