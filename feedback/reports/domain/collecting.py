"""Reads everything a report says in one snapshot."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from cop_platform.common.reporting import sections
from cop_platform.common.reporting.sections import Section
from experts.enums import Scope as Reach
from experts.models import CommunityOfPractice, Country, Partner
from feedback.reports.domain.asking import Asked
from feedback.reports.domain.facts import (
    CountryFacts,
    Dataset,
    FundingFacts,
    FundingWords,
    PartnerFacts,
    PictureFacts,
    Target,
)
from feedback.reports.models import Grant, IndicatorTarget


def collect(*, asked: Asked, at: datetime) -> Dataset:
    """The dataset of what is asked, out of rows that existed by `at`.

    One REPEATABLE READ transaction of its own, so that no document mixes two states; therefore
    never called inside another transaction. `at` limits the rows and is not written.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _read(asked, at)


def _read(asked: Asked, at: datetime) -> Dataset:
    countries = asked.countries()
    scope = asked.scope(countries, at)
    grant = Grant.objects.first()
    wanted = [section for section in sections.registered() if asked.wants(section.key)]
    facts = {section.key: section.collect(scope) for section in wanted}
    project = CommunityOfPractice.objects.filter(scope=Reach.PROJECT).first()
    return Dataset(
        project=grant.title if grant else (project.name if project else ""),
        acronym=grant.acronym if grant else "",
        name=asked.cut.name if asked.cut else "",
        countries=tuple(_country(country) for country in countries),
        partners=_partners(countries),
        start=scope.start,
        end=scope.end,
        profile=scope.profile,
        newest_row=max([scope.start, *_newest(wanted, facts)]),
        funding=_funding(grant) if grant else None,
        plan=_plan(countries, alone=asked.country is not None),
        sections=facts,
    )


def _newest(wanted: list[Section[Any]], facts: dict[str, Any]) -> list[str]:
    return [section.newest(facts[section.key]) for section in wanted]


def _country(country: Country) -> CountryFacts:
    return CountryFacts(
        code=country.code,
        iso_code=country.iso_code,
        zone=country.zone,
        language=country.language,
        community=country.cop.name,
        started_on=country.cop.started_on.isoformat(),
    )


def _partners(countries: list[Country]) -> tuple[PartnerFacts, ...]:
    own = Partner.objects.filter(country__in=countries).select_related("country", "logo")
    return tuple(
        PartnerFacts(
            name=partner.name,
            country=partner.country.code,
            leads=partner.leads,
            logo=_picture(partner.name, partner.logo) if hasattr(partner, "logo") else None,
        )
        for partner in own.order_by("country__code", "name", "pk")
    )


def _picture(words: str, logo: Any) -> PictureFacts:
    return PictureFacts(words, logo.media_type, _base64(logo.picture))


def _base64(content: bytes | memoryview) -> str:
    return base64.b64encode(bytes(content)).decode()


def funding() -> FundingFacts | None:
    """Who pays, as it stands now; None where no grant is known."""
    grant = Grant.objects.first()
    return _funding(grant) if grant else None


def _funding(grant: Grant) -> FundingFacts:
    signed = grant.texts.filter(signed_off_at__isnull=False).order_by("language")
    emblem = PictureFacts(grant.emblem_words, grant.emblem_type, _base64(grant.emblem))
    return FundingFacts(
        number=grant.number,
        authority=grant.authority,
        result=grant.result,
        licence=grant.licence,
        words=tuple(FundingWords(t.language, t.statement, t.disclaimer) for t in signed),
        emblem=emblem if grant.emblem else None,
    )


def _plan(countries: list[Country], *, alone: bool) -> tuple[Target, ...]:
    """Targets of these countries; those of the whole project where it is the whole project's."""
    mine = Q(country__in=countries)
    found = IndicatorTarget.objects.filter(mine if alone else mine | Q(country=None))
    return tuple(
        Target(row.key, row.country.code if row.country else "", row.planned)
        for row in found.select_related("country").order_by("key", "country__code")
    )
