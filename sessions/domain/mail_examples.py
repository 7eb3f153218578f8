"""Real sessions, series and polls to look at the words of mails with, as if the looker were asked.

The invitations here are never stored and their links open nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from experts.domain.message_kinds import Example
from experts.models import User
from sessions.enums import Answer, Seat
from sessions.models import CopSession, Invitation, Poll, PollVoter, Proposal

HOUR = timedelta(hours=1)


def session(user: User, at: datetime) -> CopSession | None:
    """The next session this user sees, with a reason to cancel it that is not stored."""
    ahead = CopSession.objects.visible_to(user).upcoming(at).not_cancelled()
    found = ahead.select_related("series", "planned_by").order_by("starts_at", "pk").first()
    if found is not None:
        found.cancel_reason = _("The room is closed on that day.")
    return found


def asked(user: User, to: CopSession, at: datetime) -> Invitation:
    """The user as somebody who said yes and is offered a seat."""
    return Invitation(
        pk=0,
        session=to,
        person=user.person,
        invited_by=to.planned_by,
        invited_at=at,
        answer=Answer.YES,
        answered_at=at,
        seat=Seat.OFFERED,
        offer_until=at + 48 * HOUR,
    )


def invitation(user: User, at: datetime) -> Example | None:
    """An invitation to the next session."""
    found = session(user, at)
    if found is None:
        return None
    payload = {"sequence": found.sequence, "seat": Seat.OFFERED.value}
    return Example(asked(user, found, at), payload, found.title)


def proposal(user: User, at: datetime) -> Example | None:
    """Another hour for the next session, as the user might have proposed it."""
    found = session(user, at)
    if found is None:
        return None
    later = Proposal(
        session=found,
        person=user.person,
        starts_at=found.starts_at + HOUR,
        ends_at=found.ends_at + HOUR,
        sequence=found.sequence,
        decided_at=at,
    )
    return Example(later, {}, found.title)


def poll(user: User, _at: datetime) -> Example | None:
    """The newest poll, with the user as somebody asked."""
    newest = Poll.objects.visible_to(user).select_related("created_by").first()
    if newest is None:
        return None
    return Example(PollVoter(pk=0, poll=newest, person=user.person), {}, newest.title)
