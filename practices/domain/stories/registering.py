"""What stories bring to the rest of the platform."""

from __future__ import annotations

from cop_platform.common import needs, panels
from cop_platform.common.reporting import sections
from practices.domain import contributing
from practices.domain.stories import needs as own_needs
from practices.domain.stories import story_page
from practices.domain.stories.contributions import given
from practices.domain.stories.report import SECTION


def register() -> None:
    """Called once, when the app is ready."""
    needs.register(own_needs.of, own_needs.asks)
    panels.register("material", story_page.of_material, rows=story_page.rows_of_material)
    panels.register("practice", story_page.of_practice)
    contributing.register(given)
    sections.register(SECTION)
