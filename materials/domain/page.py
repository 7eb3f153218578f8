"""Everything the pages of materials show, ready for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from experts.models import User
from materials import permissions
from materials.models import Material, Version

_LANGUAGES = dict(settings.PROJECT_LANGUAGES)


@dataclass(frozen=True)
class Card:
    """A material in a list; `newest` and `released` are version numbers, 0 for none."""

    material: Material
    languages: list[Any]
    newest: int
    released: int


def cards(materials: Iterable[Any]) -> list[Card]:
    """From rows of `with_standing`."""
    return [
        Card(
            material=row,
            languages=[_LANGUAGES[code] for code in sorted(row.languages)],
            newest=row.newest or 0,
            released=row.newest_released or 0,
        )
        for row in materials
    ]


@dataclass(frozen=True)
class VersionLine:
    """A version on its material's page; everybody sees that it exists, some may open it."""

    version: Version
    readable: bool
    may_release: bool


@dataclass(frozen=True)
class MaterialPage:
    lines: list[VersionLine]
    languages: list[Any]
    released: int
    may_edit: bool

    @property
    def readable(self) -> VersionLine | None:
        """The newest version this reader may open."""
        return next((line for line in self.lines if line.readable), None)


def build(material: Material, user: User) -> MaterialPage:
    """The newest version first; needs two queries."""
    may_edit = permissions.may_edit.allows(user, material)
    versions = list(material.versions.newest_first().select_related("uploaded_by"))
    readable = set(material.versions.visible_to(user).values_list("pk", flat=True))
    lines = [VersionLine(v, v.pk in readable, may_edit and v.released_at is None) for v in versions]
    return MaterialPage(
        lines=lines,
        languages=[_LANGUAGES[code] for code in sorted({v.language for v in versions})],
        released=sum(v.released_at is not None for v in versions),
        may_edit=may_edit,
    )
