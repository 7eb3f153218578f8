"""The demo's calendar: a workshop of three days, exam weeks, languages and topics of sessions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from cop_platform.common.times import to_utc
from experts.models import CommunityOfPractice, Country, Topic, User
from sessions.domain import planning
from sessions.enums import Kind, Mode
from sessions.models import BusyPeriod, CopSession

_WORKSHOP = "Workshop: building a portfolio together"
_BUSY = [
    ("EL", "Exam weeks of the university", 18, 12),
    ("DE", "End-of-term tests", 25, 5),
    ("BG", "Enrolment week", 11, 4),
]


def seed(anchor: date) -> None:
    """Creates what is missing."""
    _workshop(anchor)
    for code, name, after, length in _BUSY:
        country = Country.objects.get(code=code)
        by = User.objects.get(email=f"partner.{code.lower()}@demo.example").person
        first = anchor + timedelta(days=after)
        BusyPeriod.objects.get_or_create(
            country=country,
            name=name,
            defaults={
                "first_day": first,
                "last_day": first + timedelta(days=length),
                "entered_by": by,
                "entered_at": datetime.combine(anchor, time(9), tzinfo=UTC),
            },
        )
    _languages_and_topics()


def _workshop(anchor: date) -> None:
    if CopSession.objects.filter(title=_WORKSHOP).exists():
        return
    cop = CommunityOfPractice.objects.get(country__code="BG")
    first = anchor + timedelta(days=9)
    first += timedelta(days=(1 - first.weekday()) % 7)
    session = planning.plan_session(
        plan=planning.SessionPlan(
            title=_WORKSHOP,
            kind=Kind.TRAINING,
            mode=Mode.ONSITE,
            host_cops=(cop,),
            day=first,
            clock=time(9),
            zone="Europe/Sofia",
            minutes=360,
            place="House of Learning, Bulgaria",
            purpose="Three days: collect, choose, tell. Everybody leaves with a finished page.",
        ),
        by=User.objects.get(email="coordinator.bg@demo.example"),
        at=datetime.combine(anchor, time(9), tzinfo=UTC),
    )
    session.last_day = first + timedelta(days=2)
    session.ends_at = to_utc(datetime.combine(session.last_day, time(15)), session.zone)
    session.save(update_fields=["last_day", "ends_at"])


def _languages_and_topics() -> None:
    """Sessions speak the language of their host and English; topics come from its charter."""
    topics: dict[int | None, list[Topic]] = {}
    for topic in Topic.objects.current().select_related("charter__cop").order_by("pk"):
        topics.setdefault(topic.charter.cop.country_id, []).append(topic)
    changed = []
    for session in CopSession.objects.filter(languages=[]).with_hosts():
        hosts = [cop.country for cop in session.host_cops.all() if cop.country]
        session.languages = sorted({"en", *(host.language for host in hosts)})
        own = topics.get(hosts[0].pk if hosts else None, [])
        if own and session.topic_id is None:
            session.topic = own[session.pk % len(own)]
        changed.append(session)
    CopSession.objects.bulk_update(changed, ["languages", "topic"])
