"""What a panel can show: a part of the pages where panels are planned, and a page of its own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from experts.domain import clock
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.policy import panel_doctor as doctors
from feedback.validation.forms.doctors import ChosenForm, PlanForm


@require_safe
def round_doctor(request: MemberRequest, pk: int) -> HttpResponse:
    """Of a round that is open, with the people who are ticked; changes nothing."""
    found = ReviewRound.objects.visible_to(request.user).with_version()
    review_round = get_object_or_404(found, pk=pk)
    permissions.may_assign(request.user, review_round)
    today = clock.today_of(request.user)
    form = ChosenForm(request.GET)
    context = {
        "round": review_round,
        "doctor": doctors.of_round(review_round, request.user, today, form.chosen()),
        "on_panel_page": form.on_panel_page(),
    }
    return _shown(request, context)


@require_safe
def panel_doctor(request: MemberRequest) -> HttpResponse:
    """Of a round that is being written: the number and the countries typed so far."""
    form = PlanForm(request.GET)
    context: dict[str, object] = {"fault": form.fault()}
    if form.is_valid():
        size = form.cleaned_data["panel_size"]
        context["doctor"] = doctors.of_plan(size, form.countries(), request.user)
    return _shown(request, context)


def _shown(request: MemberRequest, context: dict[str, object]) -> HttpResponse:
    is_part = request.headers.get("HX-Request")
    name = "feedback/_panel_doctor.html" if is_part else "feedback/panel_doctor.html"
    return render(request, name, context)
