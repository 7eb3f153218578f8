"""What stands between a release and its readers, each line with where it is mended."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from experts.requests import MemberRequest
from feedback.reports import permissions
from feedback.reports.domain import page, preflight, warnings
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
