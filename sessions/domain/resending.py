"""Which mails about sessions and polls can be sent once more, and what they then must know."""

from __future__ import annotations

from experts.domain import resending
from sessions.domain import notices, polls, series_notices
from sessions.models import Invitation


def register() -> None:
    """Makes these kinds known. Changes of a series explain one deed and are not repeated."""
    for kind in (notices.CHANGE, notices.REMINDER, notices.ASK_AGAIN):
        resending.register(kind, _sequence)
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


def _seat(invitation: Invitation) -> dict[str, object]:
    return {"seat": invitation.seat}
