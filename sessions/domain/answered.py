"""An answer is noted on the mails that asked for it, whichever way it came."""

from __future__ import annotations

from datetime import datetime

from experts.domain import outbox
from sessions.domain import notices
from sessions.models import CopSession, Invitation

# A reminder and a new time ask once more.
_ASKING = [notices.INVITATION, notices.CHANGE, notices.REMINDER, notices.ASK_AGAIN]
# A whole series is asked about in one mail; its kind is named where its mails are.
SERIES_INVITATION = "series_invitation"


def note(session: CopSession, invitation: Invitation, *, at: datetime) -> None:
    """In the transaction of the answer: one update, two for a date of a series."""
    outbox.mark_answered(kinds=_ASKING, object_ids=[invitation.pk], at=at)
    if session.series_id:
        outbox.mark_answered(
            kinds=[SERIES_INVITATION],
            object_ids=[session.series_id],
            at=at,
            person_id=invitation.person_id,
        )
