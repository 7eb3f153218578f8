"""What the owner of an action is told: that it is theirs, and the day before it is due.

Who gets several at once is told of them in one mail.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from cop_platform.common.times import to_utc
from experts.domain import outbox
from experts.models import Person
from sessions.domain import notices
from sessions.models import ActionHandOver, ActionItem

GIVEN = "action_given"
DUE = "action_due"
KINDS = [GIVEN, DUE]
HANDED = "actions_handed"
# By the owner's clock.
_MORNING, _EVENING = time(9), time(18)


def plan(action: ActionItem, *, by: Person, at: datetime, is_new_owner: bool) -> None:
    """Takes back what waited and plans anew, under the action's revision.

    Nobody is told of what they gave themselves, or reminded when the day before has gone by.
    """
    outbox.withdraw(kinds=[DUE], object_ids=[action.pk])
    if is_new_owner:
        outbox.withdraw(kinds=[GIVEN], object_ids=[action.pk])
        if action.owner_id != by.pk:
            _write(action, GIVEN, due_at=at, at=at)
    before = _moment(action, action.due_on - timedelta(days=1), _MORNING)
    if before > at:
        _write(action, DUE, due_at=before, at=at)


def take_back(action: ActionItem) -> None:
    """It is over: nobody is told any more."""
    outbox.withdraw(kinds=KINDS, object_ids=[action.pk])


def tell_of_hand_over(done: ActionHandOver, *, at: datetime) -> None:
    """One mail for all of them, once it cannot be taken back; none for what one takes oneself."""
    if done.after_id == done.by_id:
        return
    outbox.plan(
        kind=HANDED,
        object_id=done.pk,
        person=done.after,
        due_at=notices.due_after_undo(at),
        key=f"{HANDED}:{done.pk}",
        at=at,
    )


def _write(action: ActionItem, kind: str, *, due_at: datetime, at: datetime) -> None:
    end = _moment(action, action.due_on, _EVENING)
    outbox.plan(
        kind=kind,
        object_id=action.pk,
        person=action.owner,
        due_at=due_at,
        key=f"{kind}:{action.pk}:{action.revision}:{action.owner_id}",
        at=at,
        payload={"due_on": action.due_on.isoformat()},
        # What is overdue when it is written down is told all the same.
        not_after=end if end > at else None,
    )


def _moment(action: ActionItem, day: date, clock: time) -> datetime:
    return to_utc(datetime.combine(day, clock), action.owner.zone, fold=0)
