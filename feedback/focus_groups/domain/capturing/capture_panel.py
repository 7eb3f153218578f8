"""The panel about what was said, on the page of a group: for its own people alone."""

from __future__ import annotations

from collections.abc import Iterable

from cop_platform.common.panels import Panel
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.capturing import checking
from feedback.focus_groups.domain.keeping import retention
from feedback.focus_groups.models import FocusGroup, Recording


def of_group(user: User, group: FocusGroup) -> Iterable[Panel]:
    """How many lines there are, how many wait to be checked, and how the recording stands."""
    if not permissions.may_hear.allows(user, group.country_id):
        return
    checked, total = checking.progress(group)
    recording = Recording.objects.filter(group=group).first()
    yield Panel(
        "feedback/_capture_panel.html",
        {
            "group": group,
            "total": total,
            "unchecked": total - checked,
            "recording": recording,
            "delete_on": retention.delete_on(recording) if recording and recording.file else None,
            "is_open": group.closed_on is None,
        },
    )
