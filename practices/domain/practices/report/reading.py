"""Reads the good practices and adoptions of a report's countries and days."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Min, Q, QuerySet

from cop_platform.common.reporting.sections import Scope
from practices.domain.practices.report.facts import (
    AdoptionFacts,
    PracticeFacts,
    PracticesFacts,
    Totals,
)
from practices.enums import CheckStep, Maturity, Use
from practices.models import Adoption, Practice


def collect(scope: Scope) -> PracticesFacts:
    """Practices whose first version came out by the end and that were not retired by then."""
    practices = tuple(_practices(scope))
    adoptions = tuple(_adoptions(scope))
    home = {country.id for country in scope.countries}
    rows = _within(scope).filter(_touches(scope)).order_by()
    ends = list(rows.values_list("version__practice__country_id", "partner__country_id"))
    totals = Totals(
        practices=len(practices),
        new=sum(one.is_new for one in practices),
        given=sum(giver in home for giver, _taker in ends),
        taken=sum(taker in home for _giver, taker in ends),
        adoptions=len(ends),
    )
    days = [one.published for one in practices] + [one.day for one in adoptions]
    return PracticesFacts(practices, adoptions, totals, newest=max(days, default=""))


def _practices(scope: Scope) -> list[PracticeFacts]:
    published = Q(versions__step=CheckStep.PUBLISHED)
    rows = (
        Practice.objects.filter(country__in=scope.country_ids, current__isnull=False)
        .exclude(retired_on__lte=scope.end)
        .annotate(first=Min("versions__published_on", filter=published))
        .filter(first__lte=scope.end)
        .select_related("country", "current")
    )
    found = list(rows.order_by("first", "pk"))
    adopters = _adopters(scope, [practice.pk for practice in found])
    return [
        PracticeFacts(
            title=str(practice),
            country=practice.country.iso_code,
            maturity=Maturity(practice.maturity),
            version=practice.current.number if practice.current else 0,
            published=practice.first.isoformat(),
            is_new=practice.first.isoformat() >= scope.start,
            adopters=tuple(sorted(adopters[practice.pk])),
        )
        for practice in found
    ]


def _adopters(scope: Scope, practices: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Adoption.objects.filter(version__practice__in=practices, adopted_on__lte=scope.end)
    values = rows.order_by().values_list("version__practice_id", "partner__country__iso_code")
    for practice_id, code in values:
        found[practice_id].add(code)
    return found


def _within(scope: Scope) -> QuerySet[Adoption]:
    return Adoption.objects.filter(adopted_on__gte=scope.start, adopted_on__lte=scope.end)


def _touches(scope: Scope) -> Q:
    home = scope.country_ids
    return Q(version__practice__country__in=home) | Q(partner__country__in=home)


def _adoptions(scope: Scope) -> list[AdoptionFacts]:
    rows = _within(scope).filter(_touches(scope))
    rows = rows.select_related("version__practice__country", "partner__country")
    return [
        AdoptionFacts(
            title=adoption.version.title,
            giver=adoption.version.practice.country.iso_code,
            taker=adoption.partner.country.iso_code,
            use=Use(adoption.use),
            is_changed=bool(adoption.adapted),
            day=adoption.adopted_on.isoformat(),
        )
        for adoption in rows.order_by("adopted_on", "pk")
    ]
