"""What a writer can do with a review that was sent: take the certificate, ask for it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import certificate, identity, reopening
from feedback.reviews.forms.reopening import AnswerForm, ReopeningForm
from feedback.reviews.models import Assignment, ReviewRound


@require_safe
def review_certificate(request: MemberRequest, pk: int) -> HttpResponse:
    """The PDF, for the writer and for nobody else."""
    assignment = _own(request, pk)
    try:
        content = certificate.build(assignment, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect(assignment)
    name = f"certificate-{assignment.round.version.material.code}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@require_http_methods(["GET", "POST"])
def review_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Asking for one's own sent review."""
    assignment = _own(request, pk)
    form = ReopeningForm(request.POST or None)
    if form.is_valid():
        try:
            reopening.ask(assignment_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your wish was passed on, without your name."))
            return redirect(assignment)
    context = {
        "form": form,
        "assignment": assignment,
        "may_ask": reopening.may_ask(assignment),
        "is_asked": reopening.is_asked(assignment),
    }
    return render(request, "feedback/review_reopen.html", context)


@require_safe
def round_reopenings(request: MemberRequest, pk: int) -> HttpResponse:
    """The wishes of a round that this coordinator may answer."""
    rounds = ReviewRound.objects.visible_to(request.user).with_version()
    review_round = get_object_or_404(rounds, pk=pk)
    permissions.may_assign(request.user, review_round)
    context = {"round": review_round, "wishes": reopening.waiting(request.user, review_round)}
    return render(request, "feedback/round_reopenings.html", context)


@require_POST
def reopening_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Hands a review back, or leaves it as it was sent."""
    wish = get_object_or_404(
        reopening.waiting_for(request.user).select_related("assignment"), pk=pk
    )
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether the review is handed back."))
        return redirect("round_reopenings", pk=wish.assignment.round_id)
    is_allowed = form.cleaned_data["answer"] == "allow"
    act = reopening.allow if is_allowed else reopening.decline
    try:
        act(reopening_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        said = _("The review was handed back; its writer gets a mail.")
        messages.success(request, said if is_allowed else _("The review stays as it was sent."))
    return redirect("round_reopenings", pk=wish.assignment.round_id)


def _own(request: MemberRequest, pk: int) -> Assignment:
    return get_object_or_404(identity.own(request.user).with_version(), pk=pk)
