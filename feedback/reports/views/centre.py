"""The download centre: every release a reader may have, two of them compared, and the public's."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from experts import reference
from experts.requests import MemberRequest
from feedback.reports.domain import comparing, facts, page
from feedback.reports.domain.facts import NotADataset
from feedback.reports.enums import READERS
from feedback.reports.forms import CentreForm
from feedback.reports.models import Report
from feedback.reports.querysets import ReportQuerySet

PER_PAGE = 25


@require_safe
def report_list(request: MemberRequest) -> HttpResponse:
    """Every release the reader may have, narrowed by the form."""
    visible = Report.objects.visible_to(request.user)
    form = _form(request, visible)
    narrowed = _narrowed(visible, form.cleaned_data if form.is_valid() else {})
    shown = Paginator(page.listed(narrowed), PER_PAGE).get_page(request.GET.get("page"))
    own = request.user.access.countries(*READERS)
    countries = [c for c in reference.countries() if c.pk in own or request.user.access.is_manager]
    context = {
        "form": form,
        "shown": shown,
        "releases": page.cards(shown, zone=request.user.person.zone),
        "narrowed": any(form.cleaned_data.values()) if form.is_bound and form.is_valid() else False,
        "countries": countries,
    }
    return render(request, "feedback/report_centre.html", context)


def _form(request: MemberRequest, visible: ReportQuerySet) -> CentreForm:
    rows = visible.order_by().values_list("country__code", "period_start__year").distinct()
    codes, years = {code for code, _year in rows if code}, {year for _code, year in rows}
    named = [(c.code, c.name) for c in reference.countries() if c.code in codes]
    return CentreForm(request.GET, countries=named, years=sorted(years, reverse=True))


def _narrowed(visible: ReportQuerySet, wanted: dict[str, str]) -> ReportQuerySet:
    found = visible
    if code := wanted.get("country"):
        found = found.filter(country__code=code)
    if year := wanted.get("year"):
        found = found.filter(period_start__year=int(year))
    if profile := wanted.get("profile"):
        found = found.filter(profile=profile)
    return found.standing(wanted["state"]) if wanted.get("state") else found


@require_safe
def report_compare(request: MemberRequest) -> HttpResponse:
    """What changed between two releases: `a` and `b`, or two that were ticked in the list."""
    keys = [request.GET[name] for name in ("a", "b") if request.GET.get(name)]
    keys = keys or request.GET.getlist("chosen")
    if len(keys) != 2 or len(set(keys)) != 2:
        problem = _("Tick exactly two releases to compare them.")
        return render(request, "feedback/report_choice.html", {"problem": problem})
    before, after = sorted(
        (_one(request, key) for key in keys), key=lambda r: (r.compiled_at, r.pk)
    )
    try:
        difference, problem = comparing.reports(before, after), ""
    except NotADataset as error:
        difference, problem = None, str(error)
    zone = request.user.person.zone
    context = {
        "before": page.card(before, zone=zone),
        "after": page.card(after, zone=zone),
        "difference": difference,
        "problem": problem,
    }
    return render(request, "feedback/report_compare.html", context)


def _one(request: MemberRequest, key: str) -> Report:
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    found = Report.objects.visible_to(request.user).select_related("country", "cut")
    return get_object_or_404(found.prefetch_related("files", "steps"), pk=int(key))


@require_safe
def report_public_list(request: HttpRequest) -> HttpResponse:
    """What everybody may read, for people without an account as well."""
    shown = Paginator(page.listed(Report.objects.public()), PER_PAGE)
    releases = shown.get_page(request.GET.get("page"))
    context = {
        "shown": releases,
        "releases": page.cards(releases, zone="UTC", public=True),
        "lang": request.GET.get("lang", ""),
    }
    return render(request, "feedback/report_public.html", context)


@require_safe
def report_schema(request: HttpRequest) -> HttpResponse:
    """What a dataset holds, as JSON Schema, for whoever reads one by a program."""
    answer = JsonResponse(facts.json_schema(), json_dumps_params={"indent": 2})
    answer["Content-Type"] = "application/schema+json"
    return answer
