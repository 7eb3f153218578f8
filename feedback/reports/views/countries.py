"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.files import private_response
from cop_platform.common.refusals import NotPossible
from experts.models import Country
from experts.requests import MemberRequest
from feedback.reports import permissions
from feedback.reports.domain import page, period, runs
from feedback.reports.enums import FileFormat
from feedback.reports.forms import PeriodForm
from feedback.reports.models import ReportFile, ReportRun


@require_http_methods(["GET", "POST"])
def country_reports(request: MemberRequest, code: str) -> HttpResponse:
    """The releases of a country; POST asks for another one."""
    countries = Country.objects.visible_to(request.user).select_related("cop")
    country = get_object_or_404(countries.with_code(code))
    if not permissions.may_read.allows(request.user, country.pk):
        # To everybody else the reports of a country are not there.
        raise Http404
    if country.code != code:
        return redirect("country_reports", code=country.code)
    form = PeriodForm(request.POST or None, initial=_usual_days(country))
    if form.is_valid():
        try:
            run = runs.request_run(
                country=country,
                period=period.Period(**form.cleaned_data),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect(run)
    releases = page.releases(request.user, country)
    context = {
        "country": country,
        "form": form,
        "releases": releases,
        "runs": page.open_runs(request.user, country),
        "standing": page.standing(releases),
    }
    return render(request, "feedback/report_list.html", context)


def _usual_days(country: Country) -> dict[str, object]:
    """From the project's start to yesterday; empty where the project has no start."""
    try:
        days = period.chosen(start=None, end=None, zone=country.zone, at=timezone.now())
    except NotPossible:
        return {}
    return {"start": days.start, "end": days.end}


@require_safe
def report_file(request: MemberRequest, pk: int, file_format: str) -> HttpResponseBase:
    """One document of a release, to keep."""
    files = ReportFile.objects.visible_to(request.user).select_related("report__country")
    file = get_object_or_404(files, report=pk, format=file_format)
    return private_response(
        file.file,
        name=file.report.file_name(file_format),
        media_type=FileFormat(file_format).media_type,
    )


@require_safe
def report_run(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the work is; asked by htmx, the moving part alone."""
    found = ReportRun.objects.visible_to(request.user)
    run = get_object_or_404(found.select_related("country", "report__country"), pk=pk)
    part = getattr(request, "htmx", False)
    template = "feedback/_report_run.html" if part else "feedback/report_run.html"
    return render(request, template, {"run": run})


@require_http_methods(["POST"])
def report_run_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ReportRun.objects.visible_to(request.user), pk=pk)
    try:
        runs.cancel(run_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The work was stopped; nothing of it was kept."))
    return redirect(run)
