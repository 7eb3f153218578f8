"""What a session is about and which goal it serves: a topic of the charter, a goal of a host."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import Topic, User
from experts.querysets import TopicQuerySet
from sessions import permissions
from sessions.models import CopSession, Goal
from sessions.querysets import GoalQuerySet


class ForeignTopic(NotPossible):
    """No charter of a host community has this topic."""


def topics_for(session: CopSession) -> TopicQuerySet:
    """Topics of the charters in force of the communities that host it."""
    return Topic.objects.current().filter(charter__cop__in=session.host_cops.all())


def goals_for(session: CopSession) -> GoalQuerySet:
    """Goals of the communities that host it, and of the project."""
    return Goal.objects.of_hosts(session.host_cops.all())


@transaction.atomic
def set_aim(
    *, session_id: int, topic: str, goal_id: int | None, by: User, at: datetime
) -> CopSession:
    """Files a session under a topic, by its name ("" for none), and a goal.

    Raises Refused, ForeignTopic; Goal.DoesNotExist for a goal of somebody else.
    """
    session = CopSession.objects.select_for_update().get(pk=session_id)
    permissions.may_run(by, session)
    session.topic = topics_for(session).filter(name__iexact=topic).first() if topic else None
    if topic and session.topic is None:
        raise ForeignTopic(
            _("No charter of the host communities has this topic. Propose it to the charter first.")
        )
    session.goal = goals_for(session).get(pk=goal_id) if goal_id else None
    session.save(update_fields=["topic", "goal"])
    audit.record(deed="session aim set", about=session, by=by, at=at)
    return session
