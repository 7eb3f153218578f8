"""What a session is about, on its page."""

from __future__ import annotations

from collections.abc import Iterator

from cop_platform.common.panels import Panel
from experts.models import User
from sessions import permissions
from sessions.models import CopSession


def of_session(user: User, session: CopSession) -> Iterator[Panel]:
    """Its topic and goal, for everybody who reads it; for who runs it also the way to set them."""
    may_run = permissions.may_run.allows(user, session)
    topic = session.topic.name if session.topic_id and session.topic else ""
    goal = session.goal if session.goal_id else None
    if topic or goal or may_run:
        context = {
            "topic": topic,
            "goal": goal.title if goal else "",
            "goal_url": goal.get_absolute_url() if goal else "",
            "may_run": may_run,
            "pk": session.pk,
        }
        yield Panel("practices/_forming_session_panel.html", context)
