"""A table of ratings out of a file: rows are items, columns are experts, empty is missing.

Understood: comma, semicolon or tab between cells, quoted cells, any line ends, a byte order mark,
whole numbers and decimals with point or comma (a comma where it does not part the cells). A first
row or column of names is no rating. What stands for a missing rating is in `MISSING`. Everything
else is refused with the row and the column, counted as a spreadsheet counts them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from feedback.validation.figures import Scale

MISSING = frozenset({"", "na", "n/a", "n.a.", "nan", "null", "none", "*", ".", "-", "\N{EN DASH}"})
MAX_BYTES = 2_000_000
# A cell of more signs is no rating, and nobody means it; what the csv module takes by itself.
LONGEST = 131_072
MAX_ITEMS, MAX_CELLS, MAX_POINTS = 5_000, 100_000, 1_001
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
_SCALE = re.compile(r"([+-]?\d{1,6})\s*(?:-|\u2013|:|\.\.|to)\s*([+-]?\d{1,6})")
# What some spreadsheets put before everything else.
_MARK_LINE = re.compile(r"\Asep=.(?=[\r\n])")
# The one that makes the most numbers of a file is meant; the earlier one where two do equally.
_BETWEEN_CELLS = "\t;,"
_CORNERS = frozenset(
    {
        "item",
        "items",
        "id",
        "no",
        "no.",
        "nr",
        "nr.",
        "n",
        "#",
        "number",
        "name",
        "label",
        "code",
        "row",
        "unit",
        "subject",
        "question",
        "statement",
        "criterion",
        "criteria",
        "aspect",
    }
)
_SHOWN = 40


class Unreadable(NotPossible):
    """The file is no table of ratings; the message says where and why."""


@dataclass(frozen=True)
class RatingFile:
    """The items by their names (else their numbers from 1 on) and what they were given."""

    labels: tuple[str | int, ...]
    table: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True)
class _Line:
    """A row of the file and where it stands in it."""

    number: int
    cells: list[str]


def parse_scale(text: str) -> Scale:
    """The scale out of words like 1-4. Raises Unreadable."""
    found = _SCALE.fullmatch(text.strip())
    if found is None:
        raise Unreadable(_("Write the scale as two whole numbers, like 1-4."))
    low, high = int(found[1]), int(found[2])
    if low >= high:
        raise Unreadable(_("The scale must begin with its lowest number, like 1-4."))
    if high - low >= MAX_POINTS:
        raise Unreadable(_("A scale has at most %(n)d points.") % {"n": MAX_POINTS})
    return Scale(low, high)


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 by its mark, else as older spreadsheets write it.

    Raises Unreadable for files that are no text.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(_("The file is too large: at most 2 MB."))
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if "\0" in text or content[:2] == b"PK":
        raise Unreadable(_("This is no CSV file. Save the table as CSV and try again."))
    return text


def parse(text: str, scale: Scale) -> RatingFile:
    """The ratings of a file's text. Raises Unreadable."""
    lines = _lines(_MARK_LINE.sub("", text.removeprefix("\ufeff")))
    if not lines:
        raise Unreadable(_("The file is empty."))
    _check_size(lines)
    _check_widths(lines)
    body = lines[1:] if _has_header(lines) else lines
    if not body:
        raise Unreadable(_("The file holds names of columns and no item."))
    first = _first_column(lines[0] if len(body) < len(lines) else None, body)
    labels = tuple(_label(line, first, place) for place, line in enumerate(body, start=1))
    table = tuple(tuple(_ratings(line, first, scale)) for line in body)
    return RatingFile(labels, table)


def _lines(text: str) -> list[_Line]:
    """The rows that are not empty, parted in the way that gives most numbers."""
    found: list[_Line] = []
    best = (-1, -1)
    for mark in _BETWEEN_CELLS:
        lines = _parted(text, mark)
        cells = [cell for line in lines for cell in line.cells]
        score = (sum(_NUMBER.fullmatch(cell) is not None for cell in cells), len(cells))
        if score > best:
            found, best = lines, score
    return found


