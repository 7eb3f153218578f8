"""The page of one goal: how far it is, and the sessions and actions that serve it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from experts.models import User
from sessions.domain import goals
from sessions.domain.actions import page
from sessions.domain.actions.page import Row
from sessions.domain.goals import Progress
from sessions.models import ActionItem, CopSession, Goal

SHOWN = 50


@dataclass(frozen=True)
class GoalPage:
    """Sessions are every member's to read of; `open_to` are those whose page opens."""

    progress: Progress
    sessions: list[CopSession]
    open_to: frozenset[int]
    actions: list[Row]


def build(goal: Goal, user: User, today: date, at: datetime) -> GoalPage:
    """The page as this person meets it; the next session and the first due action at the top."""
    serving = CopSession.objects.filter(goal=goal).not_cancelled()
    shown = list(serving.cards_for(user).order_by("-starts_at", "pk")[:SHOWN])
    seen = CopSession.objects.visible_to(user).filter(pk__in=[session.pk for session in shown])
    actions = ActionItem.objects.visible_to(user).filter(goal=goal).with_people()
    return GoalPage(
        progress=goals.progress([goal], at)[0],
        sessions=shown,
        open_to=frozenset(seen.values_list("pk", flat=True)),
        actions=page.rows(actions.order_by("due_on", "pk")[:SHOWN], today),
    )
