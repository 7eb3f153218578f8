"""Tests of ideas: the card, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.ideas import testing
from practices.forms.ideas_testing import CardForm, ResultForm
from practices.models import Experiment, Idea


@require_http_methods(["GET", "HEAD", "POST"])
def experiment_new(request: MemberRequest, pk: int) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.visible_to(request.user), pk=pk)
    permissions.may_contribute(request.user)
    form = CardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            testing.start(idea_id=pk, card=form.card(), by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The test is planned. When it ends, we ask for the result.")
            )
            return redirect(idea)
    return render(request, "practices/experiment_form.html", {"idea": idea, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def experiment_edit(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Experiment.objects.visible_to(request.user).select_related("idea", "owner", "country")
    experiment = get_object_or_404(seen, pk=pk)
    permissions.may_report_test(request.user, experiment)
    data = request.POST if request.method == "POST" else None
    form = ResultForm(data, experiment=experiment)
    is_conflict = False
    if form.is_bound and form.is_valid():
        try:
            testing.report(
                experiment_id=pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            is_conflict = isinstance(error, ChangedMeanwhile)
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. The result stands on the idea's page."))
            return redirect(experiment.idea)
    context = {"experiment": experiment, "form": form, "is_conflict": is_conflict}
    status = 409 if is_conflict else 200
    return render(request, "practices/experiment_result.html", context, status=status)
