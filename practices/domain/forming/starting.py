"""Starting a community: of a country that has none, else a circle; it ends with a first session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit
from experts.enums import Role, Scope, Stage
from experts.models import CommunityOfPractice, Country, Membership, Person, User
from experts.querysets import CountryQuerySet
from practices.domain.forming import charters, circles, interest, topics
from practices.domain.forming.charters import CharterWords
from practices.domain.forming.circles import CircleSession
from sessions.domain import invitations, planning
from sessions.enums import Kind, Mode
from sessions.models import CopSession

POLL_DAYS = timedelta(days=21)


@dataclass(frozen=True)
class Start:
    """What the steps gathered.

    With a `country` it becomes that country's community, coordinated by the first of `people`;
    without, a circle hosted by `cop`. `options` are topics of a poll of interest, none without.
    """

    name: str
    purpose: str
    people: Sequence[Person]
    session: CircleSession
    country: Country | None = None
    cop: CommunityOfPractice | None = None
    options: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    scope_out: str = ""


def without_community() -> CountryQuerySet:
    """Countries that have none yet."""
    return Country.objects.filter(cop__isnull=True)


@transaction.atomic
def start(*, wanted: Start, by: User, at: datetime) -> CopSession:
    """Everything or nothing; gives the first session.

    Raises Refused; NotPossible where something does not fit; NoSuchTime, TwiceThatDay of the clock.
    """
    if wanted.country is not None:
        return _start_country(wanted, wanted.country, by, at)
    if wanted.cop is None:
        raise NotPossible(_("Choose the community that hosts the circle."))
    circle = circles.make(
        cop_id=wanted.cop.pk,
        name=wanted.name,
        purpose=wanted.purpose,
        by=by,
        at=at,
        joiners=wanted.people,
    )
    for name in wanted.topics:
        topics.propose(cop_id=wanted.cop.pk, name=name, reason=wanted.purpose[:1000], by=by, at=at)
    if wanted.options:
        _ask(wanted.cop, wanted, by, at)
    return circles.schedule(circle_id=circle.pk, wanted=wanted.session, by=by, at=at)


def _start_country(wanted: Start, country: Country, by: User, at: datetime) -> CopSession:
    if not by.access.is_manager:
        raise Refused(_("Only the project manager starts the community of a country."))
    if not without_community().filter(pk=country.pk).exists():
        raise NotPossible(_("This country has a community already."))
    cop = CommunityOfPractice.objects.create(
        name=wanted.name, scope=Scope.COUNTRY, country=country, started_on=at.date()
    )
    for number, person in enumerate(wanted.people):
        Membership.objects.create(
            person=person,
            cop=cop,
            role=Role.EXPERT if number else Role.COORDINATOR,
            stage=Stage.MEMBER if not number else Stage.NEWCOMER,
            joined_on=at.date(),
        )
    _draft(cop, wanted, by, at)
    if wanted.options:
        _ask(cop, wanted, by, at)
    audit.record(deed="community started", about=cop, by=by, at=at, country_id=country.pk)
    return _first_session(cop, wanted, by, at)


def _draft(cop: CommunityOfPractice, wanted: Start, by: User, at: datetime) -> None:
    draft = charters.start_draft(cop_id=cop.pk, by=by, at=at)
    words = CharterWords(
        domain=wanted.name,
        purpose=wanted.purpose,
        scope_out=wanted.scope_out,
        topics=wanted.topics,
    )
    charters.save_draft(charter_id=draft.pk, revision=draft.revision, words=words, by=by, at=at)


def _ask(cop: CommunityOfPractice, wanted: Start, by: User, at: datetime) -> None:
    closes_on: date = at.date() + POLL_DAYS
    interest.make(
        cop_id=cop.pk,
        title=wanted.name,
        intro=wanted.purpose,
        options=wanted.options,
        closes_on=closes_on,
        by=by,
        at=at,
    )


def _first_session(cop: CommunityOfPractice, wanted: Start, by: User, at: datetime) -> CopSession:
    first = wanted.session
    plan = planning.SessionPlan(
        title=first.title,
        kind=Kind.KICK_OFF,
        mode=Mode.ONLINE if first.online_link else Mode.ONSITE,
        host_cops=(cop,),
        day=first.day,
        clock=first.clock,
        zone=cop.country.zone if cop.country else "UTC",
        minutes=first.minutes,
        purpose=wanted.purpose,
        place=first.place,
        online_link=first.online_link,
    )
    if plan.starts_at <= at:
        raise NotPossible(_("This time is past. Please choose a later one."))
    session = planning.plan_session(plan=plan, by=by, at=at)
    invitations.ask(session, wanted.people, by=by, at=at)
    return session
