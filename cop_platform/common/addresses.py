"""Addresses of numbered objects, quick enough for lists."""

from __future__ import annotations

from functools import cache

from django.urls import reverse


def numbered(name: str, pk: int) -> str:
    """The address of the route `name` for the object with this key.

    Only the number differs from row to row; finding the route anew for each cost as much as
    drawing the row.
    """
    before, after = _around(name)
    return f"{before}{pk}{after}"


@cache
def _around(name: str) -> tuple[str, str]:
    before, _zero, after = reverse(name, args=[0]).rpartition("0")
    return before, after
