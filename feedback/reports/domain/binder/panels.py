"""The way to the binder, on a work's page."""

from __future__ import annotations

from cop_platform.common.panels import Panel
from experts.models import User
from feedback.reports import permissions
from materials.models import Material


def of_material(user: User, material: Material) -> list[Panel]:
    """For those who may open it; no query."""
    if not permissions.may_audit.allows(user, material.country_id):
        return []
    return [Panel("feedback/_binder_panel.html", {"material": material})]
