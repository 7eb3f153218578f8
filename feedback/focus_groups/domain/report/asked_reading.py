"""Reads what participants asked to be changed, and what was decided on it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from cop_platform.common.reporting.sections import Scope
from cop_platform.common.reporting.unnamed import without_names
from experts.models import Person
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.focus_groups.domain.coding import theme_source
from feedback.focus_groups.domain.report import scoping
from feedback.focus_groups.domain.report.facts import AskedFacts

# The sources of this room, as they are registered with the ledger.
SOURCES = (theme_source.KIND,)


def read(scope: Scope) -> tuple[AskedFacts, ...]:
    """Requests made of what participants said, raised within the days; two queries.

    The public reads its own words of what is decided, under no number.
    """
    last = max((days.last for days in scoping.days_by_country(scope).values()), default=date.min)
    rows = ChangeRequest.objects.told().filter(
        source_kind__in=SOURCES,
        country__in=scope.country_ids,
        raised_on__range=(scope.start, last),
    )
    if scope.materials is not None:
        rows = rows.filter(material__in=scope.materials)
    if not scope.for_agency:
        rows = rows.public().filter(decided_at__lte=scope.until).exclude(public_asked="")
    return facts(rows, until=scope.until, for_agency=scope.for_agency)


def facts(
    rows: QuerySet[ChangeRequest], *, until: datetime | None = None, for_agency: bool = True
) -> tuple[AskedFacts, ...]:
    """These requests as they stood at `until`, as they stand now without it."""
    names = list(Person.objects.values_list("name", flat=True))
    found = rows.select_related("material", "done_in").order_by("material__code", "pk")
    return tuple(_asked(change, until, names, for_agency=for_agency) for change in found)


def _asked(
    change: ChangeRequest, until: datetime | None, names: list[str], *, for_agency: bool
) -> AskedFacts:
    is_decided = _is_by(change.decided_at, until)
    done = change.done_in
    is_done = is_decided and done is not None and _is_by(done.uploaded_at, until)
    words = change.public_asked or change.asked if for_agency else change.public_asked
    return AskedFacts(
        number=change.pk if for_agency else 0,
        material=change.material.code,
        words=without_names(words, names),
        decision=Decision(change.decision) if is_decided else Decision.OPEN,
        reason=without_names(change.reason, names) if is_decided else "",
        done_in=done.number if is_done and done else None,
    )


def _is_by(moment: datetime | None, until: datetime | None) -> bool:
    return moment is not None and (until is None or moment <= until)
