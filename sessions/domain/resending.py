"""Which mails about sessions and polls can be sent once more, and what they then must know."""

from __future__ import annotations

from experts.domain import resending
from sessions.domain import notices, polls, replanning, series_notices
from sessions.models import CopSession, Invitation


def register() -> None:
    """Makes these kinds known. Changes of a series explain one deed and are not repeated."""
    for kind in (notices.CHANGE, notices.ASK_AGAIN, *replanning.GUEST_KINDS):
        resending.register(kind, _sequence)
    resending.register(replanning.CHECKLIST, _own_sequence)
    for kind in (notices.INVITATION, notices.CANCELLATION):
        resending.register(kind, _nothing)
    resending.register(notices.SEAT, _seat)
    for kind in (series_notices.INVITATION, polls.INVITATION, polls.NUDGE, polls.CLOSED):
        resending.register(kind, _nothing)


def _nothing(_about: object) -> dict[str, object]:
    return {}


def _sequence(invitation: Invitation) -> dict[str, object]:
    """Of today: the mail says what is true now."""
    return {"sequence": invitation.session.sequence}


def _own_sequence(session: CopSession) -> dict[str, object]:
    return {"sequence": session.sequence}


def _seat(invitation: Invitation) -> dict[str, object]:
    return {"seat": invitation.seat}
