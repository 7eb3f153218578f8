"""Standing behind a version by name, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.requests import MemberRequest
from feedback.validation.domain.proof import endorsing
from feedback.validation.forms.endorsing import EndorseForm, TakeBackForm
from materials.models import Version


@require_http_methods(["GET", "POST"])
def version_endorse(request: MemberRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    endorsing.may_endorse(request.user, version)
    today = clock.today_of(request.user)
    form = EndorseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            endorsing.endorse(
                version=version,
                by=request.user,
                at=timezone.now(),
                today=today,
                **form.cleaned_data,
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("You stand behind this version."))
            return redirect(version)
    context = {
        "version": version,
        "form": form,
        "why_not": endorsing.why_not(version, today),
        "own": endorsing.own(version.pk, request.user.person),
    }
    return render(request, "feedback/endorsement_form.html", context)


@require_http_methods(["GET", "POST"])
def endorsement_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            endorsing.take_back(
                version=version, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your endorsement is taken back."))
            return redirect(version)
    context = {
        "version": version,
        "form": form,
        "own": endorsing.own(version.pk, request.user.person),
    }
    return render(request, "feedback/endorsement_take_back.html", context)


def _version(request: MemberRequest, pk: int) -> Version:
    versions = Version.objects.visible_to(request.user).select_related("material")
    return get_object_or_404(versions, pk=pk)
