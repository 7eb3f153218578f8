"""An action ends: done, or dropped for a reason; either can be taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from sessions import permissions
from sessions.domain.actions import telling
from sessions.domain.actions.writing import locked, record
from sessions.enums import ActionState
from sessions.models import ActionItem


def done(*, action_id: int, by: User, at: datetime) -> ActionItem:
    """It is done today. Twice changes nothing. Raises Refused, NotPossible for a dropped one."""
    return _settle(action_id, ActionState.DONE, "", by=by, at=at)


def drop(*, action_id: int, reason: str, by: User, at: datetime) -> ActionItem:
    """Nobody will do it, for a reason. Twice changes nothing. Raises Refused, NotPossible."""
    return _settle(action_id, ActionState.DROPPED, reason, by=by, at=at)


@transaction.atomic
def reopen(*, action_id: int, by: User, at: datetime) -> ActionItem:
    """It is not over after all; its owner is reminded again. Raises Refused."""
    action = locked(action_id)
    permissions.may_change_action(by, action)
    if action.state == ActionState.OPEN:
        return action
    action.state, action.reason, action.settled_on = ActionState.OPEN, "", None
    action.revision += 1
    action.save()
    telling.plan(action, by=by.person, at=at, is_new_owner=False)
    record(action, "action reopened", by=by, at=at)
    return action


@transaction.atomic
def _settle(action_id: int, state: str, reason: str, *, by: User, at: datetime) -> ActionItem:
    action = locked(action_id)
    permissions.may_change_action(by, action)
    if action.state == state:
        return action
    if action.state != ActionState.OPEN:
        raise NotPossible(_("This action is over. Open it again first."))
    action.state, action.reason = state, reason
    action.settled_on = to_wall(at, by.person.zone).date()
    action.revision += 1
    action.save()
    telling.take_back(action)
    record(action, f"action {state}", by=by, at=at)
    return action
