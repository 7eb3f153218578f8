"""Uploaded files become materials and versions: what is known is filled in, people say the rest."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from materials import permissions
from materials.domain import incoming, uploads
from materials.enums import MP4, MaterialType
from materials.forms.completing import IncomingMaterialForm, IncomingVersionForm, WhichMaterialForm
from materials.models import IncomingFile, Material
from materials.views.works import show_refusal


@require_http_methods(["GET", "POST"])
def incoming_material(request: MemberRequest, key: str) -> HttpResponse:
    row = _mine(request, key)
    permissions.may_upload(request.user)
    if not row.is_ready:
        return redirect("incoming_list")
    form = IncomingMaterialForm(request.POST or None, initial=_known(row))
    if form.is_valid():
        try:
            material = uploads.create_material(
                facts=form.material_facts(),
                first=form.incoming_facts(key),
                by=request.user,
                at=timezone.now(),
            )
        except uploads.CodeNotPossible as error:
            form.add_error("code", str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The material is stored. Its file opens on release."))
            return _next(request, material)
    return render(request, "materials/incoming_material.html", {"form": form, "file": row})


@require_http_methods(["GET", "POST"])
def incoming_version(request: MemberRequest, key: str) -> HttpResponse:
    row = _mine(request, key)
    permissions.may_upload(request.user)
    if not row.is_ready:
        return redirect("incoming_list")
    editable = Material.objects.visible_to(request.user).editable_by(request.user)
    said = request.POST if "material" in request.POST else request.GET
    which = WhichMaterialForm(said if "material" in said else None, materials=editable)
    context: dict[str, Any] = {"which": which, "file": row}
    if not which.is_valid():
        context["form"] = which
        return render(request, "materials/incoming_version.html", context)
    material = which.cleaned_data["material"]
    form = IncomingVersionForm(request.POST or None, initial=_known(row), material=material)
    if form.is_valid():
        try:
            version = uploads.add_version(
                material_id=material.pk,
                facts=form.incoming_facts(key),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            show_refusal(form, error)
        else:
            text = _("Version %(number)d is stored. Its file opens on release.")
            messages.success(request, text % {"number": version.number})
            return _next(request, material)
    context |= {"form": form, "material": material}
    return render(request, "materials/incoming_version.html", context)


@require_http_methods(["POST"])
def incoming_check(request: MemberRequest, key: str) -> HttpResponse:
    row = _mine(request, key)
    try:
        incoming.check(incoming=row, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("incoming_list")
    if not row.is_ready and not row.refused:
        messages.error(request, _("The virus scanner does not answer now. Please try again later."))
    return redirect("incoming_list")


@require_http_methods(["POST"])
def incoming_remove(request: MemberRequest, key: str) -> HttpResponse:
    row = _mine(request, key)
    incoming.remove(incoming=row)
    messages.success(request, _("%(name)s is removed.") % {"name": row.name})
    return redirect("incoming_list")


def _mine(request: MemberRequest, key: str) -> IncomingFile:
    return get_object_or_404(IncomingFile.objects.visible_to(request.user), key=key)


def _next(request: MemberRequest, material: Material) -> HttpResponse:
    """On to the files that still wait, or to what was just made."""
    waiting = IncomingFile.objects.visible_to(request.user).exists()
    return redirect("incoming_list") if waiting else redirect(material)


def _known(row: IncomingFile) -> dict[str, str]:
    """What the file itself says, for the form; its name stands in for a missing title."""
    stem = " ".join(PurePath(row.name).stem.replace("_", " ").split())
    known = {"title": row.facts.get("title") or stem, "language": row.facts.get("language", "")}
    if row.media_type == MP4.media_type:
        known["type"] = MaterialType.VIDEO
    return known
