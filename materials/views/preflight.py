"""The page of a version's pre-flight."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from experts.requests import MemberRequest
from materials.domain import preflight, preflight_words
from materials.models import Version


@require_safe
def preflight_detail(request: MemberRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    found = getattr(version, "preflight", None)
    lines = [preflight_words.line(signal) for signal in found.signals] if found else []
    known = [line for line in lines if line is not None]
    context = {
        "version": version,
        "preflight": found,
        "levels": [
            (level, [line for line in known if line.level == level])
            for level in preflight_words.LEVELS
        ],
        "standing": preflight_words.standing(known),
    }
    return render(request, "materials/preflight_detail.html", context)


@require_POST
def preflight_again(request: MemberRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    preflight.ask_again(version=version, by=request.user, at=timezone.now())
    messages.success(request, _("The file is read again; the signals are here in a moment."))
    return redirect("preflight_detail", pk)


def _version(request: MemberRequest, pk: int) -> Version:
    versions = Version.objects.visible_to(request.user)
    return get_object_or_404(versions.select_related("material", "preflight"), pk=pk)
