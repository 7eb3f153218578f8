"""Before and after a release is published: what is missing, and what the funder gets."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.reports import permissions
from feedback.reports.domain import page, preflight, results_package, warnings
from feedback.reports.models import Report


@require_safe
def report_preflight(request: MemberRequest, pk: int) -> HttpResponse:
    """Faults that publishing refuses for, then what a reader would stumble over."""
    found = Report.objects.visible_to(request.user).select_related("country", "cut")
    report = get_object_or_404(found.prefetch_related("steps"), pk=pk)
    context = {
        "report": report,
        "place": page.place(report),
        "faults": preflight.faults(report),
        "warnings": warnings.of_release(report),
        "may_fund": permissions.may_fund.allows(request.user),
    }
    return render(request, "feedback/report_preflight.html", context)


@require_safe
def report_results(request: MemberRequest, pk: int) -> HttpResponse:
    """A public release as the funder's results platform takes it."""
    found = Report.objects.visible_to(request.user).select_related("country", "cut")
    report = get_object_or_404(found.prefetch_related("files", "steps"), pk=pk)
    try:
        content = results_package.pack(report)
    except NotPossible as error:
        return render(request, "feedback/report_choice.html", {"problem": str(error)})
    response = HttpResponse(content, content_type="application/zip")
    name = f"{report.about}-results-platform-{report.number}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
