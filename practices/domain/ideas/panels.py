"""Ideas beside what they were handed in from, and the idea a practice grew out of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from cop_platform.common.panels import Panel
from experts.models import User
from materials.models import Material
from practices import permissions
from practices.models import Idea, Practice
from sessions.models import CopSession

_SHOWN = 5


def of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """In the column beside the session."""
    [found] = rows_of(user, session)
    yield from _from_page(user, session, "panel", found[:_SHOWN])


def of_material(user: User, material: Material) -> Iterator[Panel]:
    """Below the material's editions."""
    [found] = rows_of(user, material)
    yield from _from_page(user, material, "section", found[:_SHOWN])


def of_practice(user: User, practice: Practice) -> Iterator[Panel]:
    """Where the practice comes from, if it was an idea once."""
    ideas = list(Idea.objects.visible_to(user).filter(became_practice=practice))
    if ideas:
        yield Panel("practices/_idea_grown_panel.html", {"ideas": ideas})


def rows_of(user: User, shown: Any) -> Iterator[QuerySet[Idea]]:
    """Ideas that were handed in from a page."""
    if permissions.may_contribute.allows(user):
        origin = shown.get_absolute_url()
        yield Idea.objects.visible_to(user).standing().filter(origin=origin)


def nothing_of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """The way to hand the first one in."""
    yield from _from_page(user, session, "panel", found=())


def nothing_of_material(user: User, material: Material) -> Iterator[Panel]:
    """The way to hand the first one in."""
    yield from _from_page(user, material, "section", found=())


def _from_page(user: User, shown: Any, look: str, found: Iterable[Idea]) -> Iterator[Panel]:
    if permissions.may_contribute.allows(user):
        context = {"ideas": list(found), "origin": shown.get_absolute_url(), "look": look}
        yield Panel("practices/_idea_panel.html", context)
