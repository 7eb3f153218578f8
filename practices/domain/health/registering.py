"""What figures about the communities bring to the rest of the platform."""

from __future__ import annotations

from cop_platform.common import needs, panels, periodic
from practices.domain import contributing
from practices.domain.health import kept, page, pulse_answering, sessions_given


def register() -> None:
    """Called once, when the app is ready."""
    contributing.register(sessions_given.accepted)
    contributing.register(sessions_given.duties)
    needs.register(pulse_answering.needs_of, pulse_answering.needs_ask)
    panels.register("country", page.panels_of)
    periodic.register("health figures", lambda at: kept.refresh(at=at))
    kept.watch()
