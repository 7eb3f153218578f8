"""The list of changes, narrowed, decided on together, and taken home as a table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.requests import MemberRequest
from feedback.changes import permissions
from feedback.changes.domain import deciding, filters, page
from feedback.changes.exports import prose, tables
from feedback.changes.forms.lists import AlikeForm, ChangeFilterForm
from feedback.changes.models import ChangeRequest

PER_PAGE = 25
READ = 1000


@require_http_methods(["GET", "HEAD", "POST"])
def change_list(request: MemberRequest) -> HttpResponse:
    """POST decides on the ticked requests of the page, one way and for one reason."""
    form, found = _found(request)
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today = clock.today_of(request.user)
    rows = page.rows(page_obj.object_list, request.user, today)
    alike = AlikeForm(request.POST if request.method == "POST" else None)
    if alike.is_bound and alike.is_valid():
        try:
            done = deciding.decide_alike(
                change_ids=alike.ticked,
                decision=alike.cleaned_data["decision"],
                reason=alike.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            alike.add_error(None, str(error))
        else:
            _say(request, done)
            return redirect(request.get_full_path())
    context = {
        "form": form,
        "page_obj": page_obj,
        "rows": rows,
        "undecided": found.undecided().count(),
        "alike": alike,
        "may_decide": any(row.may_decide for row in rows),
        "query": request.GET.urlencode(),
        "may_ask": permissions.may_enter_new.allows(request.user),
    }
    return render(request, "feedback/change_list.html", context)


@require_safe
def change_csv(request: MemberRequest) -> HttpResponseBase:
    return tables.as_csv(_found(request)[1], request.user)


@require_safe
def change_xlsx(request: MemberRequest) -> HttpResponseBase:
    return tables.as_xlsx(_found(request)[1], request.user)


@require_safe
def change_docx(request: MemberRequest) -> HttpResponse:
    """A document of the first thousand; more than that nobody reads."""
    return prose.as_docx(_found(request)[1][:READ], request.user)


def _found(request: MemberRequest) -> tuple[ChangeFilterForm, Any]:
    """The filter bar and what it leaves, open ones first. Raises BadRequest."""
    form = ChangeFilterForm(request.GET, user=request.user)
    if not form.is_valid():
        raise BadRequest
    today = clock.today_of(request.user)
    visible = ChangeRequest.objects.visible_to(request.user)
    found = filters.apply(visible, form.wanted, today=today)
    return form, found.with_facts().open_first()


def _say(request: MemberRequest, done: deciding.Sum) -> None:
    text = ngettext("%(n)d change is decided.", "%(n)d changes are decided.", done.decided)
    messages.success(request, text % {"n": done.decided})
    if done.left:
        messages.warning(request, _("Some were decided on meanwhile and are left as they are."))
