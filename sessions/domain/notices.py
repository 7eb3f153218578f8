"""Which mail about a session is due to whom and when; the sender re-checks each at the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cop_platform.common.times import wall_before
from experts.domain import outbox
from sessions.enums import Answer
from sessions.models import CopSession, Invitation

INVITATION = "session_invitation"
CHANGE = "session_change"
CANCELLATION = "session_cancellation"
REMINDER = "session_reminder"
ASK_AGAIN = "session_ask_again"
KINDS = [INVITATION, CHANGE, CANCELLATION, REMINDER, ASK_AGAIN]
# These are about a session and a proposal, not about an invitation.
TAKEN_BACK = "session_taken_back"
TIME_KEPT = "session_time_kept"

REMIND_DAYS_BEFORE = 1


def tell_invited(session: CopSession, invitations: Iterable[Invitation], *, at: datetime) -> None:
    """Plans the invitation now and the reminder for later."""
    invitations = list(invitations)
    outbox.plan_many(
        kind=INVITATION,
        rows=[(i.pk, i.person, f"{INVITATION}:{i.pk}") for i in invitations],
        due_at=at,
        at=at,
    )
    plan_reminders(session, invitations, at=at)


def plan_reminders(session: CopSession, invitations: Iterable[Invitation], *, at: datetime) -> None:
    """Plans the reminder one day before by the wall clock; one that is past is left out.

    The sequence stands in the key: each move plans anew, the same state never twice.
    """
    due_at = wall_before(session.wall_start, session.zone, days=REMIND_DAYS_BEFORE)
    if due_at <= at:
        return
    outbox.plan_many(
        kind=REMINDER,
        rows=[(i.pk, i.person, f"{REMINDER}:{i.pk}:{session.sequence}") for i in invitations],
        due_at=due_at,
        at=at,
        payload={"sequence": session.sequence},
    )


def tell_of_change(session: CopSession, *, at: datetime) -> None:
    """Takes back what is no longer true, tells of the new time or place, plans anew."""
    _withdraw(session, [CHANGE, REMINDER, ASK_AGAIN])
    invitations = _audience(session)
    outbox.plan_many(
        kind=CHANGE,
        rows=[(i.pk, i.person, f"{CHANGE}:{i.pk}:{session.sequence}") for i in invitations],
        due_at=at,
        at=at,
        payload={"sequence": session.sequence},
    )
    plan_reminders(session, invitations, at=at)


def tell_of_cancellation(session: CopSession, *, at: datetime) -> None:
    """Takes back everything still planned and sends the cancellation."""
    _withdraw(session, KINDS)
    invitations = _audience(session)
    outbox.plan_many(
        kind=CANCELLATION,
        rows=[(i.pk, i.person, f"{CANCELLATION}:{i.pk}") for i in invitations],
        due_at=at,
        at=at,
    )


def _withdraw(session: CopSession, kinds: list[str]) -> None:
    """Of everybody invited, also of those who declined and will hear nothing new."""
    ids = session.invitations.values_list("pk", flat=True)
    outbox.withdraw(kinds=kinds, object_ids=ids)


def _audience(session: CopSession) -> list[Invitation]:
    """Everybody asked and not declined: who said no needs no news of it."""
    return list(session.invitations.exclude(answer=Answer.NO).select_related("person"))
