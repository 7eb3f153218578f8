"""Which mail about a series is due to whom: one mail a person, however many dates it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from experts.domain import outbox
from experts.models import Person
from sessions.domain import notices, replanning
from sessions.enums import Answer
from sessions.models import CopSession, Invitation, Series

INVITATION = "series_invitation"
CHANGE = "series_change"
CANCELLATION = "series_cancellation"
KINDS = [INVITATION, CHANGE, CANCELLATION]

# What a change mail explains.
MOVED = "moved"
FOLLOWING = "following"
ENDED = "ended"
ADDED = "added"


def tell_invited(
    series: Series, people: Iterable[Person], *, generation: int, at: datetime
) -> None:
    """Plans one invitation a person."""
    outbox.plan_many(
        kind=INVITATION,
        rows=[
            (series.pk, person, f"{INVITATION}:{series.pk}:{person.pk}:{generation}")
            for person in people
        ],
        due_at=notices.due_after_undo(at),
        at=at,
    )


def tell_of_change(
    series: Series,
    sessions: Sequence[CopSession],
    *,
    what: str,
    at: datetime,
    payload: dict[str, Any] | None = None,
) -> None:
    """One mail to everybody asked to one of these sessions who did not decline all of them.

    Reminders for the old times are taken back and planned anew.
    """
    invitations = _invitations(sessions)
    outbox.withdraw(kinds=[notices.CHANGE], object_ids=[i.pk for i in invitations])
    if what != FOLLOWING:
        # The mail of a split explains where the old entry went; it stays true beside a newer one.
        _withdraw_changes(series)
    _plan(
        CHANGE,
        series,
        invitations,
        at=at,
        payload={
            "sequence": series.sequence,
            "what": what,
            "sessions": [session.pk for session in sessions],
            **(payload or {}),
        },
    )
    replanning.follow(sessions, at=at)


def tell_of_cancellation(
    series: Series, sessions: Sequence[CopSession], *, whole: bool, at: datetime
) -> None:
    """One mail to everybody asked to one of these sessions; what was still to be sent is not."""
    invitations = _invitations(sessions)
    outbox.withdraw(kinds=notices.KINDS, object_ids=[i.pk for i in invitations])
    replanning.follow(sessions, at=at)
    if whole:
        outbox.withdraw(kinds=KINDS, object_ids=[series.pk])
    _plan(
        CANCELLATION if whole else CHANGE,
        series,
        invitations,
        at=at,
        payload={
            "sequence": series.sequence,
            "what": ENDED,
            "sessions": [session.pk for session in sessions],
        },
    )


def _invitations(sessions: Sequence[CopSession]) -> list[Invitation]:
    found = Invitation.objects.filter(session__in=sessions).select_related("person")
    return list(found.order_by("pk"))


def _plan(
    kind: str,
    series: Series,
    invitations: list[Invitation],
    *,
    at: datetime,
    payload: dict[str, Any],
) -> None:
    people = {i.person_id: i.person for i in invitations if i.answer != Answer.NO}
    outbox.plan_many(
        kind=kind,
        rows=[
            (series.pk, person, f"{kind}:{series.pk}:{series.sequence}:{person.pk}")
            for person in people.values()
        ],
        due_at=notices.due_after_undo(at),
        at=at,
        payload=payload,
    )


def _withdraw_changes(series: Series) -> None:
    outbox.withdraw(kinds=[CHANGE], object_ids=[series.pk])
