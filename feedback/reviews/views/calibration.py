"""Views translate: load through visible_to, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import calibration, identity
from feedback.reviews.forms.calibration import SampleEditForm, SampleForm
from feedback.reviews.models import CalibrationSample, Rubric


@require_http_methods(["GET", "POST"])
def review_sample(request: MemberRequest, pk: int) -> HttpResponse:
    """The sample to rate or to pass over; afterwards own answers beside the team's."""
    own = identity.own(request.user).with_version()
    assignment = get_object_or_404(own, pk=pk)
    sample = calibration.sample_of(assignment.round.rubric_id)
    criteria = calibration.asked(sample) if sample else []
    is_skipped = "skip" in request.POST
    form = SampleForm(request.POST or None, criteria=criteria)
    if is_skipped or form.is_valid():
        scores = {} if is_skipped else form.scores()
        try:
            calibration.rate(assignment_id=pk, scores=scores, by=request.user)
        except NotPossible as error:
            messages.error(request, str(error))
        return redirect(assignment) if is_skipped else redirect("review_sample", pk=pk)
    context = {
        "assignment": assignment,
        "sample": sample,
        "form": form,
        "compared": calibration.compared(assignment),
        "is_offered": calibration.is_offered(assignment, request.user),
    }
    return render(request, "feedback/review_sample.html", context)


@require_http_methods(["GET", "POST"])
def rubric_sample(request: MemberRequest, pk: int) -> HttpResponse:
    """The sample of a rubric, written by the project manager."""
    rubric = get_object_or_404(Rubric, pk=pk)
    permissions.may_edit_rubrics(request.user)
    sample = CalibrationSample.objects.filter(rubric=rubric).first()
    form = SampleEditForm.of(sample, rubric.criteria.all(), request.POST or None)
    if form.is_valid():
        try:
            calibration.set_sample(
                rubric_id=pk,
                title=form.cleaned_data["title"],
                text=form.cleaned_data["text"],
                expected=form.expected(),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The sample is saved."))
            return redirect("rubric_detail", pk=pk)
    context = {
        "form": form,
        "rubric": rubric,
        "is_kept": rubric.frozen_at is not None and sample is not None,
    }
    return render(request, "feedback/sample_form.html", context)
