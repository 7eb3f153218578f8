"""Who gets where: members to members: buddies, coffee, offers, help, thanks."""

from __future__ import annotations

from typing import Any

from experts.enums import Role
from tests.practices.people import small

_ALL = {role.value for role in Role}
_MEMBERS = _ALL - {Role.PLATFORM_ADMIN}
_LEADS = {Role.COORDINATOR, Role.PROJECT_MANAGER}

SEES: dict[str, tuple[set[str], set[str]]] = {
    # Their own people's alone; the accounts of this matrix are not among them.
    "thanks": (set(), set()),
    "coffee pair": (set(), set()),
    "line of help": (set(), set()),
    "offer or need": (_ALL, _ALL),
}
MAY: dict[str, set[str]] = {
    "welcome": _MEMBERS,
    "person_buddy": _LEADS,
    "person_thank": _MEMBERS,
    "stream_choice": _MEMBERS,
    "coffee_choice": _MEMBERS,
    "coffee_round": _LEADS,
    "exchange_new": _MEMBERS,
    # Whoever put it up, and nobody else.
    "exchange_close": set(),
    "exchange_contact": _MEMBERS,
    "help_list": _MEMBERS,
}
MAY_ABROAD: dict[str, set[str]] = {"person_buddy": {Role.PROJECT_MANAGER}}
POSTED: dict[str, dict[str, Any]] = {
    "stream_choice": {"shown": "yes"},
    "coffee_choice": {"coffee": "yes"},
}


def objects(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    return {
        "thanks": small.thanks(code).pk,
        "coffee pair": small.coffee_pair(code).pk,
        "line of help": small.help_line(code).pk,
        "offer or need": small.exchange(code).pk,
    }
