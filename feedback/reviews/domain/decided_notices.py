"""Reviewers hear what became of their comments: once a day at most, about the round.

Everybody who was asked in the round gets the same row, and the sender drops it at the end for whom
it would hold nothing: so no row tells whose comments were decided on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from experts.domain import outbox
from feedback.reviews.domain import identity
from feedback.reviews.models import ReviewRound

DECIDED = "review_decided"
# UTC; quiet hours move it for those who have them.
_CLOCK = time(7)


def tell_decided(rounds: Iterable[ReviewRound], *, at: datetime) -> None:
    """Plans for tomorrow the mail that tells of today's decisions; twice plans nothing twice."""
    day = at.astimezone(UTC).date()
    due_at = datetime.combine(day + timedelta(days=1), _CLOCK, tzinfo=UTC)
    for review_round in rounds:
        people = identity.panel_of(review_round)
        rows = [(review_round.pk, p, f"{DECIDED}:{review_round.pk}:{p.pk}:{day}") for p in people]
        outbox.plan_many(kind=DECIDED, rows=rows, due_at=due_at, at=at)


def day_of(key: str) -> date:
    """The day whose decisions a message tells, read back from its key."""
    return date.fromisoformat(key.rpartition(":")[2])
