"""The demo project's sessions: fourteen months of six communities, with a few planted faults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import F
from django.utils import timezone

from cop_platform.common.times import to_utc
from experts.enums import MessageState, Role
from experts.models import CommunityOfPractice, Membership, Message, Person, User
from materials.models import Material
from sessions import (
    demo_actions,
    demo_calendar,
    demo_competences,
    demo_invites,
    demo_kinds,
    demo_mails,
    demo_polls,
    demo_series,
)
from sessions.domain import invitations, notices, planning
from sessions.domain.agendas import AGENDAS, minutes_of
from sessions.enums import Answer, AnsweredBy, Kind, Mode
from sessions.models import CopSession, Invitation


@dataclass(frozen=True)
class DemoSession:
    """A session told from the anchor: months back or ahead, then the nearest given weekday."""

    countries: tuple[str, ...]
    kind: Kind
    months: int
    weekday: int
    hour: int
    title: str
    mode: Mode = Mode.ONLINE
    guests: int = 99
    cancelled: str = ""
    chatham_house: bool = False


ALL = ("BG", "DE", "EL", "IT", "ES", "SE")


def _country_plan(code: str, index: int) -> list[DemoSession]:
    """What one community did and will do."""
    day = index % 4
    own = (code,)
    return [
        DemoSession(own, Kind.KICK_OFF, -14, day, 10, "Kick-off: who we are", Mode.ONSITE),
        DemoSession(own, Kind.REGULAR, -12, day, 14, "First meetings with newcomers"),
        DemoSession(own, Kind.FEEDBACK, -10, day, 10, "Feedback on the mentor guide"),
        DemoSession(own, Kind.REGULAR, -8, day, 14, "Evidence when papers are lost"),
        DemoSession(own, Kind.FEEDBACK, -6, day, 10, "Feedback on the picture cards", Mode.HYBRID),
        DemoSession(own, Kind.FOCUS_GROUP, -5, day, 17, "Focus group with mentors", Mode.ONSITE, 8),
        DemoSession(own, Kind.REGULAR, -4, day, 14, "What employers read first"),
        DemoSession(own, Kind.FEEDBACK, -2, day, 10, "Feedback on the learner workbook"),
        DemoSession(own, Kind.REGULAR, 0, day, 14, "Portfolios people come back to"),
    ]


SHARED = [
    DemoSession(("BG", "EL"), Kind.JOINT, -11, 3, 10, "Two countries show: first conversations"),
    DemoSession(("DE", "SE"), Kind.JOINT, -9, 3, 10, "Two countries show: prior learning"),
    DemoSession(("IT", "BG"), Kind.JOINT, -7, 3, 10, "Two countries show: care work"),
    DemoSession(("ES", "IT"), Kind.JOINT, -3, 3, 10, "Two countries show: families"),
    DemoSession(ALL, Kind.JOINT, 1, 2, 10, "All countries: what the validation tells us"),
    DemoSession(("DE",), Kind.PROBLEM_CLINIC, -7, 1, 15, "Clinic: a diploma nobody recognises"),
    DemoSession(("BG",), Kind.PROBLEM_CLINIC, -3, 1, 15, "Clinic: the mentor who does it all"),
    DemoSession(("IT",), Kind.PROBLEM_CLINIC, -1, 1, 15, "Clinic: three languages at one table"),
    DemoSession(("SE",), Kind.PRACTICE_FAIR, -5, 2, 13, "Practice fair: easy language"),
    DemoSession(("BG", "DE"), Kind.PRACTICE_FAIR, 1, 1, 13, "Practice fair: portfolio cafes"),
    DemoSession(("BG",), Kind.TRAINING, -13, 2, 9, "Training: asking about skills", Mode.ONSITE),
    DemoSession(("EL",), Kind.TRAINING, -9, 2, 9, "Training: photo walks", Mode.ONSITE),
    DemoSession(("DE",), Kind.ONBOARDING, -2, 0, 16, "Welcome, new members"),
    DemoSession(("SE",), Kind.ONBOARDING, -2, 0, 16, "Welcome, new members"),
    DemoSession(("ES",), Kind.REVIEW, -1, 0, 11, "Looking back at the summer"),
    # Planted faults: a group of four, a session cancelled late, two at the same hour.
    DemoSession(("ES",), Kind.FOCUS_GROUP, -1, 3, 17, "Focus group with parents", Mode.ONSITE, 4),
    DemoSession(
        ("IT",),
        Kind.FEEDBACK,
        -1,
        4,
        10,
        "Feedback on the language passport",
        cancelled="The room is flooded; we meet next month.",
    ),
    DemoSession(("BG",), Kind.FEEDBACK, 1, 1, 13, "Feedback on the evidence guide"),
    DemoSession(
        ("BG", "SE"),
        Kind.PROBLEM_CLINIC,
        -1,
        2,
        15,
        "Clinic: what we could not say aloud",
        chatham_house=True,
    ),
]


def seed(anchor: date) -> None:
    """Creates what is missing; runs the platform's own domain, as of the days it tells of."""
    plan = [item for i, code in enumerate(ALL) for item in _country_plan(code, i)] + SHARED
    now = timezone.now()
    add(plan, anchor)
    demo_kinds.seed(anchor)
    mark_told(before=now)
    demo_invites.seed(at=now)
    demo_polls.seed(anchor)
    demo_calendar.seed(anchor)
    demo_series.seed(anchor)
    demo_mails.seed()
    demo_actions.seed(anchor)
    demo_competences.seed(anchor)


