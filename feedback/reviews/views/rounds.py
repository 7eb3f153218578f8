"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import clock
from experts.fields import PeopleForm
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import (
    authored,
    cards,
    closing,
    escalation,
    fixes,
    phases,
    policy_page,
    rounds,
)
from feedback.reviews.enums import Blindness
from feedback.reviews.forms.rounds import BLINDNESS, DueDayForm, RoundForm
from feedback.reviews.models import ReviewRound
from materials.models import Version

PER_PAGE = 25
# What people usually have for a review; the form starts with it.
USUAL_TIME = timedelta(days=14)


@require_safe
def review_list(request: MemberRequest) -> HttpResponse:
    permissions.may_enter(request.user)
    now = timezone.now()
    own = cards.own(request.user, now)
    found = ReviewRound.objects.visible_to(request.user).open_first().with_row()
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "own": own,
        "waiting": sum(card.state == "open" for card in own),
        "authored": authored.of(request.user, everything=request.GET.get("mine") == "all"),
        "rounds": cards.rounds(page_obj.object_list, request.user, now),
        "page_obj": page_obj,
        "coordinates": request.user.access.plans_sessions,
    }
    return render(request, "feedback/review_list.html", context)


@require_http_methods(["GET", "POST"])
def round_new(request: MemberRequest) -> HttpResponse:
    user = request.user
    initial: dict[str, Any] = {
        "versions": request.GET.getlist("version"),
        "due_on": clock.today_of(user) + USUAL_TIME,
    }
    if countries := request.GET.getlist("country"):
        initial["countries"] = countries
    form = RoundForm(request.POST or None, initial=initial, user=user)
    if form.is_valid():
        try:
            opened = rounds.open_rounds(
                versions=form.cleaned_data["versions"],
                countries=form.cleaned_data["countries"],
                terms=form.terms(),
                by=user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error("due_on" if isinstance(error, rounds.DueInThePast) else None, str(error))
        else:
            text = ngettext(
                "The round is open. Now choose who reviews.",
                "%(n)d rounds are open. Now choose who reviews the first of them.",
                len(opened),
            )
            messages.success(request, text % {"n": len(opened)})
            return redirect("round_assign", pk=opened[0].pk)
    return render(request, "feedback/round_form.html", {"form": form})


@require_safe
def round_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The round; the light of its panel and what was fixed since come as parts of their own."""
    review_round = _round(request, pk)
    user, permit = request.user, phases.permit(review_round)
    context = {
        "round": review_round,
        "card": cards.rounds([review_round], user, timezone.now())[0],
        "panel": rounds.PANEL,
        "steps": policy_page.strip(review_round),
        "asks": permit.asks,
        "blindness": dict(BLINDNESS)[Blindness(review_round.blindness)],
        "together": cards.together(review_round),
        "previous": cards.previous(review_round, user),
        "counts_fixes": review_round.previous_id is not None and permit.coordinators_read,
        "may_read": Version.objects.visible_to(user).contains(review_round.version),
        "may_assign": permissions.may_assign.allows(user, review_round),
        "may_close": permissions.may_close.allows(user, review_round),
    }
    return render(request, "feedback/round_detail.html", context)


@require_safe
def round_fixes(request: MemberRequest, pk: int) -> HttpResponse:
    """How many places of the round before are fixed, as its reviewers say."""
    review_round = _round(request, pk)
    context = {"round": review_round, "fixes": fixes.summary(review_round, request.user)}
    return render(request, "feedback/round_fixes.html", context)


@require_http_methods(["GET", "POST"])
def round_substitute(request: MemberRequest, pk: int) -> HttpResponse:
    """Who could review in the place of somebody who is a week late; nobody late is named."""
    review_round = _round(request, pk)
    permissions.may_assign(request.user, review_round)
    now = timezone.now()
    today = to_wall(now, request.user.person.zone).date()
    found = escalation.substitutes(review_round, request.user, today)
    form = PeopleForm(request.POST or None, candidates=[one.person for one in found])
    if form.is_valid():
        try:
            escalation.replace(round_id=pk, person=form.chosen()[0], by=request.user, at=now)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Somebody else is asked; the late reviewer is thanked."))
            return redirect(review_round)
    context = {
        "round": review_round,
        "form": form,
        "substitutes": found,
        "late": escalation.late(request.user, today).filter(round=review_round).count(),
    }
    return render(request, "feedback/round_substitute.html", context)


@require_http_methods(["GET", "POST"])
def round_due(request: MemberRequest, pk: int) -> HttpResponse:
    review_round = _round(request, pk)
    permissions.may_close(request.user, review_round)
    form = DueDayForm(request.POST or None, initial={"due_on": review_round.due_on})
    if form.is_valid():
        try:
            rounds.change_due_day(
                round_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NotPossible as error:
            form.add_error("due_on", str(error))
        else:
            messages.success(request, _("The new day holds; reminders follow it."))
            return redirect(review_round)
    return render(request, "feedback/round_due.html", {"round": review_round, "form": form})


@require_http_methods(["GET", "POST"])
def round_close(request: MemberRequest, pk: int) -> HttpResponse:
    review_round = _round(request, pk)
    permissions.may_close(request.user, review_round)
    if request.method == "POST":
        try:
            rounds.close_round(round_id=pk, by=request.user, at=timezone.now())
        except closing.CannotClose:
            pass  # the page says what is left to do
        else:
            messages.success(request, _("The round is closed."))
            return redirect(review_round)
    context = {
        "round": review_round,
        "card": cards.rounds([review_round], request.user, timezone.now())[0],
        "blocked": closing.blocked(review_round, request.user)
        if not review_round.closed_at
        else [],
    }
    return render(request, "feedback/round_close.html", context)


def _round(request: MemberRequest, pk: int) -> ReviewRound:
    found = ReviewRound.objects.visible_to(request.user).with_version().select_related("group")
    return get_object_or_404(found.prefetch_related("countries"), pk=pk)
