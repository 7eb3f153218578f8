"""What questions put to the community, and their answers bring to the rest of the platform."""

from __future__ import annotations

from cop_platform.common import needs as all_needs
from cop_platform.common import panels as all_panels
from cop_platform.common.reporting import sections
from practices.domain import contributing
from practices.domain.questions import given, mails, needs, panels
from practices.domain.questions.report import section


def register() -> None:
    """Called once, when the app is ready."""
    mails.register()
    all_needs.register(needs.of, needs.asks)
    all_panels.register("session", panels.of_session, rows=panels.rows_of_session)
    contributing.register(given.of)
    sections.register(section.SECTION)
