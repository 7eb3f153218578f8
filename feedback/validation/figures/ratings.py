"""A table of ratings seen in the ways the figures need it."""

from __future__ import annotations

from collections.abc import Sequence

from feedback.validation.figures.values import Scale, Table


def given(row: Sequence[float | None]) -> list[float]:
    """The ratings of an item, without missing cells."""
    return [rating for rating in row if rating is not None]


def without_silent(table: Table) -> list[list[float | None]]:
    """The table without experts who rated nothing: they are no part of the panel."""
    if not table:
        return []
    columns = zip(*table, strict=True)
    speaking = [column for column in columns if any(rating is not None for rating in column)]
    return [list(row) for row in zip(*speaking, strict=True)] if speaking else [[] for _ in table]


def complete(table: Table) -> list[list[float]] | None:
    """The table, when every expert who rated anything rated every item; else None."""
    speaking = without_silent(table)
    rows = [given(row) for row in speaking]
    whole = all(len(row) == len(kept) for row, kept in zip(speaking, rows, strict=True))
    return rows if whole else None


def dichotomised(table: Table, scale: Scale) -> list[list[float | None]]:
    """1 where the rating says relevant, 0 where it does not."""
    return [
        [None if rating is None else float(scale.is_relevant(rating)) for rating in row]
        for row in table
    ]
