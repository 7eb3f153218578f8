"""What the page of a material offers an expert: to say that they should not review it."""

from __future__ import annotations

from collections.abc import Iterator

from cop_platform.common.panels import Panel
from experts.models import User
from feedback.reviews import permissions
from materials.models import Material


def of_material(user: User, material: Material) -> Iterator[Panel]:
    """A link and nothing else: whether something stands is asked on its own page."""
    if permissions.may_declare_own.allows(user) and material.owner_id != user.person.pk:
        yield Panel("feedback/_own_conflict_panel.html", {"material": material})
