"""What the page of a group says of its coding."""

from __future__ import annotations

from collections.abc import Iterator

from cop_platform.common.panels import Panel
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.coding import coding_progress
from feedback.focus_groups.models import FocusGroup


def of_group(user: User, group: FocusGroup) -> Iterator[Panel]:
    """How far each coder is, for those who hear what was said; nothing before there is a quote."""
    if not permissions.may_hear.allows(user, group.country_id):
        return
    total = group.quotes.codable().count()
    if not total:
        return
    coders = coding_progress.of_group(group, user, total)
    yield Panel(
        "feedback/_coding_panel.html",
        {"group": group, "total": total, "coders": coders, "country": group.country},
    )
