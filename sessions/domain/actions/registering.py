"""What actions and lessons bring to the rest of the platform."""

from __future__ import annotations

from cop_platform.common import needs as common_needs
from cop_platform.common import panels as common_panels
from sessions.domain import goals
from sessions.domain.actions import counting, mails, needs, page
from sessions.domain.lessons import registering as lessons


def register() -> None:
    """Called once, when the app is ready."""
    mails.register()
    common_needs.register(needs.of, needs.asks)
    common_panels.register(
        "session", page.of_session, rows=page.rows_of_session, empty=page.nothing_of_session
    )
    goals.register(counting.ACTIONS_DONE)
    lessons.register()
