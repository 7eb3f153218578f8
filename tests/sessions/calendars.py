"""What lies between sessions and other calendars, for tests."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from experts.models import Person
from sessions.domain import feeds
from sessions.enums import FeedScope, InboundResult
from sessions.models import CopSession, Feed, InboundMail, Proposal
from tests import factories as make

_numbers = count(1)


def proposal(session: CopSession, person: Person) -> Proposal:
    """An open proposal for the day after the session."""
    day = timedelta(days=1)
    return Proposal.objects.create(
        session=session,
        person=person,
        starts_at=session.starts_at + day,
        ends_at=session.ends_at + day,
        sequence=session.sequence,
        proposed_at=make.NOW,
    )


def inbound_mail(session: CopSession) -> InboundMail:
    """A mail somebody has to look at."""
    return InboundMail.objects.create(
        message_id=f"<{next(_numbers)}@example.org>",
        received_at=make.NOW,
        result=InboundResult.NEEDS_REVIEW,
        reason="The sender was not invited to this session.",
        session=session,
    )


def feed(person: Person, scope: str = FeedScope.PERSONAL, **more: object) -> Feed:
    """A calendar of somebody with an account."""
    return feeds.make(scope=scope, cop=more.get("cop"), by=person.user, at=make.NOW)
