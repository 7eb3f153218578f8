"""The sections that this room gives to reports."""

from __future__ import annotations

from cop_platform.common.reporting import sections
from feedback.validation.domain.report import (
    across,
    definitions,
    materials,
    method,
    progress,
    rating_table,
    ratings,
    waivers,
)


def register() -> None:
    """Adds them; in AppConfig.ready."""
    rooms = (across, definitions, materials, method, progress, rating_table, ratings, waivers)
    for part in rooms:
        sections.register(part.SECTION)
