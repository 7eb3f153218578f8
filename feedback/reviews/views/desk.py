"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common import device, packages
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import say_clock, to_wall
from experts.requests import MemberRequest
from feedback.reviews.domain import (
    acceptance,
    calibration,
    cards,
    copies,
    desk,
    earlier,
    identity,
    page,
    phases,
    remarks,
    reopening,
)
from feedback.reviews.forms.desk import DraftForm
from feedback.reviews.models import Assignment
from feedback.reviews.views.acceptance import request_page
from materials.domain import reading

# The viewer takes one of them when a document brings no letters of its own.
VIEWER_FONTS = "vendor/pdfjs/standard_fonts/"


@require_http_methods(["GET", "POST"])
def review_desk(request: MemberRequest, pk: int) -> HttpResponse:
    """The desk of the assigned expert; the buttons work without a script."""
    assignment = _own(request, pk)
    if assignment.submitted_on:
        context = {
            "assignment": assignment,
            "given": page.given(assignment),
            "talk_url": cards.talk_url(assignment),
            "remarks": remarks.lines(assignment),
            "may_reopen": reopening.may_ask(assignment),
        }
        return render(request, "feedback/review_sent.html", context)
    if acceptance.is_asked(assignment):
        return request_page(request, assignment)
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
    read = reading.of(version, request.user)
    marking = remarks.marking(assignment, read)
    context = {
        "assignment": assignment,
        "version": version,
        "reading": read,
        "marking": marking,
        "remarks": None if marking.is_open else remarks.lines(assignment),
        "along": remarks.count(assignment),
        "desk": shown,
        "errors": errors,
        "takes_reviews": phases.takes_reviews(assignment.round),
        "may_decline": acceptance.may_decline(assignment),
        "offers_sample": calibration.is_proposed(assignment),
        "earlier": earlier.of(assignment, request.user),
        "is_kept": copies.may_be_kept(assignment),
        "viewer_fonts": " ".join(packages.names_below(VIEWER_FONTS)),
    }
    response = render(request, "feedback/review_desk.html", context)
    if context["is_kept"]:
        response[device.COPY_HEADER] = device.word(request.user)
    return response


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
    except desk.ChangedElsewhere as error:
        newest = copies.newest(assignment)
        return JsonResponse({"error": str(error)} | newest, status=409)
    except NotPossible as error:
        return JsonResponse({"error": str(error), "over": True}, status=409)
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


def _own(request: MemberRequest, pk: int) -> Assignment:
    return get_object_or_404(identity.desk_of(request.user), pk=pk)
