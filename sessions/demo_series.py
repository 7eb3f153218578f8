"""The demo project's series: one running over the change of clocks, one that was split."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from cop_platform.common.times import to_utc
from experts.enums import MessageState, Role
from experts.models import CommunityOfPractice, Membership, Message, Person, User
from sessions.domain import notices, series_invitations, series_notices
from sessions.domain.planning import SessionPlan
from sessions.domain.series import SeriesPlan, plan_series
from sessions.domain.series_edit import Seen, change
from sessions.enums import Answer, AnsweredBy, Kind, Mode, SeriesScope
from sessions.models import Invitation, Series

_CLINIC = "Monthly clinic: one case, many eyes"
_ROUND = "Mentors' round over coffee"
_GUESTS = 7


def seed(anchor: date) -> None:
    """Creates what is missing, by the platform's own domain, as of days before the anchor."""
    if not Series.objects.filter(title=_CLINIC).exists():
        _clinic(anchor)
    if not Series.objects.filter(title=_ROUND).exists():
        _round(anchor)


def _clinic(anchor: date) -> None:
    """Greece and Bulgaria, once a month, two dates over and four to come."""
    first = _weekday_from(anchor - timedelta(days=62), 3)
    plan = _plan(("EL", "BG"), first, time(16, 0), _CLINIC, Kind.PROBLEM_CLINIC)
    series = _planned(plan, f"FREQ=MONTHLY;COUNT=6;BYDAY={(first.day - 1) // 7 % 4 + 1}TH", "el")
    _answer(series, [Answer.YES, Answer.NONE, Answer.YES, Answer.MAYBE, Answer.NO])


def _round(anchor: date) -> None:
    """Bulgaria, every two weeks; from the fourth date on an hour later."""
    first = _weekday_from(anchor + timedelta(days=4), 1)
    plan = _plan(("BG",), first, time(10, 0), _ROUND, Kind.ONBOARDING)
    series = _planned(plan, "FREQ=WEEKLY;INTERVAL=2;COUNT=8", "bg")
    _answer(series, [Answer.YES, Answer.YES, Answer.NONE])
    fourth = series.sessions.order_by("original_start")[3]
    later = replace(plan, day=fourth.wall_day, clock=time(11, 0))
    change(
        session_id=fourth.pk,
        scope=SeriesScope.FOLLOWING,
        plan=later,
        keep_moved=True,
        seen=Seen(fourth.version, series.version),
        by=_coordinator("bg"),
        at=_noon(anchor - timedelta(days=1)),
    )


def _plan(codes: tuple[str, ...], day: date, clock: time, title: str, kind: Kind) -> SessionPlan:
    cops = CommunityOfPractice.objects.filter(country__code__in=codes).select_related("country")
    host = next(cop.country for cop in cops if cop.country and cop.country.code == codes[0])
    return SessionPlan(
        title=title,
        kind=kind,
        mode=Mode.ONLINE,
        host_cops=tuple(cops),
        day=day,
        clock=clock,
        zone=host.zone,
        minutes=60,
        purpose="The same hour, the same link: come when you can, bring what is stuck.",
        online_link=f"https://meet.demo.example/series-{codes[0].lower()}",
        fold=0,
        steps=(("Hello", 10), ("What is stuck", 40), ("What we will try", 10)),
    )


def _planned(plan: SessionPlan, rule: str, country: str) -> Series:
    by = _coordinator(country)
    begin = to_utc(datetime.combine(plan.day, plan.clock), plan.zone, fold=0)
    at = begin - timedelta(days=20)
    series = plan_series(plan=SeriesPlan(plan, rule), by=by, at=at)
    codes = [cop.country_id for cop in plan.host_cops]
    members = Membership.objects.current().filter(cop__country__in=codes, role=Role.EXPERT)
    people = Person.objects.filter(pk__in=members.values("person_id")).order_by("pk")[:_GUESTS]
    series_invitations.invite(series_id=series.pk, people=list(people), by=by, at=at)
    _mark_told(series, at)
    return series


def _answer(series: Series, cycle: list[Answer]) -> None:
    rows = list(Invitation.objects.filter(session__series=series).order_by("pk"))
    for number, row in enumerate(rows):
        row.answer = cycle[number % len(cycle)]
        if row.answer:
            row.answered_at = row.invited_at + timedelta(hours=5)
            row.answered_by = AnsweredBy.LINK
    Invitation.objects.bulk_update(rows, ["answer", "answered_at", "answered_by"])


def _mark_told(series: Series, at: datetime) -> None:
    """Invitations of the past count as sent in their time."""
    Message.objects.planned().filter(
        kind__in=series_notices.KINDS,
        object_id=series.pk,
        due_at__lte=notices.due_after_undo(at),
    ).update(state=MessageState.SENT, sent_at=at, read_at=at, attempts=1, payload={})


def _coordinator(country: str) -> User:
    return User.objects.get(email=f"coordinator.{country}@demo.example")


def _weekday_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=UTC)
