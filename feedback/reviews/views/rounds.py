"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from datetime import timedelta

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
from experts.fields import PeopleForm
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import cards, escalation, fixes, rounds
from feedback.reviews.forms.rounds import DueDayForm, RoundForm
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
    found = ReviewRound.objects.visible_to(request.user).with_version()
    shown = Paginator(found.open_first(), PER_PAGE)
    page_obj = shown.get_page(request.GET.get("page"))
    context = {
        "own": own,
        "waiting": sum(card.state == "open" for card in own),
        "rounds": cards.rounds(page_obj.object_list, request.user, now),
        "page_obj": page_obj,
        "coordinates": request.user.access.plans_sessions,
    }
    return render(request, "feedback/review_list.html", context)


@require_http_methods(["GET", "POST"])
def round_new(request: MemberRequest) -> HttpResponse:
    initial = {
        "version": request.GET.get("version"),
        "due_on": to_wall(timezone.now(), request.user.person.zone).date() + USUAL_TIME,
    }
    form = RoundForm(request.POST or None, initial=initial, user=request.user)
    if form.is_valid():
        try:
            review_round = rounds.open_round(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error("due_on" if isinstance(error, rounds.DueInThePast) else None, str(error))
        else:
            messages.success(request, _("The round is open. Now choose who reviews."))
            return redirect("round_assign", pk=review_round.pk)
    return render(request, "feedback/round_form.html", {"form": form})


@require_safe
def round_detail(request: MemberRequest, pk: int) -> HttpResponse:
    review_round = _round(request, pk)
    context = {
        "round": review_round,
        "card": cards.rounds([review_round], request.user, timezone.now())[0],
        "panel": rounds.PANEL,
        "fixes": fixes.summary(review_round, request.user),
        "may_read": Version.objects.visible_to(request.user).contains(review_round.version),
        "may_assign": permissions.may_assign.allows(request.user, review_round),
        "may_close": permissions.may_close.allows(request.user, review_round),
    }
    return render(request, "feedback/round_detail.html", context)


@require_http_methods(["GET", "POST"])
def round_assign(request: MemberRequest, pk: int) -> HttpResponse:
    review_round = _round(request, pk)
    permissions.may_assign(request.user, review_round)
    candidates = list(rounds.candidates(review_round, request.user))
    form = PeopleForm(request.POST or None, candidates=candidates)
    if form.is_valid():
        try:
            new = rounds.assign(
                round_id=pk, people=form.chosen(), by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            text = ngettext("%(n)d expert is asked.", "%(n)d experts are asked.", new)
            messages.success(request, text % {"n": new})
            return redirect(review_round)
    context = {"round": review_round, "form": form, "candidates": candidates}
    return render(request, "feedback/round_assign.html", context)


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
        rounds.close_round(round_id=pk, by=request.user, at=timezone.now())
        messages.success(request, _("The round is closed."))
        return redirect(review_round)
    card = cards.rounds([review_round], request.user, timezone.now())[0]
    return render(request, "feedback/round_close.html", {"round": review_round, "card": card})


def _round(request: MemberRequest, pk: int) -> ReviewRound:
    return get_object_or_404(ReviewRound.objects.visible_to(request.user).with_version(), pk=pk)
