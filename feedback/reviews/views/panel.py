"""Putting a panel together: by hand with a light that follows, by a proposal, and conflicts."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.fields import PeopleForm
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import acceptance, conflicts, phases, rounds
from feedback.reviews.domain.panel import gathering, lights, planning, proposing
from feedback.reviews.forms.panel import ConflictForm, ProposalForm
from feedback.reviews.models import ReviewRound

_LONGEST = 18  # digits of a key


@require_http_methods(["GET", "POST"])
def round_assign(request: MemberRequest, pk: int) -> HttpResponse:
    """Experts chosen by hand, each with what speaks for and against them."""
    review_round = _round(request, pk)
    board = gathering.board([review_round], request.user, clock.today_of(request.user))
    found = lights.choices(board, accept_first=review_round.accept_first)
    form = PeopleForm(request.POST or None, candidates=[one.person for one in found.fitting])
    if form.is_valid():
        try:
            new = rounds.assign(
                round_id=pk, people=form.chosen(), by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _asked(new))
            return redirect(review_round)
    chosen = _keys(request.POST.getlist("people"))
    context = {
        "round": review_round,
        "form": form,
        "fitting": found.fitting,
        "barred": found.barred,
        "chosen": chosen,
        "light": lights.light(review_round, board, chosen),
    }
    return render(request, "feedback/round_assign.html", context)


@require_safe
def round_light(request: MemberRequest, pk: int) -> HttpResponse:
    """The light as it would be with the people who are ticked; changes nothing.

    Asked by htmx, the light alone; opened by an address, a page of its own.
    """
    review_round = _round(request, pk)
    chosen = _keys(request.GET.getlist("people"))
    light = lights.of(review_round, request.user, clock.today_of(request.user), chosen)
    if getattr(request, "htmx", False):
        return render(request, "feedback/_panel_light.html", {"light": light})
    return render(request, "feedback/round_light.html", {"round": review_round, "light": light})


@require_safe
def round_planning(request: MemberRequest) -> HttpResponse:
    """Which languages nobody reads, for the form of a round that is not opened yet."""
    sentences = planning.unread(
        _keys(request.GET.getlist("versions")), request.GET.getlist("countries"), request.user
    )
    return render(request, "feedback/_panel_planning.html", {"sentences": sentences})


@require_http_methods(["GET", "POST"])
def round_propose(request: MemberRequest, pk: int) -> HttpResponse:
    """A panel for all rounds of the group: proposed here, confirmed or changed by a person."""
    review_round = _round(request, pk)
    found = proposing.together(review_round, request.user)
    board = gathering.board(found, request.user, clock.today_of(request.user))
    known = {(item.key, expert.key) for item in board.items for expert in board.pool}
    form = ProposalForm(request.POST or None, known=known)
    must, must_not = set(), set()
    if form.is_valid():
        must, must_not = form.wanted(), form.unwanted()
        if "ask" in request.POST.getlist("deed"):
            try:
                new = proposing.confirm(pairs=must, by=request.user, at=timezone.now())
            except NotPossible as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _asked(new))
                return redirect(review_round)
    proposal = proposing.propose(board, must=must, must_not=must_not)
    context = {
        "round": review_round,
        "proposal": proposal,
        "declined": acceptance.reasons(review_round, request.user),
        "form": form,
        "asks": phases.permit(review_round).asks,
    }
    return render(request, "feedback/round_propose.html", context)


@require_http_methods(["GET", "POST"])
def round_conflicts(request: MemberRequest, pk: int) -> HttpResponse:
    """Who should not review this material and why; a coordinator declares or waives."""
    review_round = _round(request, pk)
    material = review_round.version.material
    board = gathering.board([review_round], request.user, clock.today_of(request.user))
    form = ConflictForm(request.POST or None, people=board.people)
    if form.is_valid():
        said = {**form.cleaned_data, "material": material, "by": request.user}
        deed = conflicts.waive if "waive" in request.POST else conflicts.declare
        try:
            deed(**said, at=timezone.now())
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is written down."))
            return redirect("round_conflicts", pk=pk)
    context = {
        "round": review_round,
        "form": form,
        "barred": [(board.people[key], reasons) for key, reasons in board.items[0].barred.items()],
        "declared": conflicts.declared_for(material, request.user),
    }
    return render(request, "feedback/round_conflicts.html", context)


def _asked(new: int) -> str:
    return ngettext("%(n)d expert is asked.", "%(n)d experts are asked.", new) % {"n": new}


def _keys(values: Iterable[str]) -> set[int]:
    """Keys out of ticks; what is no key is left out."""
    return {int(v) for v in values if v.isascii() and v.isdigit() and len(v) <= _LONGEST}


def _round(request: MemberRequest, pk: int) -> ReviewRound:
    found = ReviewRound.objects.visible_to(request.user).with_version()
    review_round: ReviewRound = get_object_or_404(found, pk=pk)
    permissions.may_assign(request.user, review_round)
    return review_round
