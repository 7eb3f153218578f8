"""Lists and calendars of sessions."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cop_platform.common.times import city
from experts import reference
from experts.models import Country
from experts.requests import MemberRequest
from sessions.domain import calendar_links, day_marks, filters, month, week
from sessions.domain.calendar_days import Frame
from sessions.domain.calendar_links import WEEK
from sessions.domain.cards import cards
from sessions.forms.calendar import CalendarFilterForm, CalendarForm
from sessions.forms.filters import SessionFilterForm
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
    found = filters.apply(
        CopSession.objects.cards_for(request.user).for_cards(), wanted, request.user, now
    )
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": shown,
        "cards": cards(shown.object_list, request.user, now),
        "may_plan": request.user.access.plans_sessions,
    }
    return render(request, "sessions/session_list.html", context)


def session_calendar(request: MemberRequest) -> HttpResponse:
    now, own_zone = timezone.now(), request.user.person.zone
    countries, topics = reference.countries(), filters.topics()
    zones = sorted({own_zone, *(country.zone for country in countries)}, key=city)
    form = _calendar_filters(request, countries, topics)
    wanted = filters.SessionFilter(**form.cleaned_data) if form else filters.SessionFilter()
    asked = CalendarForm(request.GET, zones=zones)
    if not asked.is_valid():
        raise BadRequest
    frame = Frame(
        user=request.user,
        at=now,
        zone=asked.cleaned_data["zone"] or own_zone,
        countries=day_marks.concerned(countries, wanted.country, request.user),
    )
    view, day = asked.shown_view(), asked.day(frame.today)
    sheet = (week if view == WEEK else month).build(wanted, day, frame)
    context = {
        "form": form,
        "narrowed": wanted.narrows,
        "view": view,
        "sheet": sheet,
        "zone": frame.zone,
        "own_zone": own_zone,
        "today": frame.today,
        "countries": tuple((country.code, country.name) for country in countries),
        "topics": topics,
        "may_plan": request.user.access.plans_sessions,
        "links": calendar_links.build(request.GET, view, day, sheet, frame.today, zones),
    }
    return render(request, "sessions/session_calendar.html", context)


def _calendar_filters(
    request: HttpRequest, countries: Sequence[Country], topics: tuple[str, ...]
) -> CalendarFilterForm | None:
    """The form where the address says anything of filters; most pages need none."""
    if request.GET.keys().isdisjoint(CalendarFilterForm.base_fields):
        return None
    form = CalendarFilterForm(request.GET, countries=countries, topics=topics)
    if not form.is_valid():
        raise BadRequest
    return form
