"""The catalogue of released editions: pages for everybody, without an account or a cookie."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import segno
from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common import clients, signatures
from experts import reference
from materials import answers, promises
from materials.domain import catalogue, catalogue_entries, catalogue_facets, described, usage
from materials.domain.catalogue_facets import Choice, Facet
from materials.domain.names import download_name
from materials.enums import UsedHow
from materials.forms.catalogue import CatalogueForm, UsedForm, UsedWhereForm
from materials.models import Material, Version

PER_PAGE = 20


@require_safe
def catalogue_list(request: HttpRequest) -> HttpResponse:
    form = CatalogueForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    wanted, today = form.wanted(), timezone.localdate()
    found = catalogue.find(wanted, today)
    counted = catalogue_facets.count(wanted, found, today)
    paginator = Paginator(found.keys, PER_PAGE)
    paginator.count = counted.total
    page_obj = paginator.get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "page_obj": page_obj,
        "has_more": found.has_more,
        "entries": catalogue_entries.entries(
            list(page_obj.object_list), asked=wanted.q, today=today
        ),
        "facets": tuple(
            _linked(facet, request.GET.urlencode())
            for facet in catalogue_facets.facets(counted, wanted)
        ),
        "kept": [(k, v) for k, v in request.GET.items() if k not in {"q", "page"} and v],
        "all": f"?{lang}" if (lang := _language(request)) else "?",
        "lang": _language(request),
        "feed": described.address("catalogue_feed"),
    }
    return render(request, "materials/catalogue_list.html", context)


@dataclass(frozen=True)
class _Linked:
    """A facet with the address of each of its choices and of none."""

    facet: Facet
    links: tuple[tuple[Choice, str], ...]
    without: str


@lru_cache(maxsize=500)
def _linked(facet: Facet, said: str) -> _Linked:
    """For a page of which the address said this; the same for everybody who follows a link."""
    query = QueryDict(said)

    def address(value: str) -> str:
        changed = query.copy()
        changed.pop("page", None)
        changed.pop(facet.name, None)
        if value:
            changed[facet.name] = value
        return f"?{changed.urlencode()}"

    links = tuple((choice, address(choice.value)) for choice in facet.choices)
    return _Linked(facet, links, address(""))


@require_safe
def catalogue_entry(request: HttpRequest, code: str) -> HttpResponse:
    return _entry(request, code)


def _entry(
    request: HttpRequest,
    code: str,
    *,
    problem: str = "",
    status: int = 200,
    thanks: Mapping[str, str] | None = None,
) -> HttpResponse:
    material = _material(code)
    page = catalogue_entries.page(
        material, today=timezone.localdate(), for_member=_is_member(request)
    )
    if page is None:
        raise Http404
    thanks = request.GET if thanks is None else thanks
    context = {
        "page": page,
        "material": material,
        "schema_org": described.schema_org(page, nonce=str(getattr(request, "csp_nonce", ""))),
        "dublin_core": described.dublin_core(page),
        "answers": UsedHow.choices,
        "thanked": thanks.get("used", ""),
        "receipt": thanks.get("receipt", ""),
        "told": "told" in thanks,
        "countries": reference.countries() if thanks.get("receipt") else (),
        "problem": problem,
        "lang": _language(request),
        "has_changes": promises.exist(material.pk),
    }
    return render(request, "materials/catalogue_entry.html", context, status=status)


def _is_member(request: HttpRequest) -> bool:
    """Asked only where a log-in could be: everybody else reads these pages without a cookie."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_authenticated and request.user.access.is_member


@require_safe
def catalogue_changes(request: HttpRequest, code: str) -> HttpResponse:
    """What was asked of a material and what became of it; missing while nothing is released."""
    material = _material(code)
    if not material.versions.released().exists():
        raise Http404
    context = {
        "material": material,
        "rows": promises.rows(material.pk),
        "lang": _language(request),
    }
    return render(request, "materials/catalogue_changes.html", context)


@require_safe
def catalogue_file(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    version = _version(code, number)
    if version.link:
        raise Http404
    response = answers.answer(request, version)
    if _begins_a_download(request, response):
        usage.count_download(version_id=version.pk, at=timezone.now())
    return response


@require_safe
def catalogue_signature(_request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The project's signature of a released file, called as the file is, with .sig behind."""
    version = _version(code, number)
    signature = signatures.of_stored(version.file, version.sha256)
    if signature is None:
        raise Http404
    response = HttpResponse(signature, content_type="application/octet-stream")
    name = f"{download_name(version)}.sig"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "public, max-age=300"
    return response


def _begins_a_download(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether somebody fetches the file: not a look at its head, and not its next part."""
    part = request.headers.get("Range", "")
    from_the_start = not part or part.startswith("bytes=0-")
    return request.method == "GET" and response.status_code in {200, 206} and from_the_start


# No cookie gives a right here, so there is none to borrow; the answer is a number.
@csrf_exempt
@require_http_methods(["POST"])
def catalogue_used(request: HttpRequest, code: str, number: int) -> HttpResponse:
    version = _version(code, number)
    form = UsedForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    try:
        receipt = usage.used_with_learner(
            version=version,
            how=form.cleaned_data["how"],
            address=clients.address_of(request),
            at=timezone.now(),
        )
    except usage.TooOften as error:
        return _entry(request, code, problem=str(error), status=429)
    return _thanked(request, code, number, f"receipt={receipt}")


@csrf_exempt
@require_http_methods(["POST"])
def catalogue_used_where(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The country of an answer, told afterwards by whoever gave it, if they like."""
    version = _version(code, number)
    form = UsedWhereForm(request.POST)
    if not form.is_valid():
        thanks = {"used": str(number), "receipt": request.POST.get("receipt", "")}
        return _entry(request, code, problem=_("Choose a country of the list."), thanks=thanks)
    try:
        usage.used_where(version=version, **form.cleaned_data)
    except usage.AskedTooLate as error:
        return _entry(request, code, problem=str(error), status=409)
    return _thanked(request, code, number, "told=1")


def _thanked(request: HttpRequest, code: str, number: int, more: str) -> HttpResponse:
    query = "&".join(filter(None, [f"used={number}", more, _language(request)]))
    return redirect(f"{reverse('catalogue_entry', args=[code])}?{query}#v{number}")


@require_safe
def catalogue_card(request: HttpRequest, code: str) -> HttpResponse:
    material = _material(code)
    page = catalogue_entries.page(material, today=timezone.localdate())
    if page is None:
        raise Http404
    address = described.address("catalogue_entry", material.code)
    context = {"page": page, "material": material, "address": address, "qr": _qr(address)}
    return render(request, "materials/catalogue_card.html", context)


def _qr(address: str) -> SafeString:
    """The address as squares; drawn here, so that nobody else learns what is printed."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, omitsize=True, nl=False, dark="#000", light="#fff")
    return mark_safe(drawn.getvalue().decode())  # noqa: S308  made of squares, holds no text


@require_safe
def catalogue_feed(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse(described.feed(), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


def _language(request: HttpRequest) -> str:
    """The language a guest carries along in the address."""
    chosen = request.GET.get("lang", "")
    return f"lang={chosen}" if chosen.isalpha() and len(chosen) <= 3 else ""


def _material(code: str) -> Material:
    return get_object_or_404(Material, code=code.upper())


def _version(code: str, number: int) -> Version:
    """Also by its number only what is released."""
    released = Version.objects.released().select_related("material")
    return get_object_or_404(released, material__code=code.upper(), number=number)
