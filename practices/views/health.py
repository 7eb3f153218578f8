"""How healthy the communities are: figures, the map, the radar, the months, the pulse."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from experts import reference
from experts.models import CommunityOfPractice, Country
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.health import cadence, kept, learned, page, pulse_answering, radar
from practices.exports import health as exports
from practices.forms.health import PulseForm


@require_safe
def health_project(request: MemberRequest) -> HttpResponse:
    """The project's figures, the countries side by side, the map of their ties."""
    health = kept.health(timezone.now())
    countries = reference.countries()
    cops = CommunityOfPractice.objects.visible_to(request.user)
    cop = cops.filter(country__isnull=True).first()
    context = {
        "health": health,
        "groups": page.groups(health),
        "suggestions": page.advice(health, cop),
        "countries": countries,
        "comparison": page.comparison(health, countries),
        "map": page.tie_map(health, countries),
        "isolated": page.isolated(health),
        "slopes": page.slopes(health),
    }
    return render(request, "practices/health_project.html", context)


@require_safe
def health_country(request: MemberRequest, code: str) -> HttpResponse:
    """A country's figures; its quiet members by name for its own coordinators."""
    country = _country(request, code)
    if country.code != code:
        return redirect("health_country", country.code)
    at = timezone.now()
    health = kept.health(at)
    context = {
        "country": country,
        "health": health,
        "groups": page.groups(health, country.pk),
        "suggestions": page.advice(health, country.cop, country.pk),
        "is_isolated": country.pk in health.isolated,
        "quiet": page.quiet(health, request.user, country, at),
    }
    return render(request, "practices/health_country.html", context)


@require_safe
def health_learned(request: MemberRequest, code: str) -> HttpResponse:
    """What is different in a country because it learned from others, and what it changed."""
    country = _country(request, code)
    if country.code != code:
        return redirect("health_learned", country.code)
    lines = learned.of(country.pk)
    context = {"country": country, "lines": lines, "total": learned.total(lines)}
    return render(request, "practices/health_learned.html", context)


@require_safe
def health_radar(request: MemberRequest) -> HttpResponse:
    return render(request, "practices/health_radar.html", {"radar": radar.read(timezone.now())})


@require_safe
def health_coverage(request: MemberRequest) -> HttpResponse:
    """The months in which each community met, and those in which it should have."""
    countries = Country.objects.visible_to(request.user).select_related("cop").order_by("code")
    rows = cadence.rows(countries, timezone.localdate())
    context = {
        "rows": rows,
        "months": [cell.month for cell in rows[0].cells] if rows else [],
        "this": cadence.month_of(timezone.localdate()),
        "covered": sum(row.covered for row in rows),
        "due": sum(row.due for row in rows),
    }
    return render(request, "practices/health_coverage.html", context)


@require_http_methods(["GET", "POST"])
def health_pulse(request: MemberRequest) -> HttpResponse:
    """Three questions, once a quarter, without a name."""
    permissions.may_answer_pulse(request.user)
    at = timezone.now()
    form = PulseForm(request.POST or None)
    if form.is_valid():
        try:
            pulse_answering.answer(scores=form.cleaned_data, by=request.user, at=at)
        except pulse_answering.AlreadyAnswered as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. Your answers were counted, without your name."))
            return redirect("health_project")
    context = {"form": form, "is_done": pulse_answering.has_answered(request.user.person, at)}
    return render(request, "practices/health_pulse.html", context)


@require_safe
def health_csv(request: MemberRequest) -> HttpResponse:
    return exports.as_csv(kept.health(timezone.now()), reference.countries())


@require_safe
def health_xlsx(request: MemberRequest) -> FileResponse:
    return exports.as_xlsx(kept.health(timezone.now()), reference.countries())


def _country(request: MemberRequest, code: str) -> Country:
    countries = Country.objects.visible_to(request.user).select_related("cop")
    return get_object_or_404(countries.with_code(code))
