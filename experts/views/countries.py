"""The countries and what each community is made of."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cop_platform.common import panels
from experts import permissions
from experts.models import Country, Membership, Person
from experts.requests import MemberRequest

MEMBERS_SHOWN = 24


def country_list(request: MemberRequest) -> HttpResponse:
    countries = Country.objects.visible_to(request.user).select_related("cop")
    return render(request, "experts/country_list.html", {"countries": countries})


def country_detail(request: MemberRequest, code: str) -> HttpResponse:
    countries = Country.objects.visible_to(request.user).select_related("cop")
    countries = countries.prefetch_related("partners")
    country = get_object_or_404(countries.with_code(code))
    if country.code != code:
        return redirect(country)
    members = Membership.objects.current().filter(cop=country.cop)
    shown = members.filter(person__in=Person.objects.visible_to(request.user))
    named = shown.select_related("person__expert").only(
        "role", "person__name", "person__expert__profession"
    )
    context = {
        "country": country,
        "charter": country.cop.charters.current().prefetch_related("topics").first(),
        "partners": country.partners.all(),
        "members": named[:MEMBERS_SHOWN],
        "member_count": shown.count(),
        "may_invite": permissions.may_invite.allows(request.user, country.cop, "expert"),
        "panels": panels.of("country", request.user, country),
    }
    return render(request, "experts/country_detail.html", context)
