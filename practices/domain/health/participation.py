"""Participation: who said yes of those who were asked, session by session.

Attendance is not recorded yet, so the answers to invitations stand for it. The page of health and
the life stage both ask `lately`: one figure, not two that contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from statistics import fmean

from practices.domain.health.facts import SPAN, Held
from practices.domain.health.figure import NOTHING, Measure


def lately(sessions: Iterable[Held], until: datetime) -> Measure:
    """Of the sessions that ended within the 90 days up to an instant."""
    return of(
        (one.invited, one.accepted) for one in sessions if until - SPAN < one.ended_at <= until
    )


def of(sessions: Iterable[tuple[int, int]]) -> Measure:
    """The mean over sessions of accepted / invited, from pairs (invited, accepted).

    Sessions nobody was invited to say nothing; n counts the invitations.
    """
    asked = [(invited, accepted) for invited, accepted in sessions if invited]
    if not asked:
        return NOTHING
    invitations = sum(invited for invited, _accepted in asked)
    return Measure(
        value=fmean(accepted / invited for invited, accepted in asked),
        n=invitations,
        numerator=sum(accepted for _invited, accepted in asked),
        denominator=invitations,
        parts=(("sessions", len(asked)),),
    )
