"""The work on a report while it goes on, and what can be done about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.reports.domain import page, runs
from feedback.reports.models import ReportRun


@require_safe
def report_run(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the work is; asked by htmx, the moving part alone."""
    run = _run(request, pk)
    part = getattr(request, "htmx", False)
    template = "feedback/_report_run.html" if part else "feedback/report_run.html"
    return render(request, template, {"run": run, "place": page.place(run)})


@require_http_methods(["POST"])
def report_run_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    try:
        runs.cancel(run_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The work was stopped; nothing of it was kept."))
    return redirect(run)


@require_http_methods(["POST"])
def report_run_retry(request: MemberRequest, pk: int) -> HttpResponse:
    """The same work once more."""
    run = _run(request, pk)
    try:
        run = runs.retry(run_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect(run)


def _run(request: MemberRequest, pk: int) -> ReportRun:
    found = ReportRun.objects.visible_to(request.user)
    whole = found.select_related("country", "cut", "report__country", "report__cut")
    return get_object_or_404(whole.defer("report__dataset"), pk=pk)
