"""What an action may have come from: each room says for its kind where that is and its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from sessions.models import ActionItem


@dataclass(frozen=True)
class Origin:
    """What an action came from, as its page says it; `label` names the kind."""

    label: str | Promise
    title: str
    url: str


# The object with this key, if this user sees it: its title and address.
Find = Callable[[Any, int], tuple[str, str] | None]
_kinds: dict[str, tuple[str | Promise, Find]] = {}


def register(kind: str, label: str | Promise, find: Find) -> None:
    """Makes a kind of origin known; in AppConfig.ready."""
    _kinds[kind] = (label, find)


def of(action: ActionItem, user: Any) -> Origin | None:
    """What it came from; None where it came from nothing, or from what this user does not see."""
    if action.origin_id is None or action.origin_kind not in _kinds:
        return None
    label, find = _kinds[action.origin_kind]
    found = find(user, action.origin_id)
    return Origin(label, *found) if found else None
