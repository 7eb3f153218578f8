"""Which groups and which answers belong to a report's countries and days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from cop_platform.common.reporting.cells import SMALLEST
from cop_platform.common.reporting.sections import Scope
from cop_platform.common.times import to_wall
from feedback.focus_groups.models import FocusGroup, Participant
from sessions.enums import Duty
from sessions.models import DutyHolder


@dataclass(frozen=True)
class Days:
    """From `start` to `last`, both included; `last` is over by the clock of the country."""

    start: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.last


@dataclass(frozen=True)
class Sitting:
    """Somebody under a code, as far as counts need it."""

    key: int
    age: str
    gender: str
    language: str


@dataclass(frozen=True)
class Told:
    """A group that counts in a report, and who sat in it."""

    row: FocusGroup
    people: tuple[Sitting, ...]

    @property
    def is_large(self) -> bool:
        """Whether its people may be counted and quoted."""
        return len(self.people) >= SMALLEST


def days_by_country(scope: Scope) -> dict[int, Days]:
    """The whole days of a report in each of its countries: today is told tomorrow."""
    start, end = date.fromisoformat(scope.start), date.fromisoformat(scope.end)
    return {
        country.id: Days(start, min(end, _day_over(scope, country.zone)))
        for country in scope.countries
    }


def _day_over(scope: Scope, zone: str) -> date:
    return to_wall(scope.until, zone).date() - timedelta(days=1)


def groups(scope: Scope) -> list[Told]:
    """Groups closed within the days, in the order of their sessions; seven queries."""
    days = days_by_country(scope)
    found = FocusGroup.objects.filter(
        country__in=scope.country_ids, closed_on__range=(scope.start, scope.end)
    )
    if scope.materials is not None:
        shown = FocusGroup.objects.filter(versions__material__in=scope.materials)
        found = found.filter(pk__in=shown.values("pk"))
    whole = with_all(found.order_by("session__starts_at", "pk"))
    rows = [row for row in whole if row.closed_on in days[row.country_id]]
    seated = sitting(rows)
    return [Told(row, tuple(seated.get(row.pk, ()))) for row in rows]


def with_all(found: QuerySet[FocusGroup]) -> QuerySet[FocusGroup]:
    """Groups with the rows that a report tells of them."""
    interpreting = DutyHolder.objects.filter(duty=Duty.INTERPRETER)
    return found.select_related("session", "guide", "country").prefetch_related(
        "versions__material",
        "guide__questions",
        "interpreters",
        "recruited",
        Prefetch("session__duty_holders", queryset=interpreting, to_attr="interpreting"),
    )


def sitting(rows: Iterable[FocusGroup]) -> dict[int, list[Sitting]]:
    """Who sat in each group, also who took their words back: they were there. One query."""
    found: dict[int, list[Sitting]] = {}
    people = Participant.objects.filter(group__in=[row.pk for row in rows]).order_by("pk")
    told = people.values_list("group", "pk", "age_band", "gender", "language")
    for group, key, age, gender, language in told:
        found.setdefault(group, []).append(Sitting(key, age, gender, language))
    return found
