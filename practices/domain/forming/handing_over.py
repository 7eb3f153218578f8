"""Somebody else coordinates a community: both told by mail, memberships changed in one step.

A community never goes without: who coordinates ends in the same transaction in which somebody
else begins. A hand-over that was agreed for a later day is carried out by the tick of that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit, memberships, outbox
from experts.enums import CharterState, Role, Stage
from experts.models import CommunityOfPractice, Membership, Person, User
from experts.querysets import PersonQuerySet
from practices.domain.forming import clock
from practices.models import HandOver, Idea
from sessions.models import CopSession

KIND = "coordinator_handed_over"
LATEST = timedelta(days=90)


@dataclass(frozen=True)
class OpenThing:
    """Something that goes over with the community: what, how many, and where to look."""

    label: str
    count: int
    url: str


def coordinators(cop: CommunityOfPractice) -> PersonQuerySet:
    """Who coordinates it now."""
    return _holding(cop, Role.COORDINATOR)


def candidates(cop: CommunityOfPractice) -> PersonQuerySet:
    """Members with an account who do not coordinate it yet."""
    members = Membership.objects.current().filter(cop=cop).values("person_id")
    people = Person.objects.filter(pk__in=members, user__is_active=True)
    return people.exclude(pk__in=coordinators(cop).values("pk")).order_by("name")


def open_things(cop: CommunityOfPractice, at: datetime) -> Iterator[OpenThing]:
    """What waits in the community, computed; nothing that is done is named."""
    country = cop.country
    code = country.code if country else ""
    drafts = cop.charters.at_work()
    ahead = CopSession.objects.not_cancelled().filter(host_cops=cop, starts_at__gt=at)
    ideas = Idea.objects.unanswered().filter(country=cop.country)
    rows = (
        (_("Sessions ahead"), ahead.count(), f"{reverse('session_list')}?country={code}"),
        (_("Charters at work"), drafts.count(), reverse("charter_list")),
        (
            _("Topics proposed"),
            cop.topic_proposals.filter(state="open").count(),
            reverse("charter_list"),
        ),
        (
            _("Polls of interest that are open"),
            cop.interest_polls.filter(closes_on__gte=clock.day_of(cop, at)).count(),
            reverse("charter_list"),
        ),
        (_("Ideas that wait for an answer"), ideas.count(), reverse("charter_list")),
    )
    for label, count, url in rows:
        if count:
            yield OpenThing(label, count, url)


@transaction.atomic
def hand_over(
    *, cop_id: int, before: Person, after: Person, on: date, note: str, by: User, at: datetime
) -> HandOver:
    """Agrees on it and tells both; on or before today it happens at once.

    Raises Refused; NotPossible for people or days that do not fit.
    """
    rows = CommunityOfPractice.objects.select_for_update(of=("self",)).select_related("country")
    cop = rows.get(pk=cop_id)
    permissions.may_write_charter(by, cop)
    today = clock.day_of(cop, at)
    if not today <= on <= today + LATEST:
        raise NotPossible(_("Choose a day from today on, within three months."))
    if cop.handovers.filter(done_at__isnull=True).exists():
        raise NotPossible(_("A hand-over of this community is agreed already."))
    _must_fit(cop, before, after)
    made = HandOver.objects.create(
        cop=cop, before=before, after=after, on=on, note=note, by=by.person, at=at
    )
    if on == today:
        _carry_out(made, at)
    for person in (before, after):
        key = f"{KIND}:{made.pk}:{person.pk}"
        outbox.plan(kind=KIND, object_id=made.pk, person=person, due_at=at, key=key, at=at)
    audit.record(deed="handed over", about=made, by=by, at=at, country_id=cop.country_id)
    return made


def carry_out_due(at: datetime) -> int:
    """Carries out what was agreed for today; how many. One whose people left meanwhile is kept."""
    done = 0
    for pk in HandOver.objects.filter(done_at__isnull=True).values_list("pk", flat=True):
        with transaction.atomic():
            rows = HandOver.objects.select_for_update(of=("self",)).select_related("cop__country")
            one = rows.get(pk=pk)
            if one.done_at is None and one.on <= clock.day_of(one.cop, at) and _fits(one):
                _carry_out(one, at)
                done += 1
    return done


def _fits(one: HandOver) -> bool:
    try:
        _must_fit(one.cop, one.before, one.after)
    except NotPossible:
        return False
    return True


def _must_fit(cop: CommunityOfPractice, before: Person, after: Person) -> None:
    if not coordinators(cop).filter(pk=before.pk).exists():
        raise NotPossible(_("Only who coordinates the community can hand it over."))
    if not candidates(cop).filter(pk=after.pk).exists():
        raise NotPossible(_("Choose a member of the community who has an account."))


def _carry_out(one: HandOver, at: datetime) -> None:
    """The one begins and the other stays as a facilitator, who leads sessions but not the rest.

    Who leaves the community soon stays until then.
    """
    # Rights end with days in UTC: with the community's own day, both would have them for hours.
    day = at.date()
    Membership.objects.create(
        person=one.after, cop=one.cop, role=Role.COORDINATOR, stage=Stage.MEMBER, joined_on=day
    )
    held = memberships.held(one.before, one.cop).filter(role=Role.COORDINATOR)
    until = held.values_list("left_on", flat=True).first()
    memberships.end(held, on=day)
    memberships.begin(
        person=one.before,
        cop=one.cop,
        role=Role.FACILITATOR,
        stage=Stage.MEMBER,
        on=day,
        until=until,
    )
    one.cop.charters.filter(state=CharterState.DRAFT).update(proposed_by=one.after)
    one.done_at = at
    one.save(update_fields=["done_at"])


def _holding(cop: CommunityOfPractice, role: str) -> PersonQuerySet:
    current = Membership.objects.current().filter(cop=cop, role=role)
    return Person.objects.filter(pk__in=current.values("person_id"))
