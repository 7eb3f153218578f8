"""What a list of materials is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass

from experts.models import Country, User
from materials.domain import search
from materials.querysets import MaterialQuerySet


@dataclass(frozen=True)
class MaterialFilter:
    """The cleaned fields of the filter bar; `state` is "" (all), "released" or "open"."""

    q: str = ""
    type: str = ""
    audience: str = ""
    language: str = ""
    country: Country | None = None
    state: str = ""
    part: str = ""
    level: str = ""


def apply(materials: MaterialQuerySet, wanted: MaterialFilter, *, user: User) -> MaterialQuerySet:
    """Narrows to what this member finds; the order by code stays."""
    if wanted.q:
        materials = materials.filter(pk__in=search.materials_for(user, wanted.q))
    if wanted.part:
        materials = materials.filter(parts__contains=[wanted.part])
    if wanted.level:
        materials = materials.filter(levels__contains=[wanted.level])
    said = {name: getattr(wanted, name) for name in ("type", "audience", "country")}
    materials = materials.filter(**{name: value for name, value in said.items() if value})
    if wanted.language:
        materials = materials.with_language(wanted.language)
    if wanted.state == "released":
        materials = materials.released()
    if wanted.state == "open":
        materials = materials.not_released()
    return materials
