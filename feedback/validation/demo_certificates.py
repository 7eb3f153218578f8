"""The demo project's certificate of participation: one expert's last twelve months."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from experts.models import User
from feedback.validation.domain.proof import participation

OF = "expert.bg-01@demo.example"


def seed(anchor: date) -> None:
    """Signs it where its holder has none yet."""
    user = User.objects.select_related("person").get(email=OF)
    if participation.of_person(user):
        return
    # A demo may be loaded before eight; what is signed ahead of the clock does not hold yet.
    at = min(timezone.now(), datetime.combine(anchor, time(8), tzinfo=UTC))
    start = anchor - relativedelta(years=1) + relativedelta(days=1)
    participation.issue_certificate(start=start, end=anchor, by=user, at=at)
