"""What the catalogue may say about reviews: a panel handed in, its round closed on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from cop_platform.common.prepared import KeysSlot, Prepared
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.models import Assignment, ReviewRound
from materials import verdicts


def _rounds() -> QuerySet[ReviewRound]:
    """Closed rounds whose panel is large enough to be spoken of; how large is never told.

    Whether there is one more than all but one of a panel is read off an index; counting would go
    through everybody who was ever asked.
    """
    handed_in = Assignment.objects.filter(round=OuterRef("pk")).submitted().order_by()
    closed = ReviewRound.objects.filter(closed_at__isnull=False).order_by()
    return closed.filter(Exists(handed_in[PANEL - 1 : PANEL]))


_DAYS = Prepared(
    lambda: (
        _rounds()
        .filter(version__in=KeysSlot("versions"))
        .values("version")
        .annotate(at=Max("closed_at"))
        .values_list("version", "at")
    )
)


def _days(versions: Collection[int]) -> dict[int, date]:
    newest = _DAYS.all(versions=list(versions))
    return {version: at.astimezone(UTC).date() for version, at in newest}


def _condition(since: date | None) -> Q:
    rounds = _rounds()
    if since is not None:
        rounds = rounds.filter(closed_at__gte=datetime.combine(since, time.min, tzinfo=UTC))
    return Q(pk__in=rounds.values("version"))


SOURCE = verdicts.Source(days=_days, condition=_condition)
