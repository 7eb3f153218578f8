"""The demo's guest lists: a session with few seats, a line, a reason and a guest from outside."""

from __future__ import annotations

from datetime import datetime, timedelta

from experts.models import User
from sessions.domain import guests, invitations, seat_limits
from sessions.domain.invitations import link_token
from sessions.enums import Answer
from sessions.models import CopSession

TITLE, CODE = "Portfolios people come back to", "BG"
SEATS = 5


def seed(*, at: datetime) -> None:
    """Fills the next regular session of Bulgaria; a second run finds it full and leaves it."""
    found = CopSession.objects.upcoming(at).filter(
        title=TITLE, host_cops__country__code=CODE, starts_at__gt=at + timedelta(days=1)
    )
    session = found.first()
    if session is None or session.capacity is not None:
        return
    by = User.objects.get(email=f"coordinator.{CODE.lower()}@demo.example")
    seat_limits.change_seats(session_id=session.pk, capacity=SEATS, by_country={}, by=by, at=at)
    silent = session.invitations.unanswered().order_by("pk")
    for number, invitation in enumerate(silent[:6]):
        declines = number == 1
        invitations.answer_by_link(
            token=link_token(invitation),
            answer=Answer.NO if declines else Answer.YES,
            note="I am on leave that week." if declines else "",
            suggested="Maria Rossi, maria.rossi@guest.example" if declines else "",
            at=at + timedelta(minutes=number),
        )
    guests.invite_guest(
        session_id=session.pk,
        guest=guests.Guest(
            "Guest speaker IT-01", "speaker@guest.example", "it", "Europe/Rome", None
        ),
        agreed=True,
        by=by,
        at=at,
    )
