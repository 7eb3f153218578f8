"""What the forming of communities brings to the rest of the platform."""

from __future__ import annotations

from cop_platform.common import needs, panels, periodic
from practices.domain.forming import (
    counting,
    handing_over,
    health_goals,
    mails,
    session_panels,
    voting,
)
from practices.domain.forming import needs as own_needs
from practices.domain.health import goals


def register() -> None:
    """Called once, when the app is ready."""
    needs.register(own_needs.of, own_needs.asks)
    periodic.register("charter votes", voting.settle_due)
    periodic.register("hand-overs", handing_over.carry_out_due)
    mails.register()
    counting.register_own()
    goals.register(health_goals.of)
    panels.register("session", session_panels.of_session)
