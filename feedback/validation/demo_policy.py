"""The demo project's second policy: frozen a month ago, so the rounds that run are judged by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from experts.models import User
from feedback.reviews.domain import policies
from feedback.validation.domain.policy import policy_versions
from feedback.validation.domain.policy.rules import Rules

NAME = "Consortium 2026"
# The first rounds of the demo opened after the first day, the running ones after the second.
FIRST_BEFORE, SECOND_BEFORE = timedelta(days=320), timedelta(days=30)
# Stricter with large panels and with whom it asks; the whole numbers of small panels stay.
HELD = Rules(marks=((2, 80), (3, 100), (6, 83), (9, 78), (11, 80)), practitioners=1, months=18)


def seed(anchor: date) -> None:
    """Freezes the versions that are missing; comes before the rounds, each of which takes its own.

    Where somebody froze a version of their own in an older demo, nothing is added.
    """
    policies.current(_morning(anchor - FIRST_BEFORE))
    newest = policy_versions.newest()
    if newest.number == policies.FIRST:
        policy_versions.freeze(
            base=newest.number,
            name=NAME,
            held=HELD,
            by=User.objects.get(email="manager@demo.example"),
            at=_morning(anchor - SECOND_BEFORE),
        )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)
