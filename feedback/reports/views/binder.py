"""The audit binder of a work: to read and print, and as one archive with our signature."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop_platform.common import signing
from cop_platform.common.files import private_bytes
from experts.requests import MemberRequest
from feedback.reports import permissions
from feedback.reports.domain.binder import packing, reading
from feedback.reports.domain.binder.lines import Binder
from materials.models import Material


@require_safe
def report_binder(request: MemberRequest, pk: int) -> HttpResponse:
    """Who, which version, when, what was said; gaps are marked."""
    material = _material(request, pk)
    context = {"material": material, "binder": _binder(material)}
    return render(request, "feedback/binder.html", context)


@require_safe
def report_binder_zip(request: MemberRequest, pk: int) -> HttpResponse:
    """The binder to take along."""
    binder = _binder(_material(request, pk))
    return private_bytes(
        packing.archive(binder),
        name=f"{binder.code}-audit-binder.zip",
        media_type="application/zip",
    )


@require_safe
def report_binder_signature(request: MemberRequest, pk: int) -> HttpResponse:
    """Our signature over that archive; it fits as long as nothing in the binder changed."""
    binder = _binder(_material(request, pk))
    signature = signing.sign(packing.archive(binder))
    name = f"{binder.code}-audit-binder.zip.sig"
    return private_bytes(signature, name=name, media_type="application/octet-stream")


def _material(request: MemberRequest, pk: int) -> Material:
    """To everybody else the binder is not there."""
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    if not permissions.may_audit.allows(request.user, material.country_id):
        raise Http404
    return material


def _binder(material: Material) -> Binder:
    return reading.build(material, at=timezone.now())
