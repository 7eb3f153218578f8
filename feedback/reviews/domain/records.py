"""Deeds on a review, put on record without saying who did them."""

from __future__ import annotations

from datetime import UTC, datetime, time

from experts.domain import audit
from feedback.reviews.models import Assignment


def by_code(deed: str, assignment: Assignment, *, at: datetime, country_id: int | None) -> None:
    """The deed by the reviewer's code and its day: the hour would tell whose log-in it was.

    `country_id` is the country whose coordinators find it on record; None for none.
    """
    audit.record(
        deed=deed,
        about=assignment,
        by=None,
        actor=assignment.reviewer_code,
        at=datetime.combine(at.date(), time.min, tzinfo=UTC),
        country_id=country_id,
    )
