"""Small worlds of changes outside."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from experts.models import Person
from materials.models import Material
from practices.enums import WatchKind
from practices.models import WatchItem, WatchTarget
from tests import factories as make
from tests.practices.world import DAY, member

_numbers = count(1)


def item(code: str | None = "BG", *, added_by: Person | None = None, **more: Any) -> WatchItem:
    values: dict[str, Any] = {
        "title": f"New rule {next(_numbers)}",
        "kind": WatchKind.LAW,
        "country": make.country(code) if code else None,
        "source": "https://law.example.org/1",
        "effect": "Papers are accepted in English.",
        "from_on": date(2027, 1, 1),
        "added_by": added_by or member(code or "BG"),
        "added_on": DAY,
    }
    return WatchItem.objects.create(**values | more)


def target(of: WatchItem, material: Material | None = None, **more: Any) -> WatchTarget:
    """Something on its list; a material of Bulgaria unless one is given."""
    if "practice" not in more:
        more["material"] = material or make.material("BG")
    return WatchTarget.objects.create(item=of, **more)
