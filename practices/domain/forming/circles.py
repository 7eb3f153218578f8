"""Circles that members make around a topic: joined, left, and with four of them given sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import CommunityOfPractice, Person, User
from practices.domain.forming import clock
from practices.models import Circle, CircleMember
from practices.permissions import may_contribute
from sessions.domain import invitations, planning
from sessions.enums import Kind, Mode
from sessions.models import CopSession

ENOUGH = 4


@dataclass(frozen=True)
class CircleSession:
    """When a circle meets, on the clock of the community that hosts it; `where` links or names."""

    title: str
    day: date
    clock: time
    minutes: int
    online_link: str = ""
    place: str = ""


@transaction.atomic
def make(
    *,
    cop_id: int,
    name: str,
    purpose: str,
    by: User,
    at: datetime,
    joiners: Iterable[Person] = (),
) -> Circle:
    """A new circle of its maker and of those who said that they join.

    Raises Refused; NotPossible where a circle of that name exists.
    """
    may_contribute(by)
    cop = CommunityOfPractice.objects.select_for_update(of=("self",)).get(pk=cop_id)
    if cop.circles.filter(name__iexact=name).exists():
        raise NotPossible(_("There is a circle of this name already; join it."))
    circle = Circle.objects.create(
        cop=cop, name=name, purpose=purpose, made_by=by.person, made_at=at
    )
    people = {by.person.pk} | {person.pk for person in joiners}
    CircleMember.objects.bulk_create(
        CircleMember(circle=circle, person_id=pk, joined_at=at) for pk in sorted(people)
    )
    _promote(circle, at)
    audit.record(deed="circle made", about=circle, by=by, at=at, country_id=cop.country_id)
    return circle


@transaction.atomic
def join(*, circle_id: int, by: User, at: datetime) -> Circle:
    """Joining twice changes nothing; the fourth member promotes the circle. Raises Refused."""
    may_contribute(by)
    circle = _locked(circle_id)
    CircleMember.objects.get_or_create(circle=circle, person=by.person, defaults={"joined_at": at})
    _promote(circle, at)
    return circle


@transaction.atomic
def leave(*, circle_id: int, by: User) -> Circle:
    """Leaves it; what it may do stays, so that a session on its way is not lost."""
    circle = _locked(circle_id)
    circle.members.filter(person=by.person).delete()
    return circle


@transaction.atomic
def schedule(*, circle_id: int, wanted: CircleSession, by: User, at: datetime) -> CopSession:
    """Plans a session of the circle and invites its other members.

    Raises NotPossible before four have joined, for other people and for a time that is past;
    NoSuchTime and TwiceThatDay of the clock.
    """
    circle = _locked(circle_id)
    if circle.promoted_at is None:
        raise NotPossible(_("With four members a circle can plan sessions."))
    if not circle.members.filter(person=by.person).exists():
        raise NotPossible(_("Members of the circle plan its sessions."))
    plan = planning.SessionPlan(
        title=wanted.title,
        kind=Kind.REGULAR,
        mode=Mode.ONLINE if wanted.online_link else Mode.ONSITE,
        host_cops=(circle.cop,),
        day=wanted.day,
        clock=wanted.clock,
        zone=clock.zone_of(circle.cop),
        minutes=wanted.minutes,
        purpose=circle.purpose,
        place=wanted.place,
        online_link=wanted.online_link,
    )
    if plan.starts_at <= at:
        raise NotPossible(_("This time is past. Please choose a later one."))
    session = planning.enter_session(plan=plan, by=by, at=at)
    circle.sessions.add(session)
    others = Person.objects.filter(circles__circle=circle).exclude(pk=by.person.pk)
    invitations.ask(session, others, by=by, at=at)
    return session


def _promote(circle: Circle, at: datetime) -> None:
    if circle.promoted_at is None and circle.members.count() >= ENOUGH:
        circle.promoted_at = at
        circle.save(update_fields=["promoted_at"])


def _locked(circle_id: int) -> Circle:
    rows = Circle.objects.select_for_update(of=("self",)).select_related("cop__country")
    return rows.get(pk=circle_id)
