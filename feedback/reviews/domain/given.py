"""Reviews as contributions to the community: that somebody gave one, never which.

Only of rounds that are closed, and only by the month of the closing: neither title, nor link, nor
day, so that nothing leads from a person to a material.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from feedback.reviews.domain import identity
from feedback.reviews.models import ReviewRound
from practices.domain import contributing
from practices.domain.contributing import Contribution, Span
from practices.domain.health import upper
from practices.enums import Given


def source(span: Span) -> Iterator[Contribution]:
    """Sent reviews of rounds closed in months that begin in the span."""
    inside = identity.by_month(span.people).filter(month__gte=span.since, month__lt=span.until)
    for person_id, country_id, month in inside:
        yield Contribution(person_id, country_id, month, Given.REVIEW)


def asked(since: datetime) -> Iterator[int]:
    """Everybody asked in rounds that are open or were closed since then, sent or not."""
    recent = Q(closed_at__isnull=True) | Q(closed_at__gte=since)
    rounds = ReviewRound.objects.filter(recent).order_by().values_list("pk", flat=True)
    for people in identity.asked_in(rounds).values():
        yield from people


def register() -> None:
    """Called once, when the app is ready."""
    contributing.register(source)
    upper.register_busy(asked)
