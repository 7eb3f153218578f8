"""Small communities for figures: members, sessions that ended, gifts from one to another."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from experts.models import Country, Person
from practices.domain import contributing
from practices.domain.contributing import Contribution, Span
from practices.enums import Given
from sessions.models import CopSession, Invitation
from tests import factories as make


def community(code: str, size: int) -> list[Person]:
    """Experts of a country without accounts."""
    return [make.person(code=code, account=False) for _ in range(size)]


def gave(who: Person, to: Person | None = None, *, days: int = 5, kind: Given = Given.ANSWER,
         thread: str = "") -> Contribution:  # fmt: skip
    at = timezone.now() - timedelta(days=days)
    to_id = to.pk if to else None
    return Contribution(who.pk, who.country_id, at, kind, to_id=to_id, thread=thread)


def gifts(monkeypatch: pytest.MonkeyPatch, *rows: Contribution) -> None:
    """A part of the platform that tells these contributions, beside those that are there."""

    def source(span: Span) -> list[Contribution]:
        return [
            one
            for one in rows
            if span.since <= one.at < span.until
            and (span.people is None or one.person_id in span.people)
        ]

    monkeypatch.setattr(contributing, "_sources", [*contributing._sources, source])


def held(code: str, *, days: int, invited: list[Person], accepted: int) -> CopSession:
    """A session so many days ago, and the first of its guests said yes."""
    at = timezone.now() - timedelta(days=days)
    session = make.cop_session(code, at=at - timedelta(days=9), day=at.date())
    Invitation.objects.bulk_create(
        Invitation(
            session=session,
            person=person,
            invited_by=session.planned_by,
            invited_at=at - timedelta(days=9),
            **_answer(number < accepted, at),
        )
        for number, person in enumerate(invited)
    )
    return session


def _answer(yes: bool, at: datetime) -> dict[str, object]:
    return {"answer": "yes", "answered_at": at - timedelta(days=3)} if yes else {}


def country_of(people: list[Person]) -> Country:
    found = people[0].country
    assert found is not None
    return found
