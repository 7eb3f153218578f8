"""Who gets where: how communities form: charters, circles, interest polls, life stages."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from tests.practices.forming import world

_ALL = {role.value for role in Role}
_HERE = {Role.COORDINATOR, Role.FACILITATOR, Role.PARTNER, Role.EXPERT}
_LEADS = {Role.COORDINATOR, Role.PROJECT_MANAGER}
_TAKE_PART = _ALL - {Role.PLATFORM_ADMIN}

SEES: dict[str, tuple[set[str], set[str]]] = {
    "charter": (_ALL, _ALL),
    "community": (_ALL, _ALL),
    # Drafts are their community's, and the manager's.
    "charter draft": (_HERE | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "topic proposal": (_ALL, _ALL),
    "goal": (_ALL, _ALL),
    "circle": (_ALL, _ALL),
    # Answers carry names that guests gave.
    "interest poll": (_LEADS, {Role.PROJECT_MANAGER}),
}
MAY: dict[str, set[str]] = {
    "charter_accept": _HERE,
    "charter_edit": _LEADS,
    "charter_open": _LEADS,
    "charter_vote": _HERE,
    "charter_draft": _LEADS,
    "charter_drop": _LEADS,
    "goal_new": _LEADS,
    "goal_drop": _LEADS,
    "session_aim": _LEADS,
    "circle_new": _TAKE_PART,
    "start_cop": _TAKE_PART,
    "circle_join": _TAKE_PART,
    "topic_propose": _TAKE_PART,
    "topic_answer": _LEADS,
}
MAY_ABROAD: dict[str, set[str]] = {
    "charter_accept": set(),
    "charter_edit": {Role.PROJECT_MANAGER},
    "charter_open": {Role.PROJECT_MANAGER},
    "charter_vote": set(),
    "charter_draft": {Role.PROJECT_MANAGER},
    "charter_drop": {Role.PROJECT_MANAGER},
    "goal_new": {Role.PROJECT_MANAGER},
    "goal_drop": {Role.PROJECT_MANAGER},
    "handover": {Role.PROJECT_MANAGER},
    "interest_new": {Role.PROJECT_MANAGER},
    "topic_answer": {Role.PROJECT_MANAGER},
}
POSTED: dict[str, dict[str, Any]] = {}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    charter = world.charter(code)
    return {
        "charter": charter.pk,
        "community": charter.cop_id,
        "charter draft": world.draft(code).pk,
        "circle": world.circle(code).pk,
        "interest poll": world.poll(code).pk,
        "goal": world.goal(code).pk,
        "topic proposal": world.proposal(code).pk,
    }
