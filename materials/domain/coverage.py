"""Which parts of an e-portfolio the materials cover, and which nobody has written for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from experts.models import User
from materials import permissions
from materials.enums import PortfolioPart
from materials.models import Material

# The picture in points: a row for each part, a bar whose length is the number of materials.
ROW, BAR, LEFT, WIDTH = 44, 24, 190, 640
# More names than this in one cell nobody reads; the list of materials has them all.
MOST_NAMED = 40


@dataclass(frozen=True)
class Part:
    """A part, its materials, and its bar in the picture; `y` and `length` are points."""

    value: str
    label: Any
    count: int
    materials: tuple[Material, ...]
    y: int
    length: int

    @property
    def middle(self) -> int:
        return self.y + BAR // 2 + 5

    @property
    def end(self) -> int:
        return LEFT + self.length + 10


@dataclass(frozen=True)
class Coverage:
    parts: tuple[Part, ...]
    untagged: tuple[Material, ...]
    untagged_count: int
    editable: frozenset[int]
    height: int

    @property
    def gaps(self) -> list[Any]:
        return [part.label for part in self.parts if not part.count]

    @property
    def covered(self) -> int:
        return len(self.parts) - len(self.gaps)


def build(materials: Iterable[Material], user: User) -> Coverage:
    """From materials by code; asks the database nothing more."""
    rows = list(materials)
    by_part = {part: [row for row in rows if part in row.parts] for part in PortfolioPart.values}
    most = max((len(found) for found in by_part.values()), default=0) or 1
    untagged = [row for row in rows if not row.parts]
    parts = tuple(
        Part(
            value=value,
            label=PortfolioPart(value).label,
            count=len(found),
            materials=tuple(found[:MOST_NAMED]),
            y=n * ROW + (ROW - BAR) // 2,
            length=round((WIDTH - LEFT - 60) * len(found) / most),
        )
        for n, (value, found) in enumerate(by_part.items())
    )
    named = {row.pk: row for part in parts for row in part.materials}
    named |= {row.pk: row for row in untagged[:MOST_NAMED]}
    return Coverage(
        parts=parts,
        untagged=tuple(untagged[:MOST_NAMED]),
        untagged_count=len(untagged),
        editable=frozenset(
            pk for pk, row in named.items() if permissions.may_edit.allows(user, row)
        ),
        height=len(parts) * ROW,
    )
