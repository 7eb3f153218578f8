"""Ideas beside what they were handed in from, and the idea a practice grew out of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cop_platform.common.panels import Panel
from experts.models import User
from materials.models import Material
from practices import permissions
from practices.models import Idea, Practice
from sessions.models import CopSession

_SHOWN = 5


def of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """In the column beside the session."""
    yield from _from_page(user, session, "panel")


def of_material(user: User, material: Material) -> Iterator[Panel]:
    """Below the material's editions."""
    yield from _from_page(user, material, "section")


def of_practice(user: User, practice: Practice) -> Iterator[Panel]:
    """Where the practice comes from, if it was an idea once."""
    ideas = list(Idea.objects.visible_to(user).filter(became_practice=practice))
    if ideas:
        yield Panel("practices/_idea_grown_panel.html", {"ideas": ideas})


def _from_page(user: User, shown: Any, look: str) -> Iterator[Panel]:
    if not permissions.may_contribute.allows(user):
        return
    origin = shown.get_absolute_url()
    ideas = Idea.objects.visible_to(user).standing().filter(origin=origin)
    context = {"ideas": list(ideas[:_SHOWN]), "origin": origin, "look": look}
    yield Panel("practices/_idea_panel.html", context)
