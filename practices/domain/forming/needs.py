"""What charters wait for from a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need
from cop_platform.common.times import say_days, to_utc
from experts.enums import CharterState, TopicState
from experts.models import Charter, CharterAcceptance, CharterVote, User
from experts.querysets import CharterQuerySet
from practices.domain.forming import clock

# A version should be read and accepted within so many days.
ACCEPT_WITHIN = timedelta(days=14)
# A vote is asked for from the day it opens, and becomes urgent two days before its end.
VOTE_LEAD = timedelta(days=2)


def of(user: User, at: datetime) -> Iterator[Need]:
    """Votes to cast, versions to accept; for who coordinates, reviews and proposals. One query."""
    if not user.access.takes_part:
        return
    for charter in _charters(user):
        if charter.state == CharterState.VOTING:
            yield from _vote(charter, at)
        else:
            yield from _acceptance(charter)
            if user.access.coordinates(charter.cop.country_id):
                yield from _upkeep(charter, at)


def waiting(user: User, at: datetime) -> Iterator[CharterQuerySet]:
    """Charters that ask something of this person; a vote may be over in the country's own time."""
    if not user.access.takes_part:
        return
    charters = _charters(user)
    yield charters.filter(state=CharterState.VOTING, has_voted=False)
    yield charters.filter(state=CharterState.ADOPTED, has_accepted=False)
    if user.access.plans_sessions:
        tomorrow = at.date() + timedelta(days=1)
        yield charters.filter(Q(review_on__lt=tomorrow) | Q(waiting__gt=0))


def _charters(user: User) -> CharterQuerySet:
    """Those in force or being voted on in the communities of a person, with what they did."""
    own = Q(cop__country_id__in=user.access.countries())
    if user.access.is_manager:
        own |= Q(cop__country__isnull=True)
    elif not user.access.countries():
        own |= Q(cop__country__isnull=True, state=CharterState.ADOPTED)
    mine = {"charter": OuterRef("pk"), "person": user.person}
    return (
        Charter.objects.filter(own, state__in=[CharterState.ADOPTED, CharterState.VOTING])
        .select_related("cop__country")
        .annotate(
            has_voted=Exists(CharterVote.objects.filter(**mine)),
            has_accepted=Exists(CharterAcceptance.objects.filter(**mine)),
            waiting=Count(
                "cop__topic_proposals", filter=Q(cop__topic_proposals__state=TopicState.OPEN)
            ),
        )
        .order_by("cop_id", "version")
    )


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
