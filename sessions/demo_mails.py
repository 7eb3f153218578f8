"""The demo's post: a proposal that waits, a mail to look at, and two calendars to subscribe to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from experts.models import User
from sessions.domain import feeds
from sessions.enums import FeedScope, InboundResult
from sessions.models import CopSession, InboundMail, Proposal

_LETTER = """Hello,

my colleague Ivo would like to come in my place. Can he use my link?
"""


def seed() -> None:
    """Creates what is missing; idempotent."""
    now = timezone.now()
    coming = CopSession.objects.upcoming(now).filter(host_cops__country__code="BG")
    session = coming.filter(starts_at__gt=now + timedelta(days=7)).first()
    if session is None:
        return
    _post(session, now)
    by = User.objects.get(email="expert.bg-01@demo.example")
    for scope in (FeedScope.PERSONAL, FeedScope.PROJECT):
        feeds.make(scope=scope, cop=None, by=by, at=now)


def _post(session: CopSession, now: datetime) -> None:
    guests = [i.person for i in session.invitations.select_related("person").order_by("pk")[:2]]
    if len(guests) < 2:
        return
    Proposal.objects.get_or_create(
        session=session,
        person=guests[0],
        defaults={
            "starts_at": session.starts_at + timedelta(days=1),
            "ends_at": session.ends_at + timedelta(days=1),
            "comment": "On that day I teach until noon.",
            "sequence": session.sequence,
            "proposed_at": now,
        },
    )
    InboundMail.objects.get_or_create(
        message_id="<demo-1@calendar.example>",
        defaults={
            "received_at": now,
            "sender": guests[1].email,
            "result": InboundResult.NEEDS_REVIEW,
            "reason": "It was written by hand, without calendar text.",
            "calendar": _LETTER,
            "session": session,
            "person": guests[1],
        },
    )
