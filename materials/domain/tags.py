"""Tags of a material: the parts of an e-portfolio it helps with, and levels of three frames."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from experts.domain import audit
from experts.models import User
from materials import permissions
from materials.domain import search
from materials.enums import PortfolioPart
from materials.models import Material

# CEFR has six levels, DigComp and EntreComp eight steps each.
LEVELS = (
    *(f"CEFR {letter}{step}" for letter in "ABC" for step in "12"),
    *(f"{frame} {step}" for frame in ("DigComp", "EntreComp") for step in range(1, 9)),
)
MAX_LEVELS = 8


def is_level(text: str) -> bool:
    """Whether this is a frame and one of its levels, spelt as they are stored."""
    return text in LEVELS


@transaction.atomic
def set_tags(
    *, material_id: int, parts: Sequence[str], levels: Sequence[str], by: User, at: datetime
) -> None:
    """Replaces the tags; the same ones again change nothing. Raises Refused."""
    material = Material.objects.select_for_update().get(pk=material_id)
    permissions.may_edit(by, material)
    wanted = [part for part in PortfolioPart.values if part in parts]
    if (material.parts, material.levels) == (wanted, list(levels)):
        return
    material.parts, material.levels = wanted, list(levels)
    material.save(update_fields=["parts", "levels"])
    audit.record(
        deed="material tagged", about=material, by=by, at=at, country_id=material.country_id
    )
    search.refresh_material(material_id=material_id)
