"""No cell tells about fewer than five people, not even by subtraction."""

from __future__ import annotations

import pytest

from cop_platform.common.reporting.cells import PeopleCell, count_or_none, merge_small


def people(start: int, n: int) -> set[int]:
    return set(range(start, start + n))


@pytest.mark.parametrize(
    ("sizes", "cells"),
    [
        ([], []),
        ([5], [("a", 5)]),
        ([6, 5], [("a", 6), ("b", 5)]),
        ([7, 3, 2], [("a", 7), ("rest", 5)]),
        # 2 alone would be the total less the other cells, so the next smallest joins it.
        ([7, 6, 2], [("a", 7), ("rest", 8)]),
        ([4, 4], [("rest", 8)]),
        ([9, 1], [("rest", 10)]),
        ([3], [("rest", None)]),
    ],
)
def test_small_cells_are_merged(sizes, cells):
    groups = {
        name: people(100 * i, n) for i, (name, n) in enumerate(zip("abc", sizes, strict=False))
    }

    assert merge_small(groups, "rest") == tuple(PeopleCell(*cell) for cell in cells)


def test_somebody_in_two_small_cells_counts_once():
    groups = {"Arabic": {1, 2, 3}, "French": {3, 4, 5}}

    assert merge_small(groups, "other") == (PeopleCell("other", 5),)


@pytest.mark.parametrize(("n", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (12, 12)])
def test_a_total_under_five_is_not_said(n, shown):
    assert count_or_none(n) == shown
