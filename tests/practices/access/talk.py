"""Who gets where: comments on anything, follows, moderation."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from tests import factories as make
from tests.practices import world

_IN_BULGARIA = {Role.COORDINATOR, Role.FACILITATOR, Role.PARTNER, Role.EXPERT}
_BOTH = (_IN_BULGARIA | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER})
_WRITES = set(Role.values) - {Role.PLATFORM_ADMIN}

# Both stand on a session: who sees it, sees what is said about it.
SEES: dict[str, tuple[set[str], set[str]]] = {"discussion": _BOTH, "comment": _BOTH}
MAY: dict[str, set[str]] = {
    "talk_follow": _WRITES,
    "talk_all_read": _WRITES,
    # Its writer alone; the accounts of this matrix write none.
    "comment_edit": set(),
    "comment_delete": set(),
    "comment_restore": set(),
    "comment_translate": _WRITES,
    "comment_report": _WRITES,
}
MAY_ABROAD: dict[str, set[str]] = {}
POSTED: dict[str, dict[str, Any]] = {"talk_follow": {"follow": "yes"}}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    session = make.cop_session(code)
    comment = world.comment("session", session.pk, by=world.member(code))
    return {"discussion": ("session", session.pk), "comment": comment.pk}
