"""Who gets where: what changes outside, and what of ours it touches."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from tests.practices import watch_world as world

ROLES = {role.value for role in Role}
KEEPERS = {Role.COORDINATOR.value, Role.PROJECT_MANAGER.value}

SEES: dict[str, tuple[set[str], set[str]]] = {
    "watch item": (ROLES, ROLES),
    "watch target": (ROLES, ROLES),
}
# Its finder too; the accounts of this matrix found none.
MAY: dict[str, set[str]] = {
    "watch_new": ROLES - {Role.PLATFORM_ADMIN},
    "watch_edit": KEEPERS,
    "watch_close": KEEPERS,
    "watch_add": KEEPERS,
    "watch_settle": KEEPERS,
}
ABROAD = {Role.PROJECT_MANAGER.value}
MAY_ABROAD: dict[str, set[str]] = dict.fromkeys(
    ("watch_edit", "watch_close", "watch_add", "watch_settle"), ABROAD
)
POSTED: dict[str, dict[str, Any]] = {
    "watch_settle": {"touched": "no", "note": "It speaks of no deadline."},
    # Opening again works whatever is on the list.
    "watch_close": {"closed": ""},
}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    item = world.item(code)
    return {"watch item": item.pk, "watch target": world.target(item).pk}
