"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import say_clock, to_wall
from experts.fields import PeopleForm
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import cards, desk, escalation, identity, page, rounds
from feedback.reviews.forms import DraftForm, DueDayForm, RoundForm
from feedback.reviews.models import Assignment, ReviewRound
from materials.domain import reading
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


@require_http_methods(["GET", "POST"])
def review_desk(request: MemberRequest, pk: int) -> HttpResponse:
    """The desk of the assigned expert; the buttons work without a script."""
    assignment = _own(request, pk)
    if assignment.submitted_on:
        context = {"assignment": assignment, "given": page.given(assignment)}
        return render(request, "feedback/review_sent.html", context)
    if request.method == "POST":
        return _save(request, assignment)
    shown = page.desk(assignment, request.user, timezone.now())
    return _desk_page(request, assignment, shown)


def _save(request: MemberRequest, assignment: Assignment) -> HttpResponse:
    """Keeps what was typed first, whatever else is wrong; then sends it, if that was asked."""
    now = timezone.now()
    form = _draft_form(request, assignment)
    try:
        desk.save_draft(
            assignment_id=assignment.pk,
            typed=form.typed(),
            revision=form.cleaned_data.get("revision"),
            writer=form.cleaned_data.get("writer", ""),
            by=request.user,
            at=now,
        )
        errors = form.sentences()
        if not errors and "submit" in request.POST:
            desk.submit(assignment_id=assignment.pk, by=request.user, at=now)
            messages.success(request, _("Thank you. Your review was sent."))
            return redirect(assignment)
    except desk.Incomplete as error:
        errors = page.errors_of(error.faults)
    except NotPossible as error:
        errors = {"": str(error)}
    if not errors:
        messages.success(request, _("Your draft is saved."))
        return redirect(assignment)
    assignment = _own(request, assignment.pk)
    shown = page.desk(assignment, request.user, now, typed=form.raw(), errors=errors)
    return _desk_page(request, assignment, shown, errors)


def _desk_page(
    request: MemberRequest,
    assignment: Assignment,
    shown: page.Desk,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    version = assignment.round.version
    context = {
        "assignment": assignment,
        "version": version,
        "reading": reading.of(version, request.user),
        "desk": shown,
        "errors": errors,
    }
    return render(request, "feedback/review_desk.html", context)


@require_http_methods(["POST"])
def review_draft(request: MemberRequest, pk: int) -> JsonResponse:
    """Saving while somebody types: answers with the hour, or with a sentence that says why not."""
    assignment = _own(request, pk)
    form = _draft_form(request, assignment)
    if not form.data:
        return JsonResponse({"error": _("Nothing came along to be saved.")}, status=400)
    now = timezone.now()
    try:
        draft = desk.save_draft(
            assignment_id=pk,
            typed=form.typed(),
            revision=form.cleaned_data.get("revision"),
            writer=form.cleaned_data.get("writer", ""),
            by=request.user,
            at=now,
        )
    except NotPossible as error:
        return JsonResponse({"error": str(error)}, status=409)
    shown = page.desk(_own(request, pk), request.user, now)
    answer = {
        "saved": say_clock(to_wall(draft.saved_at, request.user.person.zone)),
        "revision": draft.revision,
        "done": shown.done,
    }
    if sentences := list(form.sentences().values()):
        return JsonResponse(answer | {"error": sentences[0]}, status=400)
    return JsonResponse(answer)


def _draft_form(request: HttpRequest, assignment: Assignment) -> DraftForm:
    form = DraftForm(request.POST, criteria=assignment.round.rubric.criteria.all())
    form.full_clean()
    return form


def _round(request: MemberRequest, pk: int) -> ReviewRound:
    return get_object_or_404(ReviewRound.objects.visible_to(request.user).with_version(), pk=pk)


def _own(request: MemberRequest, pk: int) -> Assignment:
    return get_object_or_404(identity.desk_of(request.user), pk=pk)
