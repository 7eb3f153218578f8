"""Taking remarks along as a file: from one's own review, and from the discussion of a round."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cop_platform.common.files import private_bytes
from cop_platform.common.refusals import NotPossible
from experts.domain import mail_words
from experts.requests import MemberRequest
from feedback.reviews.domain import acceptance, identity, visibility
from feedback.reviews.domain.remark_export import annotated, document, gathering, workbook
from feedback.reviews.domain.remark_export.shapes import Sheet
from feedback.reviews.forms.remark_export import GOOD_FOR, FileKind, RemarkExportForm
from materials.enums import DOCX, PDF, XLSX
from materials.models import Version

_FORMATS = {FileKind.PDF: PDF, FileKind.DOCX: DOCX, FileKind.XLSX: XLSX}


@require_http_methods(["GET", "POST"])
def round_remarks(request: MemberRequest, pk: int) -> HttpResponse:
    """What the discussion of a round shows to this person, as a file."""
    found = visibility.find(pk, request.user)
    if found is None:
        raise Http404
    review_round, view = found
    sheet = gathering.of_round(request.user, review_round, view, _spoken(request))
    back = reverse("round_discussion", args=[pk])
    return _answer(request, sheet, review_round.version, back)


@require_http_methods(["GET", "POST"])
def review_remarks(request: MemberRequest, pk: int) -> HttpResponse:
    """One's own remarks, as a file."""
    assignment = get_object_or_404(identity.desk_of(request.user), pk=pk)
    if acceptance.is_asked(assignment):
        return redirect(assignment)
    sheet = gathering.of_review(assignment, _spoken(request))
    return _answer(request, sheet, assignment.round.version, assignment.get_absolute_url())


def _answer(request: MemberRequest, sheet: Sheet, version: Version, back: str) -> HttpResponse:
    """The choice; the file once one is chosen, or why it cannot be made, beside the others."""
    form = RemarkExportForm(request.POST or None)
    if sheet.remarks and form.is_valid():
        kind = FileKind(form.cleaned_data["kind"])
        try:
            content = _made(request, sheet, version, kind)
        except NotPossible as error:
            form.add_error("kind", str(error))
        else:
            made = _FORMATS[kind]
            name = f"{sheet.name}.{made.extension}"
            return private_bytes(content, name=name, media_type=made.media_type)
    why_not = _why_no_pdf(request, version)
    chosen = form["kind"].value() or FileKind.PDF
    if why_not and chosen == FileKind.PDF:
        chosen = FileKind.DOCX
    context = {
        "version": version,
        "form": form,
        "count": len(sheet.remarks),
        "back": back,
        "why_not": why_not,
        "kinds": [(kind.value, kind.label, GOOD_FOR[kind], kind == chosen) for kind in FileKind],
    }
    return render(request, "feedback/remarks_export.html", context)


def _made(request: MemberRequest, sheet: Sheet, version: Version, kind: FileKind) -> bytes:
    if kind == FileKind.PDF:
        return annotated.build(sheet, annotated.source(version, request.user))
    write = document.write if kind == FileKind.DOCX else workbook.write
    return write(sheet)


def _why_no_pdf(request: MemberRequest, version: Version) -> str:
    try:
        annotated.source(version, request.user)
    except NotPossible as error:
        return str(error)
    return ""


def _spoken(request: MemberRequest) -> str:
    """The language in which the platform writes to this person."""
    return mail_words.spoken(request.user.person.language)
