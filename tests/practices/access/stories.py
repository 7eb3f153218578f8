"""Who gets where: stories that members tell."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from tests.practices import stories_world as world

ROLES = {role.value for role in Role}
CONTRIBUTORS = ROLES - {Role.PLATFORM_ADMIN}

SEES: dict[str, tuple[set[str], set[str]]] = {"story": (ROLES, ROLES)}
# Its teller alone; the accounts of this matrix tell none.
MAY: dict[str, set[str]] = {
    "story_new": CONTRIBUTORS,
    "story_edit": set(),
    "story_take_back": set(),
}
MAY_ABROAD: dict[str, set[str]] = {}
POSTED: dict[str, dict[str, Any]] = {}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    return {"story": world.clip(world.story(code)).pk}