def add(plan: list[DemoSession], anchor: date) -> None:
    """Plans those of the sessions that are missing, with their guests and answers."""
    communities = CommunityOfPractice.objects.exclude(country=None).select_related("country")
    cops = {c.country.code: c for c in communities if c.country}
    members = _members_by_country()
    for number, item in enumerate(plan):
        if not _exists(item, anchor, cops):
            _create(item, number, anchor, cops, members)


def mark_told(*, before: datetime) -> None:
    """Mails of the past count as sent in their time; those for what is to come go out now."""
    # As a list: within the transaction that wrote them the planner takes the tables for empty.
    past = Invitation.objects.filter(session__ends_at__lt=before).values_list("pk", flat=True)
    Message.objects.planned().filter(
        kind__in=notices.KINDS, object_id__in=list(past), due_at__lt=before
    ).update(
        state=MessageState.SENT,
        sent_at=F("due_at"),
        read_at=F("due_at"),
        attempts=1,
        payload={},
    )
    Message.objects.planned().filter(kind__in=notices.KINDS, due_at__lt=before).update(
        due_at=before
    )


def _members_by_country() -> dict[str, list[Person]]:
    members: dict[str, list[Person]] = {}
    rows = Membership.objects.current().exclude(cop__country=None).exclude(role=Role.PARTNER)
    for row in rows.select_related("person", "cop__country").order_by("person_id"):
        assert row.cop.country is not None  # excluded above
        members.setdefault(row.cop.country.code, []).append(row.person)
    return members


def _day(item: DemoSession, anchor: date) -> date:
    """The given weekday on or after the shifted anchor; "this month" means from tomorrow on."""
    base = anchor + relativedelta(months=item.months)
    if item.months == 0:
        base += timedelta(days=1)
    day = base + timedelta(days=(item.weekday - base.weekday()) % 7)
    # Nobody meets over the turn of the year.
    quiet = (day.month, day.day) >= (12, 19) or (day.month, day.day) <= (1, 7)
    return day + timedelta(weeks=3) if quiet else day


def _exists(item: DemoSession, anchor: date, cops: dict[str, CommunityOfPractice]) -> bool:
    found = CopSession.objects.filter(title=item.title, wall_day=_day(item, anchor))
    return found.filter(host_cops=cops[item.countries[0]]).exists()


