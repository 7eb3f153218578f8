"""What was decided on comments, for the mail that tells their writers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date

from django.db.models import Q

from feedback.changes.models import ChangeRequest


@dataclass(frozen=True)
class Told:
    """One comment in its writer's words, and what became of it."""

    asked: str
    decision: str
    reason: str


def decided_on(day: date, keys: Mapping[str, Collection[int]]) -> list[Told]:
    """The decisions of a day (UTC) on comments of these kinds and keys that still hold.

    A comment that was merged into another request shares that one's decision.
    """
    mine = Q(pk__in=[])
    for kind, some in keys.items():
        mine |= Q(source_kind=kind, source_key__in=some)
    changes = ChangeRequest.objects.filter(mine).select_related("merged_into").order_by("pk")
    held = [(change.asked, change.merged_into or change) for change in changes]
    return [
        Told(asked, one.decision, one.reason)
        for asked, one in held
        if one.decided_at is not None and one.decided_at.astimezone(UTC).date() == day
    ]
