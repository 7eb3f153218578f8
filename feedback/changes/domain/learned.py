"""What the ledger tells figures about the communities: by the country whose material is changed.

Which country asked for a change is not told: of a small panel it would say who.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q

from feedback.changes.domain import words_check
from feedback.changes.models import ChangeRequest
from materials.enums import PortfolioPart
from materials.models import RequiredEdition
from practices.domain.health import upper
from practices.domain.health.loop import Asked

SHOWN = 100


def asked(since: date) -> Iterator[Asked]:
    """Changes asked for since a day, without those nobody outside may hear of yet."""
    found: Any = ChangeRequest.objects.alone().told().filter(raised_on__gte=since).order_by()
    rows = found.values_list("material__country_id", "raised_on", "decided_at", "told_at")
    for country_id, raised_on, decided_at, told_at in rows:
        yield Asked(country_id, raised_on, _day(decided_at), _day(told_at))


def done(country_id: int) -> Iterator[upper.Change]:
    """What was changed in a country's own materials and those it needs, the newest first."""
    needed = RequiredEdition.objects.filter(country=country_id).values("material_id")
    own = Q(material__country=country_id) | Q(material__in=needed)
    found = ChangeRequest.objects.public().filter(own, done_in__isnull=False)
    rows = found.select_related("material", "done_in").order_by("-done_in__uploaded_at", "-pk")
    for change in rows[:SHOWN]:
        assert change.done_in is not None  # filtered by it
        yield upper.Change(
            country_id=country_id,
            on=change.done_in.uploaded_at.date(),
            words=words_check.scrubbed(change.public_asked),
            title=f"{change.material.code} {change.material.title}",
            route="material_detail",
            key=change.material_id,
        )


def mentions(since: datetime, until: datetime) -> Iterator[upper.Mention]:
    """The parts of an e-portfolio that the materials belong to of which changes were asked."""
    found: Any = ChangeRequest.objects.alone().told()
    days = (since.date(), until.date())
    for parts, day in (
        found.filter(raised_on__range=days).order_by().values_list("material__parts", "raised_on")
    ):
        at = datetime.combine(day, time(), tzinfo=until.tzinfo)
        for part in parts:
            yield upper.Mention(str(PortfolioPart(part).label), "change", at)


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


def register() -> None:
    """Called once, when the app is ready."""
    upper.register_changes(asked=asked, done=done)
    upper.register_mentions(mentions)
