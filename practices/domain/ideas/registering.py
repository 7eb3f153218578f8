"""What ideas, votes, experiments, briefs bring to the rest of the platform."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common import needs as common_needs
from cop_platform.common import panels as common_panels
from cop_platform.common import periodic
from cop_platform.common.reporting import sections
from experts.domain import message_kinds
from practices.domain import contributing
from practices.domain.briefs import idea_source, sources
from practices.domain.ideas import acting, given, mails, needs, own, panels
from practices.domain.ideas.report import section
from sessions.domain.actions import origins


def register() -> None:
    """Called once, when the app is ready."""
    common_needs.register(needs.of, needs.asks)
    common_panels.register(
        "session", panels.of_session, rows=panels.rows_of, empty=panels.nothing_of_session
    )
    common_panels.register(
        "material", panels.of_material, rows=panels.rows_of, empty=panels.nothing_of_material
    )
    common_panels.register("practice", panels.of_practice)
    message_kinds.register(mails.KIND)
    origins.register(acting.KIND, _("An idea"), acting.origin)
    contributing.register(given.ideas)
    contributing.register(given.tests)
    sections.register(section.SECTION)
    periodic.register("withdrawn ideas", own.clear)
    sources.register(idea_source.SOURCE)
