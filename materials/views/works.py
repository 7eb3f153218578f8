"""Uploading, listing and opening materials and their versions."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from materials import answers, permissions
from materials.domain import filters, intake, page, uploads
from materials.forms.works import MaterialFilterForm, MaterialForm, VersionForm
from materials.models import Material, Version

PER_PAGE = 25


@require_safe
def material_list(request: MemberRequest) -> HttpResponse:
    form = MaterialFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    wanted = filters.MaterialFilter(**form.cleaned_data)
    found = filters.apply(Material.objects.visible_to(request.user), wanted, user=request.user)
    shown = Paginator(found.with_standing().select_related("country"), PER_PAGE)
    page_obj = shown.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page_obj,
        "cards": page.cards(page_obj.object_list),
        "may_upload": permissions.may_upload.allows(request.user),
        "may_package": request.user.access.plans_sessions,
    }
    return render(request, "materials/material_list.html", context)


@require_safe
def material_detail(request: MemberRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    context = {"material": material, "page": page.build(material, request.user)}
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
            _show(form, error)
        else:
            messages.success(request, _("The material is stored. Its file opens on release."))
            return redirect(material)
    form.say_choose_again()
    context = {"form": form, "formats": intake.accepted_formats()}
    return render(request, "materials/material_form.html", context)


@require_http_methods(["GET", "POST"])
def version_new(request: MemberRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    permissions.may_edit(request.user, material)
    form = VersionForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            version = uploads.add_version(
                material_id=pk, facts=form.version_facts(), by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            _show(form, error)
        else:
            text = _("Version %(number)d is stored. Its file opens on release.")
            messages.success(request, text % {"number": version.number})
            return redirect(material)
    form.say_choose_again()
    context = {"form": form, "material": material, "formats": intake.accepted_formats()}
    return render(request, "materials/version_form.html", context)


def _show(form: VersionForm, error: NotPossible) -> None:
    """Puts a refusal of the domain beside the field it is about."""
    field = "link" if form.cleaned_data.get("link") else "file"
    if isinstance(error, uploads.CodeNotPossible):
        field = "code"
    form.add_error(field, str(error))


@require_http_methods(["POST"])
def version_release(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    material = _material(request, pk)
    versions = Version.objects.visible_to(request.user).filter(material=material)
    version = get_object_or_404(versions, number=number)
    uploads.release(version_id=version.pk, by=request.user, at=timezone.now())
    text = _("Version %(number)d is released; every member can open it now.")
    messages.success(request, text % {"number": number})
    return redirect(material)


@require_safe
def version_detail(request: MemberRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    return render(request, "materials/version_detail.html", {"version": version})


@require_safe
def version_file(request: MemberRequest, pk: int) -> HttpResponseBase:
    version = _version(request, pk)
    if version.link:
        raise Http404
    return answers.answer(request, version)


def _material(request: MemberRequest, pk: int) -> Material:
    materials = Material.objects.visible_to(request.user)
    return get_object_or_404(materials.select_related("owner", "country"), pk=pk)


def _version(request: MemberRequest, pk: int) -> Version:
    versions = Version.objects.visible_to(request.user)
    return get_object_or_404(versions.select_related("material", "uploaded_by"), pk=pk)