def _create(
    item: DemoSession,
    number: int,
    anchor: date,
    cops: dict[str, CommunityOfPractice],
    members: dict[str, list[Person]],
) -> None:
    first = cops[item.countries[0]]
    assert first.country is not None  # country communities only
    by = User.objects.get(email=f"coordinator.{first.country.code.lower()}@demo.example")
    day = _day(item, anchor)
    starts_at = to_utc(datetime.combine(day, time(item.hour)), first.country.zone, fold=0)
    # Yesterday at the latest: answers follow within the day, and none may lie ahead of the clock.
    planned_at = min(starts_at - timedelta(days=24), _start_of(anchor) - timedelta(days=1))
    session = planning.plan_session(
        plan=planning.SessionPlan(
            title=item.title,
            kind=item.kind,
            mode=item.mode,
            host_cops=tuple(cops[code] for code in item.countries),
            day=day,
            clock=time(item.hour),
            zone=first.country.zone,
            minutes=minutes_of(item.kind),
            purpose=_PURPOSE[item.kind],
            place=f"House of Learning, {first.country.name}" if item.mode != Mode.ONLINE else "",
            online_link=_link(number) if item.mode != Mode.ONSITE else "",
            materials=_on_the_table(item.title),
            steps=tuple((str(title), minutes) for title, minutes in AGENDAS[item.kind]),
            chatham_house=item.chatham_house,
        ),
        by=by,
        at=planned_at,
    )
    guests = [p for code in item.countries for p in members[code]][: item.guests]
    invitations.invite(session_id=session.pk, people=guests, by=by, at=planned_at)
    _answer(session, number, planned_at, is_past=day < anchor)
    if item.cancelled:
        late = starts_at - timedelta(days=2)
        planning.cancel_session(session_id=session.pk, reason=item.cancelled, by=by, at=late)


_ABOUT = {
    "mentor guide": "M01",
    "learner workbook": "M02",
    "picture cards": "M04",
    "language passport": "M05",
    "evidence guide": "M06",
    "portfolio cafes": "M11",
}


def _on_the_table(title: str) -> tuple[Material, ...]:
    """The material a session's title names, if it names one."""
    codes = [code for words, code in _ABOUT.items() if words in title]
    return tuple(Material.objects.filter(code__in=codes))


def _link(number: int) -> str:
    return f"https://meet.demo.example/cop-{number:03d}"


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _answer(session: CopSession, number: int, planned_at: datetime, *, is_past: bool) -> None:
    """Most say yes, some maybe or no, a few nothing; for what is to come more are still silent."""
    cycle = [Answer.YES, Answer.YES, Answer.NO, Answer.YES, Answer.MAYBE, Answer.YES, Answer.NONE]
    if not is_past:
        cycle = [Answer.YES, Answer.NONE, Answer.NONE, Answer.MAYBE, Answer.NONE]
    changed = []
    for position, invitation in enumerate(session.invitations.order_by("pk")):
        answer = cycle[(position + number) % len(cycle)]
        if answer == Answer.NONE:
            continue
        invitation.answer = answer
        invitation.answered_at = planned_at + timedelta(hours=5 + position)
        invitation.answered_by = AnsweredBy.LINK if position % 3 else AnsweredBy.PAGE
        changed.append(invitation)
    Invitation.objects.bulk_update(changed, ["answer", "answered_at", "answered_by"])


_PURPOSE = {
    Kind.KICK_OFF: "We meet, agree on what we care about, and set our calendar.",
    Kind.REGULAR: "One question from practice, one method, and what each of us will try.",
    Kind.FEEDBACK: "We walk through the material page by page and agree on what must change.",
    Kind.FOCUS_GROUP: "Guided talk about the materials. Nobody has to answer anything.",
    Kind.PROBLEM_CLINIC: "One real case, anonymised; colleagues ask first and advise later.",
    Kind.PRACTICE_FAIR: "Short pitches, then stalls: take home one practice you will try.",
    Kind.JOINT: "Two communities show each other what works, then mix.",
    Kind.REVIEW: "What was planned, what happened, why, and what we change.",
    Kind.TRAINING: "Practice for your next conversation, in pairs.",
    Kind.ONBOARDING: "Who we are, how we work, and your first step.",
    Kind.CLOSING: "Stories, hand-over and thanks.",
}
