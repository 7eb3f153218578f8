"""About how much room blocks take, so that pages are not torn where they need not be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quote,
    Stats,
    Table,
    plain,
)
from cop_platform.common.reporting.drawings import (
    Bars,
    Drawing,
    Forest,
    HeatMap,
    ThemeMap,
    Timeline,
)

# In letters of prose; a full page holds about 4500.
_ROW, _ITEM, _BLOCK, _DRAWING = 90, 45, 90, 1500
# A chapter up to this size goes on where the one before ended.
_SHORT = 1700
# A table or quote up to this size is not torn over two pages.
_WHOLE = 1000
# Values up to this size stay with their figure.
_FEW = 600
# A drawing with more rows than this may not fit on what is left of a page.
_TALL = 24


def is_short(blocks: Sequence[Block]) -> bool:
    """Whether a chapter of these blocks needs no page of its own to begin on."""
    return sum(letters(block) for block in blocks) <= _SHORT


def stays_whole(block: Table | Figure | Quote) -> bool:
    """Whether a table, a quote, or a figure with its values, stands on one page."""
    if isinstance(block, Figure):
        return letters(block.table) < _FEW and not is_tall(block.drawing)
    return letters(block) < _WHOLE


def is_tall(drawing: Drawing) -> bool:
    """Whether a drawing may go on over a page's end."""
    match drawing:
        case Bars() | HeatMap() | Forest():
            return len(drawing.rows) > _TALL
        case ThemeMap():
            return len(drawing.themes) > _TALL
        case Timeline():
            return len(drawing.lanes) * 2 > _TALL
        case _:
            return False


@singledispatch
def letters(block: Block) -> int:
    """The room of a block, as so many letters of prose."""
    raise TypeError(type(block))


@letters.register
def _heading(block: Heading) -> int:
    return len(block.text) + _BLOCK


@letters.register
def _stats(block: Stats) -> int:
    return 4 * _BLOCK


@letters.register
def _prose(block: Paragraph | Note) -> int:
    return len(plain(block.text)) + _BLOCK


@letters.register
def _bullets(block: Bullets) -> int:
    return sum(len(plain(item)) + _ITEM for item in block.items)


@letters.register
def _quote(block: Quote) -> int:
    return len(block.text) + len(block.translation) + 2 * _BLOCK


@letters.register
def _table(block: Table) -> int:
    typed = sum(len(plain(cell.text)) for row in block.rows for cell in row)
    return max(typed, _ROW * len(block.rows)) + _BLOCK


@letters.register
def _figure(block: Figure) -> int:
    return _DRAWING + letters(block.table)
