"""What of the funder's rules is not met: by a release, or by what would be compiled now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings
from feedback.reports.domain.funding import keeping
from feedback.reports.domain.preflight import Fault
from feedback.reports.models import FundingText, Grant, Report


def of_release(report: Report) -> Iterator[Fault]:
    """What its own, frozen data lack; mended by another compile once the page says it.

    A check of the pre-flight. Reads the dataset as it lies, also of an older version.
    """
    funding = report.dataset.get("funding") or {}
    today = {fault.sentence for fault in now(report.language)}
    for fault in _missing(funding, report.language):
        if fault.sentence in today:
            yield fault
        else:
            # Mended since, but what is compiled never changes.
            yield Fault(
                _("%(fault)s It is there now: compile the report again.")
                % {"fault": fault.sentence},
                _again(report),
            )


def _again(report: Report) -> str:
    if report.country is not None:
        return reverse("country_reports", args=[report.country.code])
    return (
        reverse("cut_detail", args=[report.cut_id])
        if report.cut_id
        else reverse("report_consortium")
    )


def now(language: str) -> list[Fault]:
    """What a report compiled now in this language would lack; two queries."""
    grant = keeping.grant()
    signed = FundingText.objects.filter(language=language, signed_off_at__isnull=False)
    words = [
        {"language": t.language, "statement": t.statement, "disclaimer": t.disclaimer}
        for t in signed
    ]
    return list(_missing(_facts(grant, words) if grant else {}, language))


def _facts(grant: Grant, words: list[dict[str, str]]) -> dict[str, Any]:
    emblem = {"alt": grant.emblem_words} if grant.emblem else None
    return {
        "number": grant.number,
        "authority": grant.authority,
        "licence": grant.licence,
        "emblem": emblem,
        "words": words,
    }


def _missing(funding: Mapping[str, Any], language: str) -> Iterator[Fault]:
    """Each rule that the facts of a grant do not meet, with where it is mended."""
    grant = reverse("report_grant")
    if not funding.get("number") or not funding.get("authority"):
        yield Fault(_("Grant number and granting authority are missing."), grant)
    if not funding.get("licence"):
        yield Fault(_("Nobody said under which licence the report may be used."), grant)
    if not (funding.get("emblem") or {}).get("alt"):
        yield Fault(_("The funder's emblem is missing, or what it shows in words."), grant)
    words = [text for text in funding.get("words") or () if text.get("language") == language]
    if not any(text.get("statement") and text.get("disclaimer") for text in words):
        named = sayings.language(language)
        yield Fault(
            _("Funding statement and disclaimer are not signed off in %(language)s.")
            % {"language": named},
            reverse("funding_text", args=[language]),
        )
