"""Rows of ideas as deeds take hold of them, and the steps they leave behind."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import User
from practices.enums import IdeaState
from practices.models import Idea, IdeaStep

# Where an idea ends; the day it got there is kept.
SETTLED = frozenset({IdeaState.ADOPTED, IdeaState.PARKED})


def locked(idea_id: int) -> Idea:
    """The idea for a deed, nobody else changing it. Raises Idea.DoesNotExist."""
    rows = Idea.objects.select_for_update(of=("self",)).select_related("author", "country")
    return rows.get(pk=idea_id)


def locked_standing(idea_id: int, revision: int) -> Idea:
    """The same for one that stands alone and is as it was seen.

    Raises ChangedMeanwhile, NotPossible.
    """
    idea = locked(idea_id)
    check_stands(idea)
    said = _("Somebody changed this idea meanwhile. Look at it again, then save once more.")
    revisions.check(idea, revision, said)
    return idea


def check_stands(idea: Idea) -> None:
    """Raises NotPossible for an idea that was merged or withdrawn."""
    if idea.merged_into_id:
        raise NotPossible(_("This idea was merged into another one; go on there."))
    if idea.withdrawn_on:
        raise NotPossible(_("Its author withdrew this idea."))


def to_state(idea: Idea, state: str, *, by: User, at: datetime, note: str = "") -> None:
    """Moves an idea in memory and writes the step down; the caller saves the idea."""
    idea.state = state
    idea.settled_on = to_wall(at, by.person.zone).date() if state in SETTLED else None
    IdeaStep.objects.create(idea=idea, state=state, by=by.person, at=at, note=note)


def save(idea: Idea, deed: str, *, by: User, at: datetime) -> None:
    """Writes a changed row under its next revision, and the deed beside it."""
    idea.revision += 1
    idea.save()
    audit.record(
        deed=deed, about=idea, by=by, at=at, country_id=idea.country_id, state=str(idea.state)
    )
