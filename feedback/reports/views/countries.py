"""The reports of a country: its releases, a form to compile another one, and who is told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.sections import Profile
from experts.models import Country
from experts.requests import MemberRequest
from feedback.reports import permissions
from feedback.reports.domain import page, period, runs, subscribing
from feedback.reports.domain.asking import Asked
from feedback.reports.forms import CompileForm
from feedback.reports.models import ReportRun


@require_http_methods(["GET", "POST"])
def country_reports(request: MemberRequest, code: str) -> HttpResponse:
    """The releases of a country; POST asks for another one in each language chosen."""
    country = _country(request, code)
    if country.code != code:
        return redirect("country_reports", code=country.code)
    form = CompileForm(request.POST or None, initial=_usual(country))
    if form.is_valid():
        try:
            asked = _ask(request, country, form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect(asked[0]) if len(asked) == 1 else redirect(request.path)
    releases = page.releases(request.user, country)
    context = {
        "country": country,
        "form": form,
        "releases": releases,
        "runs": page.open_runs(request.user, country),
        "standing": page.standing(releases),
        "is_told": subscribing.is_told(request.user, country),
    }
    return render(request, "feedback/report_list.html", context)


def _country(request: MemberRequest, code: str) -> Country:
    countries = Country.objects.visible_to(request.user).select_related("cop")
    country = get_object_or_404(countries.with_code(code))
    if not permissions.may_read.allows(request.user, country.pk):
        # To everybody else the reports of a country are not there.
        raise Http404
    return country


def _ask(request: MemberRequest, country: Country, cleaned: dict[str, Any]) -> list[ReportRun]:
    asked = Asked(
        period=period.Period(cleaned["start"], cleaned["end"]),
        profile=Profile(cleaned["profile"]),
        country=country,
    )
    now = timezone.now()
    return [
        runs.request_run(asked=asked, language=language, by=request.user, at=now)
        for language in cleaned["languages"]
    ]


def _usual(country: Country) -> dict[str, object]:
    """From the project's start to yesterday; empty where the project has no start."""
    try:
        days = period.chosen(start=None, end=None, zone=country.zone, at=timezone.now())
    except NotPossible:
        return {}
    return {"start": days.start, "end": days.end}


@require_http_methods(["POST"])
def report_follow(request: MemberRequest, code: str) -> HttpResponse:
    """Tells the reader of new releases of a country, or no more."""
    country = _country(request, code)
    wanted = request.POST.get("wanted") == "yes"
    subscribing.set_wish(country=country, wanted=wanted, by=request.user, at=timezone.now())
    said = (
        _("You will be told of new releases.")
        if wanted
        else _("You will not be told of new releases any more.")
    )
    messages.success(request, said)
    return redirect("country_reports", code=country.code)
