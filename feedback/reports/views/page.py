"""A release as a page to read, and the rows its figures come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from cop_platform.common.reporting import sections
from cop_platform.common.reporting.document import Document
from feedback.reports.domain import assembly, facts, rows
from feedback.reports.domain.asking import COMMON_ZONE
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.facts import Dataset, NotADataset
from feedback.reports.domain.page import card, listed
from feedback.reports.domain.writers import page
from feedback.reports.domain.writers.html import Where
from feedback.reports.models import Report


@require_safe
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report in the language the reader chose, drawn from its stored dataset."""
    report = _found(request, pk)
    language = _language(request, report)
    try:
        shown = page.page(_document(report, language), _where(report))
    except NotADataset:
        # It was compiled before releases could be read here; its files are what it was.
        shown = None
    context = {
        "page": shown,
        "language": language,
        "languages": settings.MAIL_LANGUAGES,
    }
    return _answer(request, "feedback/report_detail.html", report, context)


@require_safe
def report_data(request: HttpRequest, pk: int) -> HttpResponse:
    """The dataset, a section at a time; each row can be linked to."""
    report = _found(request, pk)
    chosen = request.GET.get("section", rows.WHOLE)
    found = rows.part(_in_order(report), chosen)
    if found is None:
        raise Http404
    context = {"chosen": chosen, "rows": rows.markup(found), "sections": _sections(report.dataset)}
    return _answer(request, "feedback/report_data.html", report, context)


def _found(request: HttpRequest, pk: int) -> Report:
    """The release, if this reader may see it; strangers see what was made public."""
    user = request.user
    found = Report.objects.visible_to(user) if user.is_authenticated else Report.objects.public()
    return get_object_or_404(listed(found).defer(None), pk=pk)


def _language(request: HttpRequest, report: Report) -> str:
    wanted = request.GET.get("language", report.language)
    return wanted if wanted in dict(settings.MAIL_LANGUAGES) else report.language


def _dataset(report: Report) -> Dataset:
    """What was stored. Raises NotADataset where this version cannot read it any more."""
    return facts.from_json(json.dumps(report.dataset).encode())


def _in_order(report: Report) -> dict[str, Any]:
    """The dataset with its values in the order in which they are told; as stored where unknown."""
    try:
        told: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(_dataset(report)))
    except NotADataset:
        told = report.dataset
    return told


def _document(report: Report, language: str) -> Document:
    edition = Edition(
        about=report.about,
        number=report.number,
        language=language,
        template_version=report.template_version,
    )
    return assembly.document(_dataset(report), edition)


def _where(report: Report) -> Where:
    def where(source: str) -> str:
        # As seen from the report's own page: thousands of figures have such an address.
        found = rows.address(report.dataset, source)
        return f"data/{found}" if found else ""

    return where


def _sections(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The sections of a dataset by key and title."""
    titles = {section.key: section.title() for section in sections.registered()}
    return [(key, titles.get(key, key)) for key in raw.get("sections", {})]


def _answer(
    request: HttpRequest, template: str, report: Report, context: dict[str, Any]
) -> HttpResponse:
    """The page within the frame of members, or in that of strangers."""
    person = getattr(request.user, "person", None)
    # The platform speaks English to members, whatever a browser asks for.
    frame = settings.LANGUAGE_CODE if person else translation.get_language()
    with translation.override(frame):
        context |= {
            "report": report,
            "release": card(report, zone=_zone(report, person), public=person is None),
            "base": "base.html" if person else "base_plain.html",
            "is_member": person is not None,
        }
        return render(request, template, context)


def _zone(report: Report, person: Any) -> str:
    """Whose clock: the reader's, else that of what the report is about."""
    if person is not None:
        return str(person.zone)
    return report.country.zone if report.country else COMMON_ZONE
