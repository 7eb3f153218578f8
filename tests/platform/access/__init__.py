"""Who gets where, in every part: `SEES` for each kind of object, `MAY` for each narrower route."""

from __future__ import annotations

from typing import Any

from tests.platform.access import groups, materials, people, reports, reviews, sessions
from tests.platform.access.ground import ground
from tests.practices import access as learning
from tests.sessions.actions import access as actions

# They stand on a common ground; the others lay their own.
ON_GROUND = (people, sessions, materials, reports, groups, reviews)
APART = (*learning.PARTS, actions)
PARTS = (*ON_GROUND, *APART)

# kind -> (who sees a Bulgarian one, who of the Bulgarians and the project sees an Italian one)
SEES: dict[str, tuple[set[str], set[str]]] = {}
# Routes whose right is narrower than seeing the object: the others who see it get 403.
MAY: dict[str, set[str]] = {}
# The same for an object of another country that everybody sees.
MAY_ABROAD: dict[str, set[str]] = {}
# What a posted form needs.
POSTED: dict[str, dict[str, Any]] = {}
for part in PARTS:
    SEES |= part.SEES
    MAY |= part.MAY
    MAY_ABROAD |= part.MAY_ABROAD
    POSTED |= part.POSTED


def world(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind, as arguments of its address."""
    laid = ground(code)
    found: dict[str, object] = {}
    for part in ON_GROUND:
        found |= part.objects(laid)
    for part in APART:
        found |= part.objects(code)
    return found
