"""Rows that people put in order: one moves a place, all are numbered again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

Row = TypeVar("Row", bound=Any)


def moved(rows: Iterable[Row], row: Row, *, up: bool) -> list[Row] | None:
    """The rows with `row` one place up or down; None where it stands at that end already."""
    ordered = list(rows)
    place = [one.pk for one in ordered].index(row.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return None
    ordered[place], ordered[other] = ordered[other], ordered[place]
    return ordered


def number(rows: Iterable[Any]) -> None:
    """Writes the positions from 1 on, as the rows stand, in one statement."""
    ordered = list(rows)
    for position, row in enumerate(ordered, start=1):
        row.position = position
    if ordered:
        type(ordered[0])._base_manager.bulk_update(ordered, ["position"])
