"""Parts and levels of a material, and the picture of what all of them cover."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from experts.requests import MemberRequest
from materials import permissions
from materials.domain import coverage, tags
from materials.forms.tags import MaterialTagsForm
from materials.models import Material


@require_http_methods(["GET", "POST"])
def material_tags(request: MemberRequest, pk: int) -> HttpResponse:
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    permissions.may_edit(request.user, material)
    form = MaterialTagsForm.of(material, request.POST or None)
    if request.method == "POST":
        form = MaterialTagsForm.of(material, request.POST)
        if form.is_valid():
            tags.set_tags(material_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Parts and levels are saved."))
            return redirect(material)
    return render(request, "materials/material_tags.html", {"form": form, "material": material})


@require_safe
def material_coverage(request: MemberRequest) -> HttpResponse:
    materials = Material.objects.visible_to(request.user).order_by("code")
    found = coverage.build(
        materials.only("code", "title", "parts", "owner", "country"), request.user
    )
    context = {"coverage": found, "left": coverage.LEFT, "width": coverage.WIDTH}
    return render(request, "materials/material_coverage.html", context)
