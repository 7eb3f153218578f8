"""The report on one focus group: to read, to keep, and the page its participants take home."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop_platform.common.files import private_bytes
from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.document import Document
from cop_platform.common.times import to_wall
from experts.requests import MemberRequest
from feedback.focus_groups.domain.group_report import reading
from feedback.focus_groups.domain.report import summary
from feedback.focus_groups.domain.report.coreq import Where
from feedback.focus_groups.models import FocusGroup
from feedback.reports.domain import collecting
from feedback.reports.domain.group_report import document as group_document
from feedback.reports.domain.writers import docx, page, pdf
from feedback.reports.enums import FileFormat

# The page on which what is missing is written down.
_PAGES = {
    Where.ACCOUNT: "group_told",
    Where.NUMBERS: "group_numbers",
    Where.PLAN: "group_edit",
    Where.CONSENTS: "group_consent",
    Where.CAPTURE: "group_capture",
    Where.CODING: "group_coding",
}


@require_safe
def group_report(request: MemberRequest, pk: int) -> HttpResponse:
    """The document itself, in the language its reader chose."""
    group = _group(request, pk)
    language = _language(request, group)
    context = {
        "group": group,
        "page": page.page(_document(group, language)[0], lambda _source: ""),
        "language": language,
        "languages": settings.MAIL_LANGUAGES,
    }
    return render(request, "feedback/group_report.html", context)


@require_safe
def group_report_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The same to print; what is known of the group lies within it as JSON."""
    group = _group(request, pk)
    made, known = _document(group, _language(request, group))
    try:
        content = pdf.write(made, attached={"group.json": known})
    except NotPossible as error:
        return render(request, "feedback/report_choice.html", {"problem": str(error)})
    return _file(content, group, made, FileFormat.PDF)


@require_safe
def group_report_docx(request: MemberRequest, pk: int) -> HttpResponse:
    """The same to go on writing in."""
    group = _group(request, pk)
    made, _known = _document(group, _language(request, group))
    return _file(docx.write(made), group, made, FileFormat.DOCX)


@require_safe
def group_summary(request: MemberRequest, pk: int) -> HttpResponse:
    """Half a page in short sentences for those who took part, in one of the group's languages."""
    group = _group(request, pk)
    spoken = summary.languages(group)
    wanted = request.GET.get("language", "")
    shown = summary.summary(
        reading.read(group),
        language=wanted if wanted in spoken else spoken[0],
        address=settings.BASE_URL + reverse("guest_receipt"),
    )
    context = {"group": group, "summary": shown, "languages": summary.named(spoken)}
    return render(request, "feedback/group_summary.html", context)


def _group(request: MemberRequest, pk: int) -> FocusGroup:
    found = FocusGroup.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("session", "country"), pk=pk)


def _language(request: MemberRequest, group: FocusGroup) -> str:
    """What was asked for; the country's own otherwise, as people there read the report."""
    known = dict(settings.MAIL_LANGUAGES)
    wanted = request.GET.get("language", group.country.language)
    return wanted if wanted in known else settings.LANGUAGE_CODE


def _document(group: FocusGroup, language: str) -> tuple[Document, bytes]:
    """The report as of today, and what is known of the group as JSON."""
    known = reading.read(group)
    made = group_document.document(
        known,
        language=language,
        day=_today(group),
        address=lambda where: _address(group, where),
        funding=collecting.funding(),
    )
    return made, group_document.data(known)


def _today(group: FocusGroup) -> date:
    return to_wall(timezone.now(), group.country.zone).date()


def _address(group: FocusGroup, where: Where) -> str:
    if where == Where.SESSION:
        return settings.BASE_URL + reverse("session_detail", args=[group.session_id])
    return settings.BASE_URL + reverse(_PAGES[where], args=[group.pk])


def _file(
    content: bytes, group: FocusGroup, made: Document, file_format: FileFormat
) -> HttpResponse:
    name = f"focus-group-{group.pk}-{made.language}.{file_format.value}"
    return private_bytes(content, name=name, media_type=file_format.media_type)
