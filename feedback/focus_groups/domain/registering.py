"""What focus groups and forms bring to the rest of the platform."""

from __future__ import annotations

from cop_platform.common import panels
from feedback.focus_groups.domain import panels as own_panels


def register() -> None:
    """Called once, when the app is ready."""
    panels.register("session", own_panels.of_session)
