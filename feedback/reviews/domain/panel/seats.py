"""Seats that somebody declined and that nobody has taken since."""

from __future__ import annotations

from django.db.models import Count, F, Q, QuerySet

from feedback.reviews.enums import Phase
from feedback.reviews.models import Assignment


def empty(assignments: QuerySet[Assignment]) -> QuerySet:
    """Rounds and countries where somebody declined and fewer than wanted are left; `n` declined.

    Only while experts may still be added to the panel.
    """
    open_ones = assignments.filter(round__closed_at__isnull=True, round__phase=Phase.INDEPENDENT)
    declined = Q(declined_on__isnull=False)
    counted = open_ones.order_by().values(
        "round_id", "country_id", "round__due_on", "round__version__material__title"
    )
    found = counted.annotate(n=Count("pk", filter=declined), left=Count("pk", filter=~declined))
    return found.filter(n__gt=0, left__lt=F("round__panel_size"))
