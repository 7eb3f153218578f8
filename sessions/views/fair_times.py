"""The fair-time finder, and the weeks in which a country cannot well meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.times import When, to_wall
from experts.domain import clock
from experts.models import CommunityOfPractice
from experts.requests import MemberRequest
from sessions.domain import busy_periods, fair_data
from sessions.domain.fair_times import FairTime
from sessions.domain.fair_words import Reason
from sessions.forms.fair_times import BusyForm, FinderForm, usual_query
from sessions.models import BusyPeriod


@dataclass(frozen=True)
class Line:
    """A time on the page, with the address that plans a session then."""

    when: When
    clocks: list[tuple[str, str]]
    reasons: list[Reason]
    slot: str
    plan_query: str


def finder(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    asked = "countries" in request.GET or "weeks" in request.GET
    form = FinderForm(request.GET if asked else usual_query(request.user, now), user=request.user)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        wish = form.wish(at=now)
        found = fair_data.find(wish, by=request.user)
        cops = CommunityOfPractice.objects.visible_to(request.user)
        hosts = list(cops.filter(country__in=wish.countries).values_list("pk", flat=True))
        context |= {
            "lines": [_line(slot, why, wish, hosts) for slot, why in found.times],
            "found": found,
            "search": wish.search,
            "hosts": hosts,
            "candidates": form.candidates(),
            "chosen": {person.pk for person in wish.people},
        }
    status = 200 if form.is_valid() else 400
    return render(request, "sessions/fair_times.html", context, status=status)


def _line(slot: FairTime, why: list[Reason], wish: fair_data.Wish, hosts: list[int]) -> Line:
    search = wish.search
    wall = to_wall(slot.starts_at, search.zone)
    query = {"day": f"{wall:%Y-%m-%d}", "clock": f"{wall:%H:%M}", "zone": search.zone}
    return Line(
        when=When(slot.starts_at, search.minutes, search.zone, search.zone),
        clocks=[(place.country, f"{place.wall:%H:%M}") for place in slot.locals],
        reasons=why,
        slot=f"{wall:%Y-%m-%dT%H:%M}",
        plan_query=urlencode({**query, "hosts": hosts}, doseq=True),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def busy_list(request: MemberRequest) -> HttpResponse:
    today = clock.today_of(request.user)
    sent = request.POST if request.method == "POST" else None
    form = BusyForm(sent, user=request.user)
    if form.is_valid():
        busy_periods.add(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The period is entered; the fair-time finder knows it now."))
        return redirect("busy_list")
    periods = BusyPeriod.objects.visible_to(request.user).filter(last_day__gte=today)
    own = BusyPeriod.objects.entered_by(request.user).values_list("pk", flat=True)
    context = {
        "form": form,
        "periods": periods.select_related("country").order_by("first_day", "country__code"),
        "own": set(own),
        "may_enter": form.fields["country"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "sessions/busy_list.html", context)


@require_http_methods(["POST"])
def busy_remove(request: MemberRequest, pk: int) -> HttpResponse:
    period = get_object_or_404(BusyPeriod.objects.entered_by(request.user), pk=pk)
    busy_periods.remove(period_id=period.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The period is taken away."))
    return redirect("busy_list")
