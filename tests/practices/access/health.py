"""Who gets where: how healthy the communities are."""

from __future__ import annotations

from typing import Any

from experts.enums import Role

SEES: dict[str, tuple[set[str], set[str]]] = {}
MAY: dict[str, set[str]] = {
    # Asked of the members of the countries' communities.
    "health_pulse": {Role.COORDINATOR, Role.FACILITATOR, Role.PARTNER, Role.EXPERT},
}
MAY_ABROAD: dict[str, set[str]] = {}
POSTED: dict[str, dict[str, Any]] = {}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    return {}
