"""The sections that this room gives to reports."""

from __future__ import annotations

from cop_platform.common.reporting import sections
from feedback.reviews.domain.report import contributions, invitation, panel, rubric, themes


def register() -> None:
    """Adds them; in AppConfig.ready."""
    for part in (contributions, invitation, panel, rubric, themes):
        sections.register(part.SECTION)
