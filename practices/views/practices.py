"""Good practices: the list with its index, a practice in its versions, the table to take home."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cop_platform.common import panels
from experts.domain import clock
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.practices import filters, page
from practices.exports import practices as tables
from practices.forms.practices import PracticeFilterForm
from practices.models import Practice, PracticeVersion
from practices.querysets import PracticeQuerySet, PracticeVersionQuerySet

PER_PAGE = 20
AT_WORK = 12


@require_safe
def practice_list(request: MemberRequest) -> HttpResponse:
    form, found = _found(request)
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    at_work = filters.at_work(request.user)[:AT_WORK]
    context = {
        "form": form,
        "page_obj": page_obj,
        "rows": filters.rows(page_obj.object_list),  # type: ignore[arg-type]  # of `found`
        "index": filters.index(),
        "at_work": [(version, page.state(version)) for version in at_work],
        "query": request.GET.urlencode(),
        "kept": _kept(request),
        "may_write": permissions.may_contribute.allows(request.user),
    }
    return render(request, "practices/practice_list.html", context)


@require_safe
def practice_csv(request: MemberRequest) -> HttpResponseBase:
    return tables.as_csv(_found(request)[1])


@require_safe
def practice_xlsx(request: MemberRequest) -> HttpResponseBase:
    return tables.as_xlsx(_found(request)[1])


@require_safe
def practice_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The published version; before there is one, the version at work."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), pk=pk)
    versions = PracticeVersion.objects.visible_to(request.user).filter(practice=practice)
    if practice.current_id is not None:
        versions = versions.filter(pk=practice.current_id)
    return _shown(request, get_object_or_404(_whole(versions).order_by("-number")[:1]))


@require_safe
def practice_version(request: MemberRequest, pk: int) -> HttpResponse:
    versions = PracticeVersion.objects.visible_to(request.user)
    return _shown(request, get_object_or_404(_whole(versions), pk=pk))


def _whole(versions: PracticeVersionQuerySet) -> PracticeVersionQuerySet:
    return versions.select_related(
        "practice__country",
        "practice__partner",
        "practice__topic",
        "practice__author",
        "practice__current",
        "screened_by",
        "checked_by",
    )


def _shown(request: MemberRequest, version: PracticeVersion) -> HttpResponse:
    shown = page.build(version, request.user, clock.today_of(request.user))
    practice = version.practice
    # What is talked about and told of is what was published.
    beside = panels.of("practice", request.user, practice) if practice.current_id else []
    context = {"page": shown, "panels": beside}
    return render(request, "practices/practice_detail.html", context)


def _kept(request: MemberRequest) -> str:
    """The filters that stay when a word of the index is pressed."""
    kept = request.GET.copy()
    for name in ("q", "topic", "tag", "page"):
        kept.pop(name, None)
    return kept.urlencode()


def _found(request: MemberRequest) -> tuple[PracticeFilterForm, PracticeQuerySet]:
    """The filter bar and what it leaves. Raises BadRequest."""
    form = PracticeFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    return form, filters.apply(Practice.objects.visible_to(request.user), form.wanted())
