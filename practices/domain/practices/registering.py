"""What good practices, their versions, checks and adoptions bring to the rest of the platform."""

from __future__ import annotations

from cop_platform.common import needs as today
from cop_platform.common import panels, periodic
from cop_platform.common.reporting import sections
from practices.domain import contributing
from practices.domain.practices import discarding, given, needs, news, panel
from practices.domain.practices.report.section import SECTION


def register() -> None:
    """Called once, when the app is ready."""
    news.register()
    today.register(needs.of, needs.asks)
    panels.register("material", panel.of_material, rows=panel.rows_of_material)
    contributing.register(given.of_versions)
    contributing.register(given.of_adoptions)
    sections.register(SECTION)
    periodic.register("discarded drafts", discarding.clear)
