"""Who gets where: ideas, votes, experiments."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from tests.practices import world

_EVERYBODY = {role.value for role in Role}
_WRITES = _EVERYBODY - {Role.PLATFORM_ADMIN}
_LEADS = {Role.COORDINATOR, Role.PROJECT_MANAGER}

SEES: dict[str, tuple[set[str], set[str]]] = {
    "idea": (_EVERYBODY, _EVERYBODY),
    "experiment": (_EVERYBODY, _EVERYBODY),
    "brief": (_EVERYBODY, _EVERYBODY),
}
MAY: dict[str, set[str]] = {
    "idea_new": _WRITES,
    "idea_vote": _WRITES,
    "idea_combine": _WRITES,
    # Its author alone, who none of the accounts of this matrix is.
    "idea_edit": set(),
    "idea_note": set(),
    "idea_withdraw": set(),
    "idea_bring_back": set(),
    "experiment_new": _WRITES,
    "idea_answer": _LEADS,
    "idea_move": _LEADS,
    "idea_merge": _LEADS,
    "idea_apart": _LEADS,
    # Its owner too; the accounts of this matrix are never that person.
    "experiment_edit": _LEADS,
    "brief_new": _LEADS,
    "brief_edit": _LEADS,
}
MAY_ABROAD: dict[str, set[str]] = {
    "experiment_edit": {Role.PROJECT_MANAGER},
    "brief_edit": {Role.PROJECT_MANAGER},
}
POSTED: dict[str, dict[str, Any]] = {"idea_vote": {"vote": "yes"}}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    test = world.experiment(world.idea(code))
    return {"idea": test.idea_id, "experiment": test.pk, "brief": world.brief(code).pk}
