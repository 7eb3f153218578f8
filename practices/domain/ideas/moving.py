"""An idea on its way: the answer it is owed, what is done with it, what it became."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from practices import permissions
from practices.domain.ideas import acting, answered, drafting, rows
from practices.domain.ideas.acting import Promised
from practices.enums import IdeaState
from practices.models import Idea

# Where a coordinator may move an idea; a test moves it to "tried" by itself.
WAYS: dict[str, tuple[IdeaState, ...]] = {
    IdeaState.NEW: (IdeaState.EXPLORED, IdeaState.PARKED),
    IdeaState.EXPLORED: (IdeaState.PARKED,),
    IdeaState.TRIED: (IdeaState.EXPLORED, IdeaState.PARKED),
    IdeaState.ADOPTED: (IdeaState.PARKED,),
    IdeaState.PARKED: (IdeaState.EXPLORED,),
}


@transaction.atomic
def answer(*, idea_id: int, revision: int, text: str, state: str, by: User, at: datetime) -> Idea:
    """Answers its author, who gets a mail, and moves the idea on where `state` names another one.

    Said again it takes the place of the first answer; the day of the first one counts. Raises
    Refused, or NotPossible where the idea changed meanwhile or cannot go there.
    """
    permissions.may_answer_ideas(by)
    idea = rows.locked_standing(idea_id, revision)
    if state and state != idea.state:
        _move(idea, state, note=text, by=by, at=at)
    idea.answer = text
    idea.answered_on = idea.answered_on or to_wall(at, by.person.zone).date()
    idea.answered_by = by.person
    rows.save(idea, "idea_answered", by=by, at=at)
    answered.tell(idea, at=at)
    return idea


@transaction.atomic
def move(*, idea_id: int, revision: int, state: str, why: str, by: User, at: datetime) -> Idea:
    """Moves an answered idea on, for a reason. Raises Refused or NotPossible."""
    permissions.may_answer_ideas(by)
    idea = rows.locked_standing(idea_id, revision)
    _check_answered(idea)
    _move(idea, state, note=why, by=by, at=at)
    rows.save(idea, "idea_moved", by=by, at=at)
    return idea


@transaction.atomic
def adopt(
    *, idea_id: int, revision: int, action: Promised | None, why: str, by: User, at: datetime
) -> Idea:
    """Adopts an idea: as an action where one is promised, else as the draft of a practice.

    The draft is its author's, filled with what the idea and its tests say. Raises Refused, or
    NotPossible where nobody answered it yet, or it is adopted already.
    """
    permissions.may_answer_ideas(by)
    idea = rows.locked_standing(idea_id, revision)
    _check_answered(idea)
    if idea.state == IdeaState.ADOPTED:
        raise NotPossible(_("This idea is adopted already."))
    if action:
        idea.became_action = acting.make(idea, action, by=by, at=at).title
    else:
        idea.became_action = ""
        idea.became_practice = drafting.draft(idea, by=by, at=at)
    rows.to_state(idea, IdeaState.ADOPTED, by=by, at=at, note=why)
    rows.save(idea, "idea_adopted", by=by, at=at)
    return idea


def _check_answered(idea: Idea) -> None:
    if idea.answered_on is None:
        raise NotPossible(_("Answer its author first: somebody waits for it."))


def _move(idea: Idea, state: str, *, note: str, by: User, at: datetime) -> None:
    if state not in WAYS[idea.state]:
        raise NotPossible(
            _("From “%(now)s” an idea does not go to “%(then)s”.")
            % {"now": idea.get_state_display(), "then": IdeaState(state).label}
        )
    rows.to_state(idea, state, by=by, at=at, note=note)
