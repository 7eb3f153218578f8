"""Three hundred people who are due a mail at this minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from experts.enums import MessageState, Role
from experts.models import Message, Person
from sessions.domain import invitations, notices
from sessions.models import CopSession
from tests import factories as make

MAILS = 300


def daytime_zone(at: datetime) -> str:
    """A zone in which it is about noon: reminders wait for nobody's morning."""
    ahead = 12 - at.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def invited(number: int = MAILS) -> CopSession:
    """A session in a month with so many people; their invitations are due now."""
    now = timezone.now()
    coordinator = make.user(Role.COORDINATOR)
    home = make.country("BG")
    session = make.cop_session(by=coordinator, at=now, day=(now + timedelta(days=30)).date())
    people = Person.objects.bulk_create(
        Person(
            name=f"Guest {n}",
            email=f"guest{n}@example.org",
            country=home,
            zone=daytime_zone(now),
        )
        for n in range(number)
    )
    invitations.invite(session_id=session.pk, people=people, by=coordinator, at=now)
    return session


def reminded(number: int = MAILS) -> CopSession:
    """The same, the invitations long sent; one reminder each is due now."""
    session = invited(number)
    now = timezone.now()
    Message.objects.filter(kind=notices.INVITATION).update(state=MessageState.SENT, sent_at=now)
    due = Message.objects.filter(kind=notices.REMINDER).order_by("due_at")
    nearest = due.values_list("due_at", flat=True)[0]
    due.exclude(due_at=nearest).delete()
    due.update(due_at=now)
    return session


def due_ids() -> list[str]:
    """Message-IDs of everything that is due."""
    return list(Message.objects.due(timezone.now()).values_list("message_id", flat=True))
