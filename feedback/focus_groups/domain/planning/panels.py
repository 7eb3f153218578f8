"""What the page of a session says of its focus group."""

from __future__ import annotations

from collections.abc import Iterable

from cop_platform.common.panels import Panel
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import FocusGroup
from sessions.enums import Kind
from sessions.models import CopSession


def of_session(user: User, session: CopSession) -> Iterable[Panel]:
    """The plan, or the way to one, for those who run groups in a host country."""
    if session.kind != Kind.FOCUS_GROUP or not permissions.may_enter.allows(user):
        return
    group = FocusGroup.objects.visible_to(user).filter(session=session).first()
    hosts = [cop.country_id for cop in session.host_cops.all() if cop.country_id]
    may_plan = any(permissions.may_plan.allows(user, country) for country in hosts)
    if group or (may_plan and not session.cancelled_at):
        context = {"group": group, "session": session}
        yield Panel("feedback/_group_session_panel.html", context)
