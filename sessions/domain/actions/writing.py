"""An action is written down, or written down in another way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import CommunityOfPractice, Membership, Person, User
from sessions import permissions
from sessions.domain.actions import telling
from sessions.enums import ActionState
from sessions.models import ActionItem, CopSession, Goal


class ForeignOwner(NotPossible):
    """The owner belongs to none of the countries."""


class ForeignGoal(NotPossible):
    """The goal is of none of the communities."""


@dataclass(frozen=True)
class ActionPlan:
    """What is promised; of the communities of two or more countries it is a joint task."""

    title: str
    owner: Person
    due_on: date
    cops: tuple[CommunityOfPractice, ...]
    details: str = ""
    goal: Goal | None = None


@dataclass(frozen=True)
class Source:
    """Where it was agreed, and what it came from."""

    session: CopSession | None = None
    kind: str = ""
    key: int | None = None


@transaction.atomic
def write(*, plan: ActionPlan, source: Source, by: User, at: datetime) -> ActionItem:
    """Writes it down and tells its owner. A form that is sent twice writes one.

    Raises Refused, ForeignOwner, ForeignGoal.
    """
    permissions.may_write_action(by, plan.cops)
    if sent_before := _sent_before(plan, by, at):
        return sent_before
    return make(plan=plan, source=source, by=by, at=at)


def make(*, plan: ActionPlan, source: Source, by: User, at: datetime) -> ActionItem:
    """The same in the transaction of a deed that has its own permission."""
    _check(plan)
    action = ActionItem.objects.create(
        title=plan.title,
        details=plan.details,
        owner=plan.owner,
        due_on=plan.due_on,
        goal=plan.goal,
        session=source.session,
        origin_kind=source.kind,
        origin_id=source.key,
        written_by=by.person,
        written_at=at,
    )
    action.countries.set(plan.cops)
    telling.plan(action, by=by.person, at=at, is_new_owner=True)
    record(action, "action written", by=by, at=at)
    return action


@transaction.atomic
def change(
    *, action_id: int, revision: int, plan: ActionPlan, by: User, at: datetime
) -> ActionItem:
    """Other words, another day, owner or countries. Only an open action can be changed.

    Raises Refused, ChangedMeanwhile, ForeignOwner, ForeignGoal, NotPossible.
    """
    action = locked(action_id)
    permissions.may_change_action(by, action)
    revisions.check(action, revision)
    if action.state != ActionState.OPEN:
        raise NotPossible(_("This action is over. Open it again first."))
    _check(plan)
    is_new_owner = action.owner_id != plan.owner.pk
    action.title, action.details, action.goal = plan.title, plan.details, plan.goal
    action.owner, action.due_on = plan.owner, plan.due_on
    action.revision += 1
    action.save()
    action.countries.set(plan.cops)
    telling.plan(action, by=by.person, at=at, is_new_owner=is_new_owner)
    record(action, "action changed", by=by, at=at)
    return action


def locked(action_id: int) -> ActionItem:
    """The action for a deed, nobody else changing it. Raises ActionItem.DoesNotExist."""
    rows = ActionItem.objects.select_for_update(of=("self",)).select_related("owner")
    return rows.prefetch_related("countries").get(pk=action_id)


def record(action: ActionItem, deed: str, *, by: User, at: datetime) -> None:
    """Writes the deed down; under a country where it is of one alone."""
    ids = list(action.countries.order_by().values_list("country_id", flat=True))
    country_id = ids[0] if len(ids) == 1 else None
    audit.record(deed=deed, about=action, by=by, at=at, country_id=country_id)


def belongs(owner: Person, cops: Collection[CommunityOfPractice]) -> bool:
    """Whether somebody may own what these communities promise: a member, or of such a country."""
    if owner.country_id in {cop.country_id for cop in cops}:
        return True
    return Membership.objects.current().filter(person=owner, cop__in=cops).exists()


def _sent_before(plan: ActionPlan, by: User, at: datetime) -> ActionItem | None:
    # The person's row is held, so that the second of two at the same moment finds the first.
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    same = ActionItem.objects.open().filter(title=plan.title, owner=plan.owner, due_on=plan.due_on)
    return same.filter(written_by=by.person, written_at__date=at.date()).first()


def _check(plan: ActionPlan) -> None:
    own = [cop.pk for cop in plan.cops]
    if not own:
        raise ForeignOwner(_("Choose at least one country."))
    if not belongs(plan.owner, plan.cops):
        raise ForeignOwner(_("The owner belongs to none of these countries."))
    goal = plan.goal
    if goal and goal.cop_id not in own and goal.cop.country_id is not None:
        raise ForeignGoal(_("This is a goal of another community."))
