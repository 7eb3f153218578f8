"""Who gets where: good practices, their versions, checks and adoptions."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from practices.enums import CheckStep
from tests.practices import world

_ALL = {role.value for role in Role}
_LEADS = {Role.COORDINATOR, Role.PROJECT_MANAGER}
_MANAGER = {Role.PROJECT_MANAGER}
_WRITE = _ALL - {Role.PLATFORM_ADMIN}

SEES: dict[str, tuple[set[str], set[str]]] = {
    "practice": (_ALL, _ALL),
    "practice version": (_ALL, _ALL),
    # Its author too; the accounts of this matrix wrote none.
    "practice draft": (_LEADS, _MANAGER),
    "practice to check": (_LEADS, _MANAGER),
    "adoption": (_ALL, _ALL),
}
MAY: dict[str, set[str]] = {
    "practice_new": _WRITE,
    "practice_about": _LEADS,
    "practice_revise": _LEADS,
    "practice_raise": _LEADS,
    "practice_retire": _LEADS,
    "practice_adopt": _WRITE,
    "adoption_report": _LEADS,
    # Its author alone.
    "practice_discard": set(),
    "practice_take_back": set(),
}
MAY_ABROAD: dict[str, set[str]] = {
    "practice_about": _MANAGER,
    "practice_revise": _MANAGER,
    "practice_raise": _MANAGER,
    "practice_retire": _MANAGER,
    "adoption_report": _MANAGER,
}
POSTED: dict[str, dict[str, Any]] = {}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    practice = world.practice(code)
    return {
        "practice": practice.pk,
        "practice version": practice.current_id,
        "practice draft": world.draft(code).pk,
        "practice to check": world.draft(code, step=CheckStep.SUBMITTED).pk,
        "adoption": world.adoption(world.practice("ES"), code).pk,
    }
