"""What a list of materials is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass

from experts.models import Country
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


def apply(materials: MaterialQuerySet, wanted: MaterialFilter) -> MaterialQuerySet:
    """Narrows; the order by code stays."""
    if wanted.q:
        materials = materials.containing(wanted.q)
    if wanted.type:
        materials = materials.filter(type=wanted.type)
    if wanted.audience:
        materials = materials.filter(audience=wanted.audience)
    if wanted.language:
        materials = materials.with_language(wanted.language)
    if wanted.country:
        materials = materials.filter(country=wanted.country)
    if wanted.state == "released":
        materials = materials.released()
    if wanted.state == "open":
        materials = materials.not_released()
    return materials
