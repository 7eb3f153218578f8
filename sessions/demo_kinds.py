"""The demo's rooms, roles and languages, and a workshop of three days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from experts.enums import Role
from experts.models import CommunityOfPractice, Membership, Person, User
from sessions.domain import invitations, library, planning, reminder_rules
from sessions.domain.parts import Holder
from sessions.enums import Duty, Kind, Mode
from sessions.models import CopSession, DutyHolder, Room

WORKSHOP = "Writing workshop: national annexes"
_ROOMS = {
    "BG": [
        ("Blue room", "House of Learning, Sofia", 24),
        ("Library", "House of Learning, Sofia", 8),
    ],
    "DE": [("Seminar room 2", "Adult education centre", 30)],
    "EL": [("Laboratory", "University, second floor", 16)],
    "ES": [("City office hall", "City office", 60)],
    "IT": [("Workshop", "Social cooperative", 20)],
    "SE": [("Great hall", "Folk high school", 80)],
}


def seed(anchor: date) -> None:
    """Adds what is missing; what somebody changed in the demo stays."""
    cops = {
        cop.country.code: cop
        for cop in CommunityOfPractice.objects.exclude(country=None).select_related("country")
        if cop.country
    }
    for code, found in _ROOMS.items():
        for name, address, seats in found:
            Room.objects.get_or_create(
                country=cops[code].country,
                name=name,
                defaults={"address": address, "seats": seats},
            )
    _give_roles(anchor)
    _lead_under_the_rule()
    if not CopSession.objects.filter(title=WORKSHOP).exists():
        _plan_workshop(anchor, cops)


def _give_roles(anchor: date) -> None:
    """Sessions to come get the roles of their kind; one of them is left to be found."""
    ahead = CopSession.objects.not_cancelled().filter(wall_day__gte=anchor, duty_holders=None)
    holders = []
    for session in ahead.prefetch_related("host_cops"):
        template = library.template_of(session.kind)
        CopSession.objects.filter(pk=session.pk, duties_needed=[]).update(
            duties_needed=template.duties_needed, documents=template.documents
        )
        people = _members(session)
        if people:
            holders.append(DutyHolder(session=session, person=people[0], duty=Duty.FACILITATOR))
    DutyHolder.objects.bulk_create(holders)


def _lead_under_the_rule() -> None:
    """Somebody led the clinic in which nobody is named; its page does not say who."""
    clinics = CopSession.objects.filter(kind=Kind.PROBLEM_CLINIC, chatham_house=True)
    for session in clinics.filter(duty_holders=None).prefetch_related("host_cops"):
        leader = _members(session)[-1]
        DutyHolder.objects.create(session=session, person=leader, duty=Duty.FACILITATOR)


def _members(session: CopSession) -> list[Person]:
    rows = Membership.objects.current().filter(cop__in=session.host_cops.all(), role=Role.EXPERT)
    return [row.person for row in rows.select_related("person").order_by("person_id")[:3]]


def _plan_workshop(anchor: date, cops: dict[str, CommunityOfPractice]) -> None:
    """Bulgaria and Greece write for three days; an interpreter is still to be found."""
    by = User.objects.get(email="coordinator.bg@demo.example")
    hosts = (cops["BG"], cops["EL"])
    soon = anchor + timedelta(days=5)
    day = soon + timedelta(days=(1 - soon.weekday()) % 7)
    at = min(timezone.now(), datetime.combine(anchor, time.min, tzinfo=UTC))
    experts = Person.objects.filter(memberships__cop__in=hosts, memberships__role=Role.EXPERT)
    people = list(experts.distinct().order_by("pk"))
    template = library.template_of(Kind.TRAINING)
    session = planning.plan_session(
        plan=planning.SessionPlan(
            title=WORKSHOP,
            kind=Kind.TRAINING,
            mode=Mode.ONSITE,
            host_cops=hosts,
            day=day,
            clock=time(9, 30),
            zone="Europe/Sofia",
            minutes=360,
            purpose="Three days at one table: each country leaves with its annex written.",
            last_day=day + timedelta(days=2),
            room=Room.objects.get(country__code="BG", name="Blue room"),
            languages=("bg",),
            capacity=20,
            duties_needed=(Duty.FACILITATOR, Duty.NOTE_TAKER, Duty.INTERPRETER),
            reminders=reminder_rules.read(template.reminders),
            documents=("National annex, empty copy",),
            steps=(
                ("Read one another's drafts", 90),
                ("Write in pairs", 180),
                ("Read aloud and mark", 90),
            ),
            duties=(
                Holder(people[0], Duty.FACILITATOR),
                Holder(people[1], Duty.NOTE_TAKER),
            ),
        ),
        by=by,
        at=at,
    )
    invitations.invite(session_id=session.pk, people=people[:12], by=by, at=at)
