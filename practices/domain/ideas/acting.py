"""An idea becomes an action: somebody promises it until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from experts.models import CommunityOfPractice, Person, User
from practices.models import Idea
from sessions.domain.actions import writing
from sessions.domain.actions.writing import ActionPlan, Source
from sessions.models import ActionItem

KIND = "idea"


@dataclass(frozen=True)
class Promised:
    """What is done, who does it, until when."""

    title: str
    owner: Person
    due_on: date


def make(idea: Idea, promised: Promised, *, by: User, at: datetime) -> ActionItem:
    """An action of the idea's country and of its owner's, which its owner is told of.

    In the transaction of the deed that adopts the idea. Raises ForeignOwner for an owner who
    belongs to no country.
    """
    countries = {idea.country_id, promised.owner.country_id} - {None}
    cops = CommunityOfPractice.objects.filter(country__in=countries).order_by("pk")
    plan = ActionPlan(promised.title, promised.owner, promised.due_on, tuple(cops))
    return writing.make(plan=plan, source=Source(None, KIND, idea.pk), by=by, at=at)


def of(idea: Idea, user: User) -> ActionItem | None:
    """The action it became last, if this person sees it; asks nothing where it became none."""
    if not idea.became_action:
        return None
    seen = ActionItem.objects.visible_to(user).of_origin(KIND)
    return seen.filter(origin_id=idea.pk).order_by("pk").last()


def origin(user: Any, key: int) -> tuple[str, str] | None:
    """Title and address of an idea, if this user sees it."""
    idea = Idea.objects.visible_to(user).filter(pk=key).first()
    return (idea.title, idea.get_absolute_url()) if idea else None
