"""Files of releases to keep: one by one, with the signature beside it, or many in one archive."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cop_platform.common import signatures
from cop_platform.common.files import private_response
from experts.requests import MemberRequest
from feedback.reports.domain import packing, page
from feedback.reports.enums import FileFormat
from feedback.reports.models import Report, ReportFile
from feedback.reports.querysets import ReportFileQuerySet


@require_safe
def report_file(request: MemberRequest, pk: int, file_format: str) -> HttpResponseBase:
    """One document of a release, to keep."""
    return _file(ReportFile.objects.visible_to(request.user), pk, file_format)


@require_safe
def report_signature(request: MemberRequest, pk: int, file_format: str) -> HttpResponse:
    """Our signature over that document."""
    return _signature(ReportFile.objects.visible_to(request.user), pk, file_format)


@require_safe
def report_public_file(_request: HttpRequest, pk: int, file_format: str) -> HttpResponseBase:
    return _file(ReportFile.objects.public(), pk, file_format)


@require_safe
def report_public_signature(_request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    return _signature(ReportFile.objects.public(), pk, file_format)


def _found(files: ReportFileQuerySet, pk: int, file_format: str) -> ReportFile:
    whole = files.select_related("report__country", "report__cut").defer("report__dataset")
    return get_object_or_404(whole.prefetch_related("report__steps"), report=pk, format=file_format)


def _file(files: ReportFileQuerySet, pk: int, file_format: str) -> HttpResponseBase:
    file = _found(files, pk, file_format)
    return private_response(
        file.file,
        name=page.download_name(file.report, file_format),
        media_type=FileFormat(file_format).media_type,
    )


def _signature(files: ReportFileQuerySet, pk: int, file_format: str) -> HttpResponse:
    file = _found(files, pk, file_format)
    signature = signatures.of_stored(file.file, file.sha256)
    if signature is None:
        raise Http404
    response = HttpResponse(signature, content_type="application/octet-stream")
    name = page.download_name(file.report, file_format)
    response["Content-Disposition"] = f'attachment; filename="{name}.sig"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def report_zip(request: MemberRequest) -> HttpResponseBase:
    """The releases chosen in the list, in one archive."""
    chosen = {key for key in request.GET.getlist("chosen") if key.isdecimal() and len(key) < 19}
    visible = Report.objects.visible_to(request.user)
    found = list(page.listed(visible.filter(pk__in=chosen))[: packing.MOST + 1])
    if not found or len(found) > packing.MOST:
        problem = _("Tick between one and %(most)d releases to download them.")
        context = {"problem": problem % {"most": packing.MOST}}
        return render(request, "feedback/report_choice.html", context)
    response = StreamingHttpResponse(packing.stream(found), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="validation-reports.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
