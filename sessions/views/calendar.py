"""Lists and calendars of sessions."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cop_platform.common.times import to_wall
from experts.requests import MemberRequest
from sessions.domain import filters, month
from sessions.domain.cards import cards
from sessions.forms.filters import MonthForm, SessionFilterForm
from sessions.models import CopSession

PER_PAGE = 25


def _filter_form(request: HttpRequest) -> SessionFilterForm:
    form = SessionFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    return form


def session_list(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    form = _filter_form(request)
    wanted = filters.SessionFilter(**form.cleaned_data)
    found = filters.apply(CopSession.objects.cards_for(request.user), wanted, request.user, now)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": shown,
        "cards": cards(shown.object_list, request.user, now),
        "may_plan": request.user.access.plans_sessions,
    }
    return render(request, "sessions/session_list.html", context)


def session_calendar(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    form = _filter_form(request)
    month_form = MonthForm(request.GET)
    if not month_form.is_valid():
        raise BadRequest
    first = month_form.first_day(to_wall(now, request.user.person.zone).date())
    every = filters.SessionFilter(**(form.cleaned_data | {"when": "all"}))
    found = filters.apply(CopSession.objects.cards_for(request.user), every, request.user, now)
    context = {
        "form": form,
        "month": month.build(found, first, request.user, now),
        "view": month_form.cleaned_data["view"] or "month",
        "zone": request.user.person.zone,
        "may_plan": request.user.access.plans_sessions,
    }
    return render(request, "sessions/session_calendar.html", context)
