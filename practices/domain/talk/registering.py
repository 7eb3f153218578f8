"""What comments, follows and moderation bring to the rest of the platform."""

from __future__ import annotations

from cop_platform.common import needs, panels, periodic
from practices.domain import contributing
from practices.domain.talk import contributed, found, mails, panel, week_mails, writing
from practices.domain.talk import needs as own_needs

_ON_PAGES = ("material", "practice", "idea", "question", "circle")


def register() -> None:
    """Called once, when the app is ready."""
    for page in _ON_PAGES:
        panels.register(page, panel.of(page), last=True)
    panels.register("version", panel.of_version, rows=panel.rows_of_version, last=True)
    panels.register(
        "session",
        panel.of("session"),
        rows=panel.rows_of_session,
        empty=panel.nothing_of_session,
        last=True,
    )
    contributing.register(contributed.of)
    needs.register(own_needs.of, own_needs.asks)
    found.register()
    mails.register()
    week_mails.register()
    periodic.register("deleted comments", writing.empty_deleted)
    periodic.register("weekly digests", week_mails.plan)
