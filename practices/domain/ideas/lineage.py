"""Where an idea comes from and what grew out of it: parents and children, as far as they go."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from practices.models import Idea

# Generations that are shown; further ones stand on the page of the last.
_DEEP = 4


@dataclass(frozen=True)
class Kin:
    """An idea in the picture, with its own parents, or its own children."""

    title: str
    url: str
    country: str
    state: str
    further: tuple[Kin, ...] = field(default=())


@dataclass(frozen=True)
class Lineage:
    """`parents` are what it combines, `children` what combines it."""

    parents: tuple[Kin, ...]
    children: tuple[Kin, ...]

    @property
    def is_alone(self) -> bool:
        return not (self.parents or self.children)

    @property
    def countries(self) -> list[str]:
        """The countries its parents come from, by code."""
        return sorted({parent.country for parent in self.parents if parent.country})


def of(idea: Idea) -> Lineage:
    """Two questions, however large the family is: combining is rare, and its rows are few."""
    pairs = Idea.parents.through.objects.values_list("from_idea_id", "to_idea_id")
    up: dict[int, list[int]] = defaultdict(list)
    down: dict[int, list[int]] = defaultdict(list)
    for child, parent in pairs.order_by("pk"):
        up[child].append(parent)
        down[parent].append(child)
    keys = _reached(idea.pk, up) | _reached(idea.pk, down)
    known = Idea.objects.select_related("country").in_bulk(keys) if keys else {}
    return Lineage(_kin(idea.pk, up, known, 1), _kin(idea.pk, down, known, 1))


def _reached(start: int, ways: dict[int, list[int]]) -> set[int]:
    found: set[int] = set()
    fresh = {start}
    for _generation in range(_DEEP):
        fresh = {other for pk in fresh for other in ways.get(pk, [])} - found
        found |= fresh
    return found


def _kin(
    pk: int, ways: dict[int, list[int]], known: dict[int, Idea], generation: int
) -> tuple[Kin, ...]:
    if generation > _DEEP:
        return ()
    return tuple(
        Kin(
            title=known[other].title,
            url=known[other].get_absolute_url(),
            country=country.code if (country := known[other].country) else "",
            state=known[other].get_state_display(),
            further=_kin(other, ways, known, generation + 1),
        )
        for other in ways.get(pk, [])
    )
