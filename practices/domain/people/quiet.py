"""A gentle note to somebody of whom nothing was seen for sixty days: one, and no more.

What counts as a sign of life are contributions, sessions somebody came to or led, a review that
was asked of them (whether it was sent is nobody's to know, here as elsewhere), joining, and the
last day of being away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet

from experts.domain import health, message_kinds, outbox
from experts.enums import MessageState, Topic
from experts.models import Expert, Heartbeat, Membership, Message, Person
from practices.domain import contributing
from practices.domain.contributing import Span
from practices.domain.people import members
from sessions.enums import Answer
from sessions.models import DutyHolder, Invitation

KIND = "quiet_note"
QUIET_DAYS = 60
# How often a tick looks: days are counted, so the minute does not matter.
LOOK_EVERY = timedelta(hours=1)
_BEAT = "quiet notes"


def tick(at: datetime) -> int:
    """Looks once an hour, whatever the tick; how many notes were planned."""
    last = Heartbeat.objects.filter(name=_BEAT, at__gt=at - LOOK_EVERY, at__lte=at)
    if last.exists():
        return 0
    health.beat(_BEAT, at=at)
    return look(at=at)


def look(*, at: datetime) -> int:
    """Plans one note for everybody quiet since sixty days who got none for this silence.

    People who left or are away get none. Run twice it plans nothing more.
    """
    since = at - timedelta(days=QUIET_DAYS)
    lively = latest_signs(Span(since, at))
    here = members.taking_part().exclude(members.away(at.date()))
    quiet = list(here.filter(country__isnull=False).exclude(pk__in=lively))
    told = _told(quiet)
    broken = _signs_after(told, since)
    rows = [
        (person.pk, person, f"{KIND}:{person.pk}:{told[person.pk][0] if person.pk in told else 0}")
        for person in quiet
        if person.pk not in told or person.pk in broken
    ]
    outbox.plan_many(kind=KIND, rows=rows, due_at=at, at=at)
    return len(rows)


def is_quiet(person: Person, at: datetime) -> bool:
    """Whether a note that waited for its hour still says the truth."""
    span = Span(at - timedelta(days=QUIET_DAYS), at, frozenset({person.pk}))
    here = members.taking_part().exclude(members.away(at.date()))
    return person.pk not in latest_signs(span) and here.filter(pk=person.pk).exists()


def latest_signs(span: Span) -> dict[int, datetime]:
    """The newest sign of each person who gave one in the span."""
    found: dict[int, datetime] = {}
    for person, at in _signs(span):
        if span.since <= at < span.until and (person not in found or found[person] < at):
            found[person] = at
    return found


def _told(people: Iterable[Person]) -> dict[int, tuple[int, datetime]]:
    """How many notes each of these people got, and when the last one was planned."""
    notes = Message.objects.filter(kind=KIND, person__in=people).order_by()
    rows = notes.values_list("person").annotate(n=Count("pk"), last=Max("created_at"))
    return {person: (n, last) for person, n, last in rows}


def _signs_after(told: dict[int, tuple[int, datetime]], until: datetime) -> set[int]:
    """Those who gave a sign after their last note: what follows is another silence."""
    if not told:
        return set()
    first = min(last for _n, last in told.values())
    signs = latest_signs(Span(first, until, frozenset(told)))
    return {person for person, at in signs.items() if at > told[person][1]}


def _signs(span: Span) -> Iterator[tuple[int, datetime]]:
    """Every sign of the span, roughly; each source is one query."""
    for given in contributing.of(span):
        yield given.person_id, given.at
    yield from _sessions(span)
    yield from _asked_for_reviews(span)
    for person, day in _days(span):
        yield person, datetime.combine(day, time(0), UTC)


def _sessions(span: Span) -> Iterator[tuple[int, datetime]]:
    """Sessions that took place, of those who said yes and of those who had a duty."""
    over = {
        "session__ends_at__gte": span.since,
        "session__ends_at__lt": span.until,
        "session__cancelled_at__isnull": True,
    }
    came = Invitation.objects.filter(answer=Answer.YES, **over)
    led = DutyHolder.objects.filter(**over)
    for rows in (_of(came, span), _of(led, span)):
        yield from rows.order_by().values_list("person_id", "session__ends_at")


def _asked_for_reviews(span: Span) -> Iterator[tuple[int, datetime]]:
    """Who was asked for a review: they are at work, and hear of it enough."""
    asked = Message.objects.filter(
        kind__in=message_kinds.of_topic(Topic.REVIEWS),
        state=MessageState.SENT,
        sent_at__gte=span.since,
        sent_at__lt=span.until,
    )
    yield from _of(asked, span).order_by().values_list("person_id", "sent_at")


def _days(span: Span) -> Iterator[tuple[int, date]]:
    """Days on which somebody joined, or came back."""
    first, last = span.since.date(), span.until.date()
    joined = Membership.objects.filter(joined_on__gte=first, joined_on__lte=last)
    back = Expert.objects.filter(away_until__gte=first, away_until__lte=last)
    yield from _of(joined, span).order_by().values_list("person_id", "joined_on")
    yield from _of(back, span).values_list("person_id", "away_until")


def _of(rows: QuerySet[Any], span: Span) -> QuerySet[Any]:
    """The rows of the span's people."""
    return rows if span.people is None else rows.filter(person__in=span.people)
