"""What focus groups and forms bring to the rest of the platform."""

from __future__ import annotations

from django.apps import (
    apps,
)
from django.db.models.signals import (
    post_migrate,
)
from django.utils import (
    timezone,
)

from cop_platform.common import (
    device,
    needs,
    panels,
    periodic,
)
from cop_platform.common.reporting import (
    sections,
)
from experts.domain import (
    restoring,
)
from feedback.changes import (
    sources,
)
from feedback.focus_groups.domain.capturing import capture_page, capture_panel
from feedback.focus_groups.domain.coding import coding_panel, theme_source, theme_suggestions
from feedback.focus_groups.domain.consenting import consent_panel, consent_texts
from feedback.focus_groups.domain.easy import (
    after_release,
)
from feedback.focus_groups.domain.guides import guide_found
from feedback.focus_groups.domain.keeping import erasing_again, retention, retention_run
from feedback.focus_groups.domain.planning import panels as own_panels
from feedback.focus_groups.domain.report import (
    section,
)
from practices.domain.briefs import sources as suggestions


def register() -> None:
    """Called once, when the app is ready."""
    guide_found.register()
    panels.register("session", own_panels.of_session)
    feedback = apps.get_app_config("feedback")
    post_migrate.connect(consent_texts.lay_out, sender=feedback)
    device.register(capture_page.kept_desks)
    panels.register("focus group", capture_panel.of_group)
    panels.register(consent_panel.PAGE, consent_panel.of_group)
    panels.register("focus group", coding_panel.of_group)
    sources.register(theme_source.SOURCE)
    suggestions.register(theme_suggestions.SOURCE)
    post_migrate.connect(retention.lay_out, sender=feedback)
    periodic.register("retention", lambda at: retention_run.run(at=at))
    # The age of a file is told by the clock on the wall, whatever moment a tick is run for.
    periodic.register("orphaned sounds", lambda _at: retention_run.sweep_daily(at=timezone.now()))
    restoring.register(before=erasing_again.put_aside, after=erasing_again.erase_again)
    periodic.register("surveys after a release", lambda at: after_release.open_due(at=at))
    needs.register(after_release.needs_of, after_release.needs_ask)
    sections.register(section.SECTION)
