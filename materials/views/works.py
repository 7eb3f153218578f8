"""Uploading, listing and opening materials and their versions."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from materials import gates, permissions
from materials.domain import editions, errata, filters, page, uploads, usage
from materials.enums import UsedHow
from materials.forms.editions import NewVersionForm
from materials.forms.works import MaterialFilterForm, MaterialForm, VersionForm
from materials.models import Material, Version
from materials.views.incoming import zone

PER_PAGE = 25


@require_safe
def material_list(request: MemberRequest) -> HttpResponse:
    form = MaterialFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    wanted = filters.MaterialFilter(**form.cleaned_data)
    found = filters.find(Material.objects.visible_to(request.user), wanted, user=request.user)
    page_obj = Paginator(found.keys, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page_obj,
        "has_more": found.has_more,
        "cards": page.cards(page_obj.object_list),
        "may_upload": permissions.may_upload.allows(request.user),
        "may_package": request.user.access.plans_sessions,
    }
    return render(request, "materials/material_list.html", context)


@require_safe
def material_detail(request: MemberRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    shown = page.build(material, request.user)
    context = {
        "material": material,
        "page": shown,
        "uses": usage.by_country(material) if shown.may_edit else [],
        "used_how": [label for _value, label in UsedHow.choices],
        "panels": panels.of("material", request.user, material),
    }
    return render(request, "materials/material_detail.html", context)


@require_http_methods(["GET", "POST"])
def material_new(request: MemberRequest) -> HttpResponse:
    permissions.may_upload(request.user)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            material = uploads.create_material(
                facts=form.material_facts(),
                first=form.version_facts(),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The material is stored. Its file opens on release."))
            return redirect(material)
    form.say_choose_again()
    context = {"form": form, **zone(request)}
    return render(request, "materials/material_form.html", context)


@require_http_methods(["GET", "POST"])
def version_new(request: MemberRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    permissions.may_edit(request.user, material)
    form = NewVersionForm(request.POST or None, request.FILES or None, material=material)
    if form.is_valid():
        try:
            version = uploads.add_version(
                material_id=pk, facts=form.version_facts(), by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            show_refusal(form, error)
        else:
            text = _("Version %(number)d is stored. Its file opens on release.")
            messages.success(request, text % {"number": version.number})
            return redirect(material)
    form.say_choose_again()
    # The piece of the address that becomes the key once the file has one.
    after = f"{reverse('incoming_version', args=['KEY'])}?material={pk}"
    context = {"form": form, "material": material, "next": after, **zone(request)}
    return render(request, "materials/version_form.html", context)


def show_refusal(form: VersionForm, error: NotPossible) -> None:
    """Puts a refusal of the domain beside the field it is about."""
    field = "link" if form.cleaned_data.get("link") else "file"
    if isinstance(error, uploads.CodeNotPossible):
        field = "code"
    elif isinstance(error, editions.NotASource):
        field = "source"
    elif isinstance(error, errata.NothingToMend):
        field = "is_erratum"
    form.add_error(field if field in form.fields else None, str(error))


@require_http_methods(["GET", "POST"])
def version_release(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """What keeps a version from being released, and the button where nothing does."""
    material = _material(request, pk)
    versions = Version.objects.visible_to(request.user).filter(material=material)
    version = get_object_or_404(versions, number=number)
    permissions.may_edit(request.user, material)
    if request.method == "POST":
        try:
            uploads.release(version_id=version.pk, by=request.user, at=timezone.now())
        except gates.NotReleasable:
            pass  # the page names what is open
        else:
            text = _("Version %(number)d is released; every member can open it now.")
            messages.success(request, text % {"number": number})
            return redirect(material)
    version.material = material
    context = {
        "version": version,
        "obstacles": gates.obstacles(version, request.user, timezone.now()),
        "waivers": gates.waivers([version.pk]).get(version.pk, []),
        "panels": panels.of("release", request.user, version),
    }
    return render(request, "materials/version_release.html", context)


def _material(request: MemberRequest, pk: int) -> Material:
    materials = Material.objects.visible_to(request.user)
    return get_object_or_404(materials.select_related("owner", "country"), pk=pk)
