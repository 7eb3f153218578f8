"""Reads the ledger as it stood at the end of a report's period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Count, Q

from cop_platform.common.reporting.cells import SMALLEST
from cop_platform.common.reporting.sections import Scope
from cop_platform.common.reporting.unnamed import without_names
from cop_platform.common.times import to_wall
from experts.models import Person
from feedback.changes.domain.report.facts import Came, ChangeFacts, ChangesFacts, CountFacts
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from feedback.changes.querysets import ChangeRequestQuerySet

_KNOWN = frozenset({Came.DECLINED, Came.WAITING, Came.DONE})
_GRAVEST = list(Severity)
_RESULT = (Came.DONE, Came.WAITING, Came.DECLINED, Came.OPEN, Came.MERGED)


def collect(scope: Scope) -> ChangesFacts:
    """What was asked within the period: of a country's comments, or of its own materials.

    Nothing is told of comments of rounds that are still open, to nobody.
    """
    asked = _asked(scope)
    told = asked.told().annotate(others=Count("merged"))
    told = told.select_related("material", "version", "country", "done_in")
    names = list(Person.objects.values_list("name", flat=True))
    rows = _sorted(_facts(change, scope, names) for change in told.order_by("pk"))
    return ChangesFacts(
        changes=tuple(rows if scope.for_agency else _public(rows)),
        counts=_counts(rows),
        held_back=asked.count() > len(rows),
        newest=max((day for row in rows for day in (row.raised_on, row.decided_on)), default=""),
    )


def _asked(scope: Scope) -> ChangeRequestQuerySet:
    own = Q(country__in=scope.country_ids)
    own |= Q(country__isnull=True, material__country__in=scope.country_ids)
    last = min(_day(scope.until - timedelta(microseconds=1), scope), scope.end)
    found = ChangeRequest.objects.filter(own, raised_on__range=(scope.start, last))
    return found if scope.materials is None else found.filter(material__in=scope.materials)


def _day(moment: datetime, scope: Scope) -> str:
    zone = scope.countries[0].zone if scope.countries else "UTC"
    return to_wall(moment, zone).date().isoformat()


def _facts(change: ChangeRequest, scope: Scope, names: Sequence[str]) -> ChangeFacts:
    decided_at = change.decided_at
    is_decided = decided_at is not None and decided_at <= scope.until
    done_in = change.done_in
    is_done = is_decided and done_in is not None and done_in.uploaded_at <= scope.until
    people = 1 + change.others  # type: ignore[attr-defined]
    decision = Decision(change.decision) if is_decided else Decision.OPEN
    return ChangeFacts(
        number=change.pk,
        country=change.country.code if change.country else "",
        material=change.material.code,
        version=change.version.number,
        source=change.source_kind,
        severity=Severity(change.severity),
        asked=without_names(change.asked, names),
        public=without_names(change.public_asked, names),
        came=_came(change, decision, is_done=is_done),
        decision=decision,
        reason=without_names(change.reason, names) if is_decided else "",
        raised_on=change.raised_on.isoformat(),
        decided_on=_day(decided_at, scope) if is_decided and decided_at else "",
        done_in=done_in.number if is_done and done_in else None,
        evidence=done_in.sha256 if is_done and done_in else "",
        part_of=change.merged_into_id,
        people=people if people >= SMALLEST else None,
    )


def _came(change: ChangeRequest, decision: Decision, *, is_done: bool) -> Came:
    if change.merged_into_id is not None:
        return Came.MERGED
    if decision == Decision.OPEN:
        return Came.OPEN
    if decision == Decision.DECLINE:
        return Came.DECLINED
    return Came.DONE if is_done else Came.WAITING


def _sorted(facts: Iterable[ChangeFacts]) -> list[ChangeFacts]:
    """What is done first, the gravest first."""
    return sorted(
        facts,
        key=lambda change: (
            _RESULT.index(change.came),
            _GRAVEST.index(change.severity),
            change.material,
            change.number,
        ),
    )


def _public(facts: Iterable[ChangeFacts]) -> list[ChangeFacts]:
    """What is decided, without words as they were asked and what would tell who asked, and when."""
    known = [change for change in facts if change.came in _KNOWN]
    return [
        replace(change, number=n, asked="", country="", source="", raised_on="", decided_on="")
        for n, change in enumerate(known, start=1)
    ]


def _counts(rows: Sequence[ChangeFacts]) -> CountFacts:
    came = Counter(row.came for row in rows)
    accepted = came[Came.WAITING] + came[Came.DONE]
    return CountFacts(
        asked=len(rows),
        merged=came[Came.MERGED],
        declined=came[Came.DECLINED],
        open=came[Came.OPEN],
        accepted=accepted,
        decided=accepted + came[Came.DECLINED],
        waiting=came[Came.WAITING],
        done=came[Came.DONE],
        critical_open=sum(
            row.came == Came.OPEN and row.severity == Severity.CRITICAL for row in rows
        ),
    )