def _parted(text: str, mark: str) -> list[_Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
    lines = []
    try:
        for row in reader:
            if any(len(cell) > LONGEST for cell in row):
                raise csv.Error
            cells = [cell.strip().replace("\N{MINUS SIGN}", "-") for cell in row]
            # A line of blanks is an empty line; a line of marks is an item nobody rated.
            if cells and cells != [""]:
                lines.append(_Line(reader.line_num, cells))
    except csv.Error:
        raise Unreadable(
            _("Row %(row)d cannot be read as CSV.") % {"row": reader.line_num}
        ) from None
    return lines


def _check_size(lines: Sequence[_Line]) -> None:
    if len(lines) > MAX_ITEMS:
        raise Unreadable(_("The file has too many rows: at most %(n)d.") % {"n": MAX_ITEMS})
    if sum(len(line.cells) for line in lines) > MAX_CELLS:
        raise Unreadable(_("The file has too many cells: at most %(n)d.") % {"n": MAX_CELLS})


def _check_widths(lines: Iterable[_Line]) -> None:
    """Every row is as long as the first, but for empty cells at its end."""
    width = 0
    for line in lines:
        width = width or len(line.cells)
        while len(line.cells) > width and not line.cells[-1]:
            line.cells.pop()
        if len(line.cells) != width:
            raise Unreadable(
                _("Row %(row)d has %(found)d cells, the first row has %(width)d.")
                % {"row": line.number, "found": len(line.cells), "width": width}
            )


def _has_header(lines: Sequence[_Line]) -> bool:
    """Names of columns: no number among them, or a corner like "item", or experts by number."""
    corner, *names = lines[0].cells
    if corner.casefold() in _CORNERS:
        return True
    if not any(map(_NUMBER.fullmatch, lines[0].cells)):
        return any(map(_is_word, names or [corner]))
    column = [line.cells[0] for line in lines[1:]]
    named = all(map(_is_word, column)) or _counts_up(column)
    return not corner and len(column) > 1 and _counts_up(names) and named


def _first_column(header: _Line | None, body: Sequence[_Line]) -> int:
    """1 where the first column holds the names of the items, else 0."""
    if len(body[0].cells) < 2:
        return 0
    corner = header.cells[0].casefold() if header else None
    if corner is not None and (not corner or not _CORNERS.isdisjoint(corner.split())):
        return 1
    names = [line.cells[0] for line in body if line.cells[0].casefold() not in MISSING]
    return int(bool(names) and all(map(_is_word, names)))


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether these are the numbers from 0 or 1 on."""
    return list(cells) in [[str(n + start) for n in range(len(cells))] for start in (0, 1)]


def _is_word(cell: str) -> bool:
    return cell.casefold() not in MISSING and _NUMBER.fullmatch(cell) is None


def _label(line: _Line, first: int, place: int) -> str | int:
    return (line.cells[0] if first else "") or place


def _ratings(line: _Line, first: int, scale: Scale) -> Iterable[float | None]:
    for column, cell in enumerate(line.cells[first:], start=first + 1):
        if cell.casefold() in MISSING:
            yield None
            continue
        where = {"row": line.number, "column": column, "cell": _shown(cell)}
        if _NUMBER.fullmatch(cell) is None:
            raise Unreadable(_("Row %(row)d, column %(column)d: “%(cell)s” is no number.") % where)
        rating = float(cell.replace(",", "."))
        if not scale.holds(rating):
            raise Unreadable(
                _(
                    "Row %(row)d, column %(column)d: %(cell)s is not on the scale from %(low)d to "
                    "%(high)d."
                )
                % (where | {"low": scale.low, "high": scale.high})
            )
        yield rating


def _shown(cell: str) -> str:
    return cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"
