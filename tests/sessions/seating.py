"""What the tests about seats share: a session of few seats, its guests and their answers."""

from __future__ import annotations

from datetime import datetime

from sessions.domain import invitations, seat_limits
from sessions.enums import Answer
from sessions.models import CopSession, Invitation
from tests import factories as make


def full_house(capacity: int | None, *codes: str, **by_country: int) -> CopSession:
    """A session of Bulgaria and other countries with so many seats."""
    session = make.cop_session("BG", *codes)
    limit(session, capacity, **by_country)
    return session


def limit(session: CopSession, capacity: int | None, at: datetime = make.NOW, **by_country: int):
    countries = {make.country(code).pk: seats for code, seats in by_country.items()}
    return seat_limits.change_seats(
        session_id=session.pk,
        capacity=capacity,
        by_country=countries,
        by=session.planned_by.user,
        at=at,
    )


def guests(session: CopSession, number: int, code: str = "BG") -> list[Invitation]:
    people = [make.person(code=code, account=False) for _ in range(number)]
    invitations.invite(
        session_id=session.pk, people=people, by=session.planned_by.user, at=make.NOW
    )
    return list(Invitation.objects.filter(person__in=people).order_by("pk"))


def say(invitation: Invitation, answer: Answer, at: datetime = make.NOW, **more) -> Invitation:
    token = invitations.link_token(invitation)
    return invitations.answer_by_link(token=token, answer=answer, note="", at=at, **more)


def stands(session: CopSession) -> list[str]:
    """Everybody's seat, in the order of asking."""
    return list(session.invitations.order_by("pk").values_list("seat", flat=True))
