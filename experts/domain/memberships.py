"""Memberships begin and end: no role is held twice, and the last coordinator stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit
from experts.enums import Role, Stage
from experts.models import CommunityOfPractice, Membership, Person, User
from experts.querysets import MembershipQuerySet

AHEAD = relativedelta(years=2)
# Without somebody in these nobody could let people in or plan a session.
_NEEDED = (Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN)


@dataclass(frozen=True)
class Stay:
    """Somebody's time in one community, by any of the memberships there.

    `last_day` is None while one of them has no end; `may_end` is about the reader.
    """

    membership: Membership
    cop: CommunityOfPractice
    last_day: date | None
    may_end: bool


def begin(
    *,
    person: Person,
    cop: CommunityOfPractice,
    role: str,
    stage: Stage,
    on: date,
    until: date | None = None,
) -> None:
    """Adds a membership unless the person holds it; one that ends soon keeps its last day.

    `on` is its first day in UTC, `until` the first one without rights.
    """
    if held(person, cop).filter(role=role).exists():
        return
    # The open one may have been added meanwhile.
    Membership.objects.get_or_create(
        person=person,
        cop=cop,
        role=role,
        left_on=None,
        defaults={"stage": stage, "joined_on": on, "left_on": until},
    )


def held(person: Person, cop: CommunityOfPractice) -> MembershipQuerySet:
    """What somebody holds in a community today."""
    return Membership.objects.current().filter(person=person, cop=cop)


def end(rows: MembershipQuerySet, *, on: date) -> int:
    """Lets memberships end; `on` is the first day without rights. How many."""
    return rows.update(left_on=Greatest("joined_on", Value(on)))


@transaction.atomic
def leave(*, membership_id: int, last_day: date, by: User, at: datetime) -> None:
    """Writes down when somebody leaves the community of a membership, with all roles in it.

    Said again it is changed. Raises Refused; NotPossible for a day that does not fit, and where
    nobody else would be left to coordinate.
    """
    person, cop = _locked(membership_id, by)
    if not at.date() <= last_day <= at.date() + AHEAD:
        raise NotPossible(_("Choose a day from today on, at most two years ahead."))
    rows = held(person, cop)
    _must_be_others(person, cop, set(rows.values_list("role", flat=True)))
    day = last_day + timedelta(days=1)
    if end(rows.exclude(left_on=day), on=day):
        _record("last day set", person, cop, by, at, last_day=last_day.isoformat())


@transaction.atomic
def stay(*, membership_id: int, by: User, at: datetime) -> None:
    """Takes a last day back that is still ahead; a second time nothing happens. Raises Refused."""
    person, cop = _locked(membership_id, by)
    if held(person, cop).filter(left_on__isnull=False).update(left_on=None):
        _record("last day taken back", person, cop, by, at)


def stays(memberships: Iterable[Membership], *, reader: User) -> list[Stay]:
    """Memberships of one person by community; rows come with theirs, nothing is asked."""
    found: dict[int, list[Membership]] = {}
    for one in memberships:
        found.setdefault(one.cop_id, []).append(one)
    return [_stay(rows, reader) for rows in found.values()]


def _stay(rows: list[Membership], reader: User) -> Stay:
    cop = rows[0].cop
    days = [one.last_day for one in rows if one.last_day]
    return Stay(
        membership=rows[0],
        cop=cop,
        last_day=max(days) if len(days) == len(rows) else None,
        may_end=permissions.may_end_membership.allows(reader, cop),
    )


def _locked(membership_id: int, by: User) -> tuple[Person, CommunityOfPractice]:
    """Whose membership it is and where. Two of one community are changed one after the other."""
    membership = Membership.objects.select_related("person").get(pk=membership_id)
    cop = CommunityOfPractice.objects.select_for_update().get(pk=membership.cop_id)
    permissions.may_end_membership(by, cop)
    return membership.person, cop


def _must_be_others(person: Person, cop: CommunityOfPractice, roles: set[str]) -> None:
    """Each role that is needed is held by somebody else who has an account and no last day."""
    lasting = Membership.objects.filter(cop=cop, left_on__isnull=True, person__user__is_active=True)
    others = set(lasting.exclude(person=person).order_by().values_list("role", flat=True))
    for role in _NEEDED:
        if role not in roles or role in others:
            continue
        if role == Role.COORDINATOR:
            raise NotPossible(_("Nobody else would coordinate this community. Hand it over first."))
        text = _("Nobody else would have this role: %(role)s. Invite somebody to it first.")
        raise NotPossible(text % {"role": role.label})


def _record(
    deed: str, person: Person, cop: CommunityOfPractice, by: User, at: datetime, **detail: Any
) -> None:
    audit.record(
        deed=deed, about=person, by=by, at=at, country_id=cop.country_id, cop=cop.pk, **detail
    )
