"""What lessons bring to the rest of the platform."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common import needs as common_needs
from cop_platform.common import panels as common_panels
from sessions.domain.actions import origins
from sessions.domain.lessons import needs, page, writing


def register() -> None:
    """Called once, when the app is ready."""
    common_needs.register(needs.of, needs.asks)
    common_panels.register(
        "session", page.of_session, rows=page.rows_of_session, empty=page.nothing_of_session
    )
    origins.register(writing.KIND, _("A lesson of a look back"), page.origin)
