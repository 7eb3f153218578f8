"""Keys of objects that are not there, for each kind."""

from __future__ import annotations

from uuid import UUID

from tests.platform.access import SEES

TWO_NUMBERS = {"version number", "version pair", "erratum"}
BY_CODE = {"country", "country report", "mail text", "report file", "funding text"} | {
    "retention rule"
}
BY_KEY = {"credential", "certificate", "quote", "discussion"}


def number(kind: str, value: int) -> object:
    """A key of this kind; some addresses name an object by two numbers."""
    return (value, 1) if kind in TWO_NUMBERS else value


MISSING = {kind: "XX" if kind in BY_CODE else number(kind, 10**9) for kind in SEES} | {
    "incoming file": "0" * 32,
    "credential": UUID(int=0),
    "certificate": UUID(int=0),
    "quote": (10**9, UUID(int=0)),
    "discussion": ("session", 10**9),
    "report file": (10**9, "pdf"),
    "mail text": ("session_reminder", "xx"),
}
# Larger than any column holds.
HUGE = {kind: number(kind, 10**30) for kind in SEES if kind not in BY_CODE | BY_KEY}
