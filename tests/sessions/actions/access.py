"""Who gets where: actions of countries, and the lessons of their look backs."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from tests.sessions.actions import world

_MANAGER = {Role.PROJECT_MANAGER.value}
_HERE = {role.value for role in (Role.COORDINATOR, Role.FACILITATOR, Role.PARTNER, Role.EXPERT)}
_LEADS = {Role.COORDINATOR.value, Role.FACILITATOR.value} | _MANAGER

SEES: dict[str, tuple[set[str], set[str]]] = {
    # Its owner too; the accounts of this matrix own none.
    "action": (_HERE | _MANAGER, _MANAGER),
    "owner of actions": (_HERE | _MANAGER, _MANAGER),
    "hand-over of actions": ({Role.COORDINATOR.value} | _MANAGER, _MANAGER),
    "lesson": (_HERE | _MANAGER, _MANAGER),
    "review session": (_HERE | _MANAGER, _MANAGER),
}
MAY: dict[str, set[str]] = dict.fromkeys(
    (
        "action_new",
        "action_edit",
        "action_done",
        "action_drop",
        "action_handover",
        "lesson_new",
        "lesson_edit",
        "lesson_owner",
        "lesson_changed",
    ),
    _LEADS,
)
MAY_ABROAD: dict[str, set[str]] = {}
POSTED: dict[str, dict[str, Any]] = {}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    lesson = world.lesson(code)
    return {
        "action": world.action(code).pk,
        # Of another one, which no deed before ends.
        "owner of actions": world.action(code).owner_id,
        "hand-over of actions": world.handed(code).pk,
        "lesson": lesson.pk,
        "review session": lesson.session_id,
    }
