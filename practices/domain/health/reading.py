"""Reads what figures are counted from: a dozen questions, however much there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Min, Q, QuerySet

from experts.enums import Role
from experts.models import CommunityOfPractice, Membership
from practices.domain import contributing
from practices.domain.contributing import Span
from practices.domain.health import idea_to_action, reuse, upper
from practices.domain.health.facts import LONG, SPAN, Facts, Held, Member, Question, Told
from practices.domain.health.pulse import Tally
from practices.domain.ideas import acting
from practices.enums import CheckStep
from practices.models import Adoption, Idea, PracticeVersion, PulseTally, Story
from practices.models import Question as Asked
from sessions.enums import Answer
from sessions.models import ActionItem, CopSession, Invitation

# Regularity is looked at over a year: three meetings of a quarter say nothing about it.
YEAR = timedelta(days=365)
# An answer that was given to an older state of the session does not count.
ACCEPTED = Q(answer=Answer.YES) & (
    Q(answered_sequence__isnull=True) | Q(answered_sequence__gte=F("session__sequence"))
)


def facts(at: datetime) -> Facts:
    """Everything as of an instant, back to where the trend of the oldest figure begins."""
    begin = at - LONG - SPAN
    return Facts(
        at=at,
        members=tuple(members()),
        started=dict(_started()),
        sessions=tuple(_sessions(at - YEAR - SPAN, at)),
        stories=tuple(_stories((at - 2 * SPAN).date())),
        answers=_answers(at),
        given=tuple(contributing.of(Span(begin, at))),
        questions=tuple(_questions(at - 2 * SPAN, at)),
        practices=tuple(_practices()),
        ideas=tuple(_ideas()),
        changes=tuple(upper.asked_since((at - YEAR).date())),
        cells=tuple(upper.cells(at.date())),
        tallies=tuple(_tallies((at - YEAR - SPAN).date())),
    )


def members() -> Iterator[Member]:
    """The experts of the countries' communities: whom the figures are about."""
    found = Membership.objects.current().filter(role=Role.EXPERT, cop__country__isnull=False)
    rows = found.order_by("joined_on").values_list("person_id", "cop__country_id", "joined_on")
    seen: set[int] = set()
    for person_id, country_id, joined_on in rows:
        # Somebody in two communities is counted in the older one.
        if person_id not in seen:
            seen.add(person_id)
            yield Member(person_id, country_id, joined_on)


def _started() -> Iterator[tuple[int, date]]:
    found = CommunityOfPractice.objects.filter(country__isnull=False)
    yield from found.order_by().values_list("country_id", "started_on")


def _sessions(since: datetime, at: datetime) -> Iterator[Held]:
    return held(CopSession.objects.ended(at).filter(starts_at__gte=since), at)


def held(ended: QuerySet[CopSession], at: datetime) -> Iterator[Held]:
    """Sessions that ended; how many were invited and said yes, of those of the last 270 days."""
    ended = ended.order_by()
    own = ArrayAgg("host_cops__country_id", filter=Q(host_cops__country__isnull=False))
    hosts = ended.annotate(own=own).values_list("pk", "wall_day", "ends_at", "own")
    recent = Invitation.objects.filter(session__in=ended.filter(ends_at__gt=at - 3 * SPAN))
    counted = (
        recent.order_by()
        .values_list("session_id")
        .annotate(invited=Count("pk"), accepted=Count("pk", filter=ACCEPTED))
    )
    answers = {pk: (invited, accepted) for pk, invited, accepted in counted}
    for pk, day, ends_at, own_countries in hosts:
        yield Held(day, ends_at, frozenset(own_countries or ()), *answers.get(pk, (0, 0)))


def _answers(at: datetime) -> tuple[dict[int, tuple[int, int]], dict[int, tuple[int, int]]]:
    """(invited, accepted) by person over 180 days, now and as of ninety days ago; one query."""
    ended = {"session__cancelled_at__isnull": True, "session__ends_at__gt": at - LONG - SPAN}
    found = Invitation.objects.filter(**ended, session__ends_at__lte=at).order_by()
    late = Q(session__ends_at__gt=at - LONG)
    early = Q(session__ends_at__lte=at - SPAN)
    rows = found.values_list("person_id").annotate(
        a=Count("pk", filter=late),
        b=Count("pk", filter=late & ACCEPTED),
        c=Count("pk", filter=early),
        d=Count("pk", filter=early & ACCEPTED),
    )
    now: dict[int, tuple[int, int]] = {}
    before: dict[int, tuple[int, int]] = {}
    for person_id, invited, accepted, invited_before, accepted_before in rows:
        now[person_id] = (invited, accepted)
        before[person_id] = (invited_before, accepted_before)
    return now, before


def _questions(since: datetime, at: datetime) -> Iterator[Question]:
    found = Asked.objects.filter(checked_at__gte=since, checked_at__lt=at).order_by()
    rows = found.values_list("country_id", "checked_at", "first_answer_at", "closed_at")
    for country_id, checked_at, first_at, closed_at in rows:
        assert checked_at is not None  # filtered by it
        yield Question(country_id, (checked_at, first_at, closed_at))


def _practices() -> Iterator[reuse.Shared]:
    """Published ones with the days on which other partners took them up; two queries."""
    days: dict[int, list[date]] = defaultdict(list)
    elsewhere = Adoption.objects.exclude(partner=F("version__practice__partner")).order_by()
    for practice_id, day in elsewhere.values_list("version__practice_id", "adopted_on"):
        days[practice_id].append(day)
    published = PracticeVersion.objects.filter(step=CheckStep.PUBLISHED).order_by()
    rows = published.values_list(
        "practice_id", "practice__country_id", "practice__retired_on"
    ).annotate(first=Min("published_on"))
    for pk, country_id, retired_on, first in rows:
        yield reuse.Shared(country_id, first, tuple(days[pk]), retired_on)


def _ideas() -> Iterator[idea_to_action.Suggested]:
    """Ideas that stand for themselves; acted on: tested, or their action is done; two queries."""
    actions = ActionItem.objects.done().of_origin(acting.KIND).order_by().values_list("origin_id")
    done = dict(actions.annotate(first=Min("settled_on")))
    ideas: Any = Idea.objects.standing().order_by()
    # With the key: equal ideas would be grouped into one.
    rows = ideas.values_list("pk", "country_id", "added_on", "answered_on")
    for pk, country_id, added_on, answered_on, tested_on in rows.annotate(
        first=Min("experiments__starts_on")
    ):
        acted = min((day for day in (tested_on, done.get(pk)) if day), default=None)
        yield idea_to_action.Suggested(country_id, added_on, answered_on, acted)


def _stories(since: date) -> Iterator[Told]:
    found = Story.objects.filter(told_on__gt=since).order_by()
    for country_id, told_on, cycle in found.values_list("country_id", "told_on", "cycle"):
        yield Told(country_id, told_on, cycle)


def _tallies(since: date) -> Iterator[Tally]:
    found = PulseTally.objects.filter(quarter__gte=since).order_by()
    yield from found.values_list("country_id", "quarter", "question", "score", "count")
