"""Which mail about a session is due to whom and when; the sender re-checks each at the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from experts.domain import outbox
from sessions.domain import replanning
from sessions.models import CopSession, Invitation

INVITATION = "session_invitation"
CHANGE = "session_change"
CANCELLATION = "session_cancellation"
REMINDER = replanning.REMINDER
SEAT = "session_seat"
ASK_AGAIN = "session_ask_again"
KINDS = [INVITATION, CHANGE, CANCELLATION, SEAT, ASK_AGAIN, *replanning.GUEST_KINDS]
# These are about a session and a proposal, not about an invitation.
TAKEN_BACK = "session_taken_back"
TIME_KEPT = "session_time_kept"


def due_after_undo(at: datetime) -> datetime:
    """When the mails of a deed that can be taken back are due."""
    return at + timedelta(seconds=settings.UNDO_SECONDS)


def tell_invited(session: CopSession, invitations: Iterable[Invitation], *, at: datetime) -> None:
    """Plans the invitation now and the reminders for later."""
    invitations = list(invitations)
    outbox.plan_many(
        kind=INVITATION,
        rows=[(i.pk, i.person, f"{INVITATION}:{i.pk}") for i in invitations],
        due_at=due_after_undo(at),
        at=at,
    )
    replanning.follow([session], at=at, invitations=invitations)


def tell_of_change(session: CopSession, *, at: datetime) -> None:
    """Takes back what is no longer true, tells of the new time or place, plans anew."""
    _withdraw(session, [CHANGE, ASK_AGAIN])
    invitations = _audience(session)
    outbox.plan_many(
        kind=CHANGE,
        rows=[(i.pk, i.person, f"{CHANGE}:{i.pk}:{session.sequence}") for i in invitations],
        due_at=due_after_undo(at),
        at=at,
        payload={"sequence": session.sequence},
    )
    replanning.follow([session], at=at)


def tell_of_cancellation(session: CopSession, *, at: datetime) -> None:
    """Takes back everything still planned and sends the cancellation."""
    _withdraw(session, KINDS)
    replanning.follow([session], at=at)
    invitations = _audience(session)
    outbox.plan_many(
        kind=CANCELLATION,
        rows=[(i.pk, i.person, f"{CANCELLATION}:{i.pk}") for i in invitations],
        due_at=due_after_undo(at),
        at=at,
    )


def tell_of_seats(invitations: Iterable[Invitation], *, at: datetime) -> None:
    """Tells people what became of their seat: offered, given, or a place in the line."""
    by_seat: dict[str, list[Invitation]] = {}
    for invitation in invitations:
        by_seat.setdefault(invitation.seat, []).append(invitation)
    for seat, told in by_seat.items():
        outbox.plan_many(
            kind=SEAT,
            rows=[(i.pk, i.person, f"{SEAT}:{i.pk}:{seat}:{at.isoformat()}") for i in told],
            due_at=at,
            at=at,
            payload={"seat": seat},
        )


def _withdraw(session: CopSession, kinds: list[str]) -> None:
    """Of everybody invited, also of those who declined and will hear nothing new."""
    ids = session.invitations.values_list("pk", flat=True)
    outbox.withdraw(kinds=kinds, object_ids=ids)


def _audience(session: CopSession) -> list[Invitation]:
    """Everybody asked and not declined: who said no needs no news of it."""
    return list(session.invitations.not_declined().select_related("person"))
