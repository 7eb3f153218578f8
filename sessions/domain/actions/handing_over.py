"""What somebody promised goes to somebody else in one act, told in one mail.

It can be taken back until that mail is due; the reminders then wait for the first owner again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import outbox, recall
from experts.models import Person, User
from sessions import permissions
from sessions.domain import notices
from sessions.domain.actions import telling
from sessions.domain.actions.writing import ForeignOwner, belongs, record
from sessions.enums import ActionState
from sessions.models import ActionHandOver, ActionItem

# So many are listed and handed over at a time.
MOST = 100


class CannotUndo(NotPossible):
    """The mail is due, or somebody changed one of them since."""


def owners(user: User) -> QuerySet[Person]:
    """People with open actions that this person sees."""
    open_ones = ActionItem.objects.visible_to(user).open()
    return Person.objects.filter(pk__in=open_ones.order_by().values("owner"))


def open_of(owner: Person, user: User) -> list[ActionItem]:
    """The open actions of somebody that this person may give to somebody else, first due first."""
    seen = ActionItem.objects.visible_to(user).open().filter(owner=owner)
    rows = seen.with_people().order_by("due_on", "pk")
    return [one for one in rows if permissions.may_change_action.allows(user, one)][:MOST]


@transaction.atomic
def hand_over(
    *, before: Person, after: Person, action_ids: Collection[int], by: User, at: datetime
) -> ActionHandOver:
    """Makes `after` the owner of these open actions of `before`, and tells them once.

    A form that is sent twice does it once. Raises Refused, ForeignOwner, NotPossible.
    """
    actions = _locked(action_ids)
    permissions.may_hand_over(by, actions)
    if sent_before := _sent_before(actions, before, after):
        return sent_before
    _check(actions, before, after)
    keys = [action.pk for action in actions]
    waited = recall.planned_now(kinds=telling.KINDS, object_ids=keys)
    outbox.withdraw(kinds=telling.KINDS, object_ids=keys)
    done = ActionHandOver.objects.create(
        before=before, after=after, by=by.person, at=at, until=notices.due_after_undo(at)
    )
    done.actions.set(actions)
    for action in actions:
        _give(action, after, "action handed over", by=by, at=at)
        telling.plan(action, by=by.person, at=at, is_new_owner=False)
    telling.tell_of_hand_over(done, at=at)
    done.kept = _kept(done, actions, waited)
    done.save(update_fields=["kept"])
    return done


@transaction.atomic
def undo(*, hand_over_id: int, by: User, at: datetime) -> ActionHandOver:
    """They are the first owner's again, as if nothing had happened. Twice changes nothing.

    Raises Refused, CannotUndo, OnTheirWay.
    """
    rows = ActionHandOver.objects.select_for_update(of=("self",)).select_related("before")
    done = rows.get(pk=hand_over_id)
    actions = _locked(done.actions.values_list("pk", flat=True))
    permissions.may_take_back(by, done, actions)
    if done.undone_at:
        return done
    kept = done.kept
    if at >= done.until:
        raise CannotUndo(_("It is too late: the mail is on its way."))
    if kept["revisions"] != _revisions(actions):
        raise CannotUndo(_("One of these actions was changed since. Change them one by one."))
    waited = {int(key): payload for key, payload in kept["waited"].items()}
    recall.take_back(made=kept["made"], before=waited)
    for action in actions:
        _give(action, done.before, "hand-over taken back", by=by, at=at)
    done.undone_at, done.kept = at, {}
    done.save(update_fields=["undone_at", "kept"])
    return done


def seconds_left(done: ActionHandOver, at: datetime) -> int:
    """How long it can still be taken back; 0 where it cannot."""
    return 0 if done.undone_at else max(0, int((done.until - at).total_seconds()))


def _locked(keys: Iterable[int]) -> list[ActionItem]:
    rows = ActionItem.objects.select_for_update(of=("self",)).filter(pk__in=list(keys))
    return list(rows.select_related("owner").prefetch_related("countries").order_by("pk"))


def _sent_before(actions: list[ActionItem], before: Person, after: Person) -> ActionHandOver | None:
    if any(action.owner_id != after.pk for action in actions):
        return None
    same = ActionHandOver.objects.filter(before=before, after=after, undone_at__isnull=True)
    return same.filter(actions__in=actions).first()


def _check(actions: list[ActionItem], before: Person, after: Person) -> None:
    if before == after:
        raise ForeignOwner(_("These actions are theirs already. Choose somebody else."))
    if any(one.owner_id != before.pk or one.state != ActionState.OPEN for one in actions):
        raise NotPossible(_("One of these actions was changed meanwhile. Look at the list again."))
    for action in actions:
        if not belongs(after, action.countries.all()):
            said = _("%(name)s belongs to none of the countries of “%(title)s”.")
            raise ForeignOwner(said % {"name": after.name, "title": action.title})


def _give(action: ActionItem, owner: Person, deed: str, *, by: User, at: datetime) -> None:
    action.owner = owner
    action.revision += 1
    action.save(update_fields=["owner", "revision"])
    record(action, deed, by=by, at=at)


def _kept(
    done: ActionHandOver, actions: list[ActionItem], waited: dict[int, dict[str, Any]]
) -> dict[str, Any]:
    """What taking it back needs."""
    keys = [action.pk for action in actions]
    now = recall.planned_now(kinds=telling.KINDS, object_ids=keys)
    told = recall.planned_now(kinds=[telling.HANDED], object_ids=[done.pk])
    made = sorted((now.keys() | told.keys()) - waited.keys())
    return {"revisions": _revisions(actions), "made": made, "waited": waited}


def _revisions(actions: list[ActionItem]) -> dict[str, int]:
    return {str(action.pk): action.revision for action in actions}
