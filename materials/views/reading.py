"""Reading a version: its page, its file, and its pages as text and pictures."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible, Refused
from experts.requests import MemberRequest
from materials import answers
from materials.domain import copies, editions, reading, words
from materials.models import Version

PAGES_SHOWN = 20


@require_safe
def version_detail(request: MemberRequest, pk: int) -> HttpResponse:
    version = opened(request, pk)
    context = {
        "version": version,
        "reading": reading.of(version, request.user),
        "supersession": editions.supersession(version),
        "panels": panels.of("version", request.user, version),
    }
    return render(request, "materials/version_detail.html", context)


@require_safe
def version_file(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The file; for people who were asked to read it, the copy without names."""
    version = opened(request, pk)
    if version.link:
        raise Http404
    if not reading.gets_copy(version, request.user) or not copies.can_be_stripped(version):
        return answers.answer(request, version)
    try:
        rendition = copies.there(version)
    except NotPossible as error:
        raise Refused(str(error)) from error
    return answers.send(request, answers.of_copy(version, rendition))


@require_safe
def version_text(request: MemberRequest, pk: int) -> HttpResponse:
    """The pages as words and pictures: for screen readers, small screens and no script."""
    version = opened(request, pk)
    pages = Paginator(version.page_set.order_by("number"), PAGES_SHOWN)
    context = {
        "version": version,
        "direction": words.direction(version.language),
        "page_obj": pages.get_page(request.GET.get("page")),
    }
    return render(request, "materials/version_text.html", context)


def opened(request: MemberRequest, pk: int) -> Version:
    """A version this reader may open; missing and forbidden answer the same."""
    versions = Version.objects.visible_to(request.user).with_standing()
    return get_object_or_404(versions.select_related("material", "uploaded_by"), pk=pk)
