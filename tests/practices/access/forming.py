"""Who gets where: how communities form: charters, circles, interest polls, life stages."""

from __future__ import annotations

from typing import Any

SEES: dict[str, tuple[set[str], set[str]]] = {}
MAY: dict[str, set[str]] = {}
MAY_ABROAD: dict[str, set[str]] = {}
POSTED: dict[str, dict[str, Any]] = {}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    return {}
