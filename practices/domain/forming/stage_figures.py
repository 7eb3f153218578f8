"""The figures that speak for a life stage, read from what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from experts.models import CommunityOfPractice, Membership
from practices.domain import contributing
from practices.domain.contributing import Span
from practices.domain.forming.life_stages import Figures
from practices.domain.health import levels, participation, reading
from practices.domain.health import rhythm as health_rhythm
from practices.models import Adoption
from sessions.enums import Answer
from sessions.models import CopSession, Invitation

QUARTER = timedelta(days=90)
LEVEL_DAYS = timedelta(days=180)
RHYTHM_DAYS = timedelta(days=365)


def read(cop: CommunityOfPractice, at: datetime) -> Figures:
    """Of one community as of an instant; a fixed number of questions."""
    held = CopSession.objects.not_cancelled().filter(host_cops=cop, ends_at__lte=at)
    days = sorted(held.values_list("wall_day", flat=True))
    asked = Invitation.objects.filter(session__in=held, session__starts_at__gte=at - LEVEL_DAYS)
    invitations = list(asked.values_list("person_id", "answer"))
    recent = list(reading.held(held.filter(ends_at__gt=at - 3 * QUARTER), at))
    joined = Membership.objects.filter(cop=cop).values_list("person_id", "joined_on", "left_on")
    topics = _topics(cop)
    spans = list(joined)
    adoptions = Adoption.objects.filter(version__practice__country=cop.country)
    return Figures(
        sessions=len(days),
        core=_core(invitations, at),
        topics=topics[0],
        topics_before=topics[1],
        members=_members(spans, at.date()),
        members_before=_members(spans, (at - QUARTER).date()),
        rhythm=rhythm([day for day in days if day >= (at - RHYTHM_DAYS).date()]),
        adoptions=adoptions.filter(adopted_on__lte=at.date()).count(),
        participation=(
            participation.lately(recent, at).value,
            participation.lately(recent, at - QUARTER).value,
            participation.lately(recent, at - 2 * QUARTER).value,
        ),
    )


def rhythm(days: Sequence[date]) -> float:
    """1 for gaps that are all the same, towards 0 the more they differ; 0 for under three days."""
    found = health_rhythm.of(days)
    return found.value if found.value is not None and found.n > 1 else 0.0


Asked = tuple[int, str]


def _core(invitations: Sequence[Asked], at: datetime) -> int:
    """How many members reach the core level: share of sessions they came to, and what they gave."""
    asked = Counter(person for person, _answer in invitations)
    came = Counter(person for person, answer in invitations if answer == Answer.YES)
    people = frozenset(asked)
    given = Counter(one.person_id for one in contributing.of(Span(at - LEVEL_DAYS, at, people)))
    found = [
        levels.level(accepted=came[one], invited=asked[one], contributions=given[one])
        for one in people
    ]
    return found.count("core")


def _members(spans: Sequence[tuple[int, date, date | None]], day: date) -> int:
    return len({person for person, joined, left in spans if joined <= day < (left or date.max)})


def _topics(cop: CommunityOfPractice) -> tuple[int, int]:
    """Of the charter in force and of the one before; the same twice for a first charter."""
    counts = [charter.topics.count() for charter in cop.charters.adopted().order_by("-version")[:2]]
    return (counts[0], counts[-1]) if counts else (0, 0)
