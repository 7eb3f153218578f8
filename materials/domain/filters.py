"""What a list of materials is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from experts.models import Country, User
from materials.domain import search
from materials.querysets import MaterialQuerySet

# Of a search no more than these are counted and shown: nobody leafs further.
MOST_FOUND = 500


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


@dataclass(frozen=True)
class Found:
    """Keys of materials in the order of their codes; `has_more` where a search found too many."""

    keys: QuerySet | list[int]
    has_more: bool = False


def find(materials: MaterialQuerySet, wanted: MaterialFilter, *, user: User) -> Found:
    """What this member finds. A search is asked once, for the count as well as for every page."""
    keys = apply(materials, wanted, user=user).order_by("code").values_list("pk", flat=True)
    if not wanted.q:
        return Found(keys)
    most = list(keys[: MOST_FOUND + 1])
    return Found(most[:MOST_FOUND], has_more=len(most) > MOST_FOUND)
