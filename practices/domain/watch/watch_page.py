"""What pages show of changes outside."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from experts.models import Country, User
from practices.enums import Touched
from practices.models import WatchItem, WatchTarget


@dataclass(frozen=True)
class WatchFilter:
    """The cleaned fields of the list's filter bar."""

    state: str = ""
    country: Country | None = None
    kind: str = ""


def found(user: User, wanted: WatchFilter) -> QuerySet[WatchItem]:
    """Open ones unless others are asked for, those that hold first at the top."""
    items = WatchItem.objects.visible_to(user)
    if wanted.state == "closed":
        items = items.filter(closed_on__isnull=False)
    elif wanted.state != "all":
        items = items.open()
    if wanted.country:
        items = items.filter(Q(country=wanted.country) | Q(country__isnull=True))
    if wanted.kind:
        items = items.filter(kind=wanted.kind)
    items = items.annotate(
        to_look_at=Count("targets", filter=Q(targets__touched=Touched.OPEN)),
        to_change=Count("targets", filter=Q(targets__touched=Touched.YES)),
        on_list=Count("targets"),
    )
    return items.select_related("country").order_by("from_on", "pk")


def one(user: User) -> QuerySet[WatchItem]:
    """Items with everything their page shows."""
    rows = WatchTarget.objects.select_related("material", "practice__current", "settled_by")
    items = WatchItem.objects.visible_to(user).select_related("country", "added_by")
    return items.prefetch_related(Prefetch("targets", rows))
