"""Every address by its name: who it is for, and what kind of object it shows."""

from __future__ import annotations

from cop_platform.common.routes import Route
from cop_platform.register import (
    accounts,
    experts,
    focus_groups,
    materials,
    reports,
    reviews,
    sessions,
    validation,
)

REGISTER: dict[str, Route] = {
    **accounts.ROUTES,
    **experts.ROUTES,
    **sessions.ROUTES,
    **materials.ROUTES,
    **reviews.ROUTES,
    **focus_groups.ROUTES,
    **validation.ROUTES,
    **reports.ROUTES,
}
