"""The demo's polls and busy weeks: one poll that waits for votes, exam weeks of two countries."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cop_platform.common.times import to_utc
from experts.enums import Role
from experts.models import CommunityOfPractice, Country, Person, User
from sessions.domain import busy_periods, polls
from sessions.domain.agendas import minutes_of
from sessions.enums import Kind, Suits
from sessions.models import BusyPeriod, Poll, PollVoter

TITLE = "Three countries: whose hours fit?"
_HOSTS = ("BG", "EL", "IT")
_ZONE = "Europe/Sofia"
_CYCLE = [Suits.YES, Suits.NO, Suits.IF_NEEDED, Suits.YES, Suits.YES, Suits.NO, Suits.YES]


def seed(anchor: date) -> None:
    """Creates what is missing, through the platform's own domain."""
    by = User.objects.get(email="coordinator.bg@demo.example")
    now = timezone.now()
    if not Poll.objects.filter(title=TITLE).exists():
        _vote(_poll(anchor, by, now), now)
    if not BusyPeriod.objects.exists():
        _busy(anchor, now)


def _poll(anchor: date, by: User, now: datetime) -> Poll:
    monday = anchor + timedelta(days=28 - anchor.weekday())
    closes = max(to_utc(datetime.combine(anchor + timedelta(days=10), time(18)), _ZONE), now)
    plan = polls.PollPlan(
        title=TITLE,
        kind=Kind.JOINT,
        purpose="We show each other one first conversation and mix afterwards.",
        host_cops=tuple(CommunityOfPractice.objects.filter(country__code__in=_HOSTS)),
        zone=_ZONE,
        minutes=minutes_of(Kind.JOINT),
        closes_at=closes + timedelta(days=2),
        slots=tuple((monday + timedelta(days=n), time(10 + 2 * (n % 3))) for n in range(4)),
        quorums=dict.fromkeys(Country.objects.filter(code__in=_HOSTS), 2),
    )
    poll = polls.make(plan=plan, by=by, at=now)
    experts = Person.objects.filter(
        memberships__cop__country__code__in=_HOSTS, memberships__role=Role.EXPERT
    ).order_by("pk")
    people = [p for code in _HOSTS for p in experts.filter(country__code=code)[:4]]
    polls.ask(poll_id=poll.pk, people=people, by=by, at=now)
    return poll


def _vote(poll: Poll, now: datetime) -> None:
    """Nine of the twelve have voted."""
    slots = polls.open_slots(poll)
    for number, voter in enumerate(PollVoter.objects.filter(poll=poll).order_by("pk")):
        if number % 4 == 3:
            continue
        votes = {s.pk: str(_CYCLE[(number + 2 * n) % 7]) for n, s in enumerate(slots)}
        polls.vote_by_link(token=polls.link_token(voter), votes=votes, at=now)


def _busy(anchor: date, now: datetime) -> None:
    for code, name, weeks in (("IT", "Exam weeks", 2), ("ES", "Courses begin", 4)):
        first = anchor + timedelta(weeks=weeks)
        busy_periods.add(
            country=Country.objects.get(code=code),
            name=name,
            first_day=first,
            last_day=first + timedelta(days=11),
            by=User.objects.get(email=f"partner.{code.lower()}@demo.example"),
            at=now,
        )
