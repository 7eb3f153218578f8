"""The sections that this room gives to reports."""

from __future__ import annotations

from cop_platform.common.reporting import sections
from feedback.reviews.domain.report import panel, rubric


def register() -> None:
    """Adds them; in AppConfig.ready."""
    for part in (panel, rubric):
        sections.register(part.SECTION)
