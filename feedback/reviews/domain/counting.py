"""What goals can count of reviews: how many were sent, by country; by whom is not asked."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from feedback.reviews.models import Assignment
from sessions.domain import goals
from sessions.domain.goals import Counter, Happening, Span


def _sent(span: Span) -> Iterable[Happening]:
    rows = Assignment.objects.filter(submitted_on__range=(span.since, span.until))
    values = rows.values_list("country_id", "submitted_on", "pk")
    return (Happening(country, on, key) for country, on, key in values if on)


def register() -> None:
    """Makes reviews countable."""
    goals.register(Counter("reviews", _("Reviews of materials sent"), _sent))
