"""Buddies: somebody a newcomer can ask anything, suggested by reasons, settled by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cop_platform.common.prepared import Asked, Prepared, Slot
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit, outbox
from experts.enums import Role
from experts.models import Person, User
from experts.querysets import PersonQuerySet
from practices import permissions
from practices.domain.people import fitting, members
from practices.domain.people.fitting import Fit, Member
from practices.models import Buddyship

KIND = "buddy"
SUGGESTED = 3
TO_KNOW = 3


class NoBuddy(NotPossible):
    """This person cannot be the buddy; the message says why."""


@dataclass(frozen=True)
class Waiting:
    """A newcomer without a buddy, and who could be asked."""

    newcomer: Person
    fits: tuple[Fit, ...]


@dataclass(frozen=True)
class Around:
    """The people around a newcomer: the buddy if there is one, who could be, whom to know."""

    current: Buddyship | None
    suggested: tuple[Fit, ...]
    to_know: tuple[Fit, ...]


def waiting(user: User, at: datetime) -> list[Waiting]:
    """Newcomers without a buddy whom this user settles, with suggestions; three queries."""
    without = _looked_after_by(user).exclude(pk__in=Buddyship.objects.current().values("newcomer"))
    found = list(without.select_related("country", "expert").order_by("country__code", "name"))
    if not found:
        return []
    day = to_wall(at, user.person.zone).date()
    around = members.as_members(members.who_can_be_known(day))
    return [
        Waiting(person, tuple(fitting.buddies(members.as_member(person), around)[:SUGGESTED]))
        for person in found
    ]


def settled(user: User) -> list[Buddyship]:
    """The buddies that newcomers of this user's countries have."""
    found = Buddyship.objects.current().filter(newcomer__in=_looked_after_by(user))
    return list(found.select_related("newcomer__country", "buddy__country"))


_CURRENT = Prepared(
    lambda: (
        Buddyship.objects.current()
        .filter(newcomer=Slot("newcomer"))
        .select_related("buddy__country", "buddy__expert")
    )
)


def asks_current_of(person: Person) -> Asked:
    """Somebody's buddy of today, with country and expertise, for a page that asks more at once."""
    return _CURRENT.asked(newcomer=person.pk)


def current_of(person: Person) -> Buddyship | None:
    """The same, asked alone."""
    return next(iter(_CURRENT.all(newcomer=person.pk)), None)


def around(person: Person, at: datetime) -> Around:
    """Who is there for a newcomer; three queries, whoever there is."""
    current = current_of(person)
    day = to_wall(at, person.zone).date()
    known = members.who_can_be_known(day).exclude(pk=person.pk)
    near = members.as_members(known.filter(country=person.country_id))
    far = members.as_members(
        known.exclude(country=person.country_id).filter(languages__overlap=person.languages)
    )
    me = members.as_member(person)
    taken = {current.buddy_id} if current else set()
    fits = fitting.buddies(me, near) or fitting.buddies(me, far)
    suggested = [fit for fit in fits if fit.member.id not in taken][:SUGGESTED]
    shown = taken | ({fit.member.id for fit in suggested} if current is None else set())
    others = [m for m in [*far, *near] if m.id not in shown]
    return Around(current, tuple(suggested), tuple(fitting.to_know(me, others)[:TO_KNOW]))


@transaction.atomic
def settle(*, newcomer_id: int, buddy_id: int, by: User, at: datetime) -> Buddyship:
    """Makes somebody a newcomer's buddy; both are told once.

    A coordinator of the newcomer's country settles it, or the newcomer picks. Raises NoBuddy for
    people who do not fit, and Refused for others than those two.
    """
    newcomer = Person.objects.select_for_update().get(pk=newcomer_id)
    permissions.may_settle_buddy(by, newcomer)
    day = to_wall(at, newcomer.zone).date()
    if not members.newcomers().filter(pk=newcomer.pk).exists():
        raise NoBuddy(_("Buddies are for people who are new here."))
    found = members.as_members(members.who_can_be_known(day).filter(pk=buddy_id))
    _check(members.as_member(newcomer), found)
    current = Buddyship.objects.current().filter(newcomer=newcomer).first()
    if current and current.buddy_id == buddy_id:
        return current
    if current:
        current.ended_on = day
        current.save(update_fields=["ended_on"])
    made = Buddyship.objects.create(
        newcomer=newcomer, buddy_id=buddy_id, confirmed_by=by.person, since=day
    )
    audit.record(deed="buddy settled", about=made, by=by, at=at, country_id=newcomer.country_id)
    rows = [(made.pk, person, f"{KIND}:{made.pk}:{person.pk}") for person in (newcomer, made.buddy)]
    outbox.plan_many(kind=KIND, rows=rows, due_at=at, at=at)
    return made


def _check(newcomer: Member, found: list[Member]) -> None:
    if not found or found[0].id == newcomer.id:
        raise NoBuddy(_("Choose somebody who is a member, settled in and not away."))
    if not newcomer.languages & found[0].languages:
        raise NoBuddy(_("Choose somebody who shares a language with the newcomer."))
    if found[0].load >= fitting.MOST_NEWCOMERS:
        raise NoBuddy(_("This person looks after enough newcomers already."))


def _looked_after_by(user: User) -> PersonQuerySet:
    """Newcomers of the countries this user coordinates; of all for the project manager."""
    access = user.access
    own = Q() if access.is_manager else Q(country_id__in=access.countries(Role.COORDINATOR))
    return members.newcomers().filter(own)
