"""What was drawn from a version, how far the drawing is, and drawing it again."""

from __future__ import annotations

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from materials import answers, permissions
from materials.domain import reading, renditions
from materials.domain.names import download_name
from materials.models import Page, Rendition, Version
from materials.views.reading import check_drawn, drawn, opened

WEBP = "image/webp"


@require_safe
def version_pdf(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The PDF that an Office or ODF file became."""
    version = drawn(request, pk)
    rendition = _rendition(version)
    name = download_name(version).rpartition(".")[0] + ".pdf"
    return _made(request, rendition.pdf, "application/pdf", name)


@require_safe
def version_thumbnail(request: MemberRequest, pk: int) -> HttpResponseBase:
    version = drawn(request, pk)
    return _made(request, _rendition(version).thumbnail, WEBP, "thumbnail.webp")


@require_safe
def page_image(request: MemberRequest, pk: int) -> HttpResponseBase:
    pages = Page.objects.visible_to(request.user).select_related("version__material")
    page = get_object_or_404(pages, pk=pk)
    check_drawn(request, page.version)
    return _made(request, page.image, WEBP, f"{page.number}.webp")


@require_safe
def version_drawing(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the drawing is; asked by htmx, the moving part alone."""
    version = opened(request, pk)
    shown = reading.of(version, request.user)
    context = {"version": version, "reading": shown}
    if not getattr(request, "htmx", False):
        return render(request, "materials/version_detail.html", context)
    response = render(request, "materials/_version_drawing.html", context)
    if shown.rendition is not None and not shown.rendition.is_open:
        # The page has more to show now than this one part.
        response["HX-Refresh"] = "true"
    return response


@require_http_methods(["POST"])
def version_draw_again(request: MemberRequest, pk: int) -> HttpResponse:
    version = opened(request, pk)
    permissions.may_edit(request.user, version.material)
    try:
        renditions.draw_again(version_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The version is drawn again."))
    return redirect(version)


@require_http_methods(["POST"])
def version_draw_stop(request: MemberRequest, pk: int) -> HttpResponse:
    version = opened(request, pk)
    permissions.may_edit(request.user, version.material)
    _rendition(version)
    try:
        renditions.cancel(version_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The drawing was stopped. The file itself is kept."))
    return redirect(version)


def _rendition(version: Version) -> Rendition:
    return get_object_or_404(Rendition, version=version)


def _made(request: HttpRequest, file: FieldFile, media_type: str, name: str) -> HttpResponseBase:
    if not file:
        raise Http404
    return answers.send(request, answers.of_made(str(file.name), media_type, name))
