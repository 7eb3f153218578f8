"""Waivers of a release: signing one, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.models import Country
from experts.requests import MemberRequest
from feedback.validation import permissions
from feedback.validation.domain.gate import waivers
from feedback.validation.forms.waivers import WaiverForm
from feedback.validation.models import ReleaseWaiver
from materials import gates
from materials.models import Version


@require_http_methods(["GET", "POST"])
def release_waive(request: MemberRequest, pk: int) -> HttpResponse:
    versions = Version.objects.visible_to(request.user).select_related("material")
    version = get_object_or_404(versions, pk=pk)
    permissions.may_waive_release(request.user)
    needed = version.material.required.filter(language=version.language)
    countries = Country.objects.filter(pk__in=needed.values("country")).order_by("code")
    form = WaiverForm(request.POST or None, countries=countries)
    if form.is_valid():
        try:
            waivers.sign(version_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The waiver stands; its reason is shown to every member."))
            return redirect("version_release", version.material_id, version.number)
    context = {
        "version": version,
        "form": form,
        "obstacles": gates.obstacles(version, request.user, timezone.now()),
        "waivers": ReleaseWaiver.objects.filter(
            version=version, taken_back_at__isnull=True
        ).select_related("country", "signed_by"),
    }
    return render(request, "feedback/release_waive.html", context)


@require_http_methods(["POST"])
def waiver_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    waiver = get_object_or_404(ReleaseWaiver, pk=pk)
    permissions.may_waive_release(request.user)
    try:
        waivers.take_back(waiver_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The waiver is taken back."))
    return redirect("release_waive", waiver.version_id)
