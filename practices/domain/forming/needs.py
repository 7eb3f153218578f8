"""What charters wait for from a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import KeysSlot, Prepared, Slot, TextsSlot
from cop_platform.common.times import say_days, to_utc
from experts.access import Access
from experts.enums import CharterState, TopicState
from experts.models import Charter, CharterAcceptance, CharterVote, TopicProposal, User
from practices.domain.forming import clock

# A version should be read and accepted within so many days.
ACCEPT_WITHIN = timedelta(days=14)
# A vote is asked for from the day it opens, and becomes urgent two days before its end.
VOTE_LEAD = timedelta(days=2)


def asks(user: User, at: datetime) -> Questions:
    """Charters that ask something of this person; a vote may be over in the country's own time."""
    access = user.access
    if not access.takes_part:
        return {}
    asked = _CHARTERS.asked(
        person=user.person.pk,
        countries=list(access.countries()),
        project=_states_of_project(access),
        tomorrow=at.date() + timedelta(days=1),
    )
    return {"charters": asked}


def of(user: User, at: datetime, *, charters: Sequence[Charter]) -> Iterator[Need]:
    """Votes to cast, versions to accept; for who coordinates, reviews and proposals."""
    for charter in charters:
        if charter.state == CharterState.VOTING:
            yield from _vote(charter, at)
        else:
            yield from _acceptance(charter)
            if user.access.coordinates(charter.cop.country_id):
                yield from _upkeep(charter, at)


def _states_of_project(access: Access) -> list[str]:
    """In which states the project's own charter is somebody's as well."""
    if access.is_manager:
        return [CharterState.ADOPTED, CharterState.VOTING]
    return [] if access.countries() else [CharterState.ADOPTED]


def _charters() -> QuerySet[Charter]:
    """Those in force or being voted on in the communities of a person, with what they did."""
    mine = {"charter": OuterRef("pk"), "person": Slot("person")}
    proposed = TopicProposal.objects.filter(cop=OuterRef("cop"), state=TopicState.OPEN).order_by()
    number = proposed.values("cop").annotate(n=Count("pk")).values("n")
    own = Q(cop__country_id__in=KeysSlot("countries"))
    own |= Q(cop__country__isnull=True, state__in=TextsSlot("project"))
    asks_something = (
        Q(state=CharterState.VOTING, has_voted=False)
        | Q(state=CharterState.ADOPTED, has_accepted=False)
        | Q(review_on__lt=Slot("tomorrow"))
        | Q(waiting__gt=0)
    )
    return (
        Charter.objects.filter(own, state__in=[CharterState.ADOPTED, CharterState.VOTING])
        .select_related("cop__country")
        .annotate(
            has_voted=Exists(CharterVote.objects.filter(**mine)),
            has_accepted=Exists(CharterAcceptance.objects.filter(**mine)),
            waiting=Coalesce(Subquery(number), 0),
        )
        .filter(asks_something)
        .order_by("cop_id", "version")
    )


_CHARTERS = Prepared(_charters)


def _vote(charter: Charter, at: datetime) -> Iterator[Need]:
    until = charter.vote_until
    today = clock.day_of(charter.cop, at)
    if charter.has_voted or until is None or until < today:  # type: ignore[attr-defined]
        return
    yield Need(
        title=_("Vote on the charter of %(community)s") % {"community": charter.cop.name},
        sentence=_("Version %(version)d; the vote ends %(when)s.")
        % {"version": charter.version, "when": say_days((until - today).days)},
        url=reverse("charter_vote", args=[charter.pk]),
        action=_("Read and vote"),
        due=to_utc(datetime.combine(until, time(12)), clock.zone_of(charter.cop)) - VOTE_LEAD,
        icon="check",
    )


def _acceptance(charter: Charter) -> Iterator[Need]:
    if charter.has_accepted or charter.adopted_on is None:  # type: ignore[attr-defined]
        return
    yield Need(
        title=_("Accept the charter of %(community)s") % {"community": charter.cop.name},
        sentence=_("Version %(version)d is what your community works by; five lines say it all.")
        % {"version": charter.version},
        url=charter.get_absolute_url(),
        action=_("Read it"),
        due=datetime.combine(charter.adopted_on, time(12), tzinfo=UTC) + ACCEPT_WITHIN,
        icon="file",
    )


def _upkeep(charter: Charter, at: datetime) -> Iterator[Need]:
    today, review = clock.day_of(charter.cop, at), charter.review_on
    if review and review < today:
        yield Need(
            title=_("Look at the charter of %(community)s again") % {"community": charter.cop.name},
            sentence=_("It was to be looked at %(when)s.")
            % {"when": say_days((review - today).days)},
            url=charter.get_absolute_url(),
            action=_("Open the charter"),
            due=datetime.combine(review, time(12), tzinfo=UTC),
            icon="clock",
        )
    waiting: int = charter.waiting  # type: ignore[attr-defined]
    if waiting:
        yield Need(
            title=ngettext(
                "%(count)d topic was proposed for the charter of %(community)s",
                "%(count)d topics were proposed for the charter of %(community)s",
                waiting,
            )
            % {"count": waiting, "community": charter.cop.name},
            sentence=_("Take it into the next draft, or say why not."),
            url=f"{charter.get_absolute_url()}#topics-proposed",
            action=_("Answer"),
            due=at,
            icon="question",
        )
