"""What the page of a focus group says about consents."""

from __future__ import annotations

from collections.abc import Iterable

from cop_platform.common.panels import Panel
from experts.models import User
from feedback.focus_groups.domain.consenting import consent_page
from feedback.focus_groups.models import FocusGroup

PAGE = "focus group"


def of_group(user: User, group: FocusGroup) -> Iterable[Panel]:
    """Codes and answers in numbers, for those who hear what is said in this group."""
    if consent_page.may_see(user, group):
        summary = consent_page.summary(consent_page.rows(group))
        yield Panel("feedback/_consent_panel.html", {"group": group, "summary": summary})
