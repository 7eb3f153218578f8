"""What the catalogue may say about reviews: a panel handed in, its round closed on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date

from django.db.models import Count, Max, Q, QuerySet

from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.models import ReviewRound
from materials import verdicts


def _rounds() -> QuerySet[ReviewRound]:
    """Closed rounds whose panel is large enough to be spoken of; how large is never told."""
    handed_in = Count("assignments", filter=Q(assignments__submitted_on__isnull=False))
    closed = ReviewRound.objects.filter(closed_at__isnull=False).order_by()
    return closed.alias(handed_in=handed_in).filter(handed_in__gte=PANEL)


def _days(versions: Collection[int]) -> dict[int, date]:
    enough = ReviewRound.objects.filter(pk__in=_rounds().filter(version__in=versions).values("pk"))
    newest = enough.order_by().values("version").annotate(at=Max("closed_at"))
    return {row["version"]: row["at"].astimezone(UTC).date() for row in newest}


def _condition() -> Q:
    return Q(pk__in=_rounds().values("version"))


SOURCE = verdicts.Source(days=_days, condition=_condition)
