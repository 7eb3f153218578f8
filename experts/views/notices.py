"""What reached the reader: the page behind the bell."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from experts.domain import bell
from experts.forms.notices import NoticeFilterForm
from experts.requests import MemberRequest

PER_PAGE = 25


def notice_list(request: MemberRequest) -> HttpResponse:
    form = NoticeFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    found = bell.of(request.user.person, topic=form.cleaned_data["topic"])
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": shown,
        "notices": bell.notices(shown.object_list),
        "standing": _standing(request.user.unread),
    }
    return render(request, "experts/notice_list.html", context)


def _standing(unread: int) -> str:
    if not unread:
        return _("You have read everything.")
    if unread >= bell.MANY:
        return _("More than 99 notices are new.")
    return ngettext("%(n)d notice is new.", "%(n)d notices are new.", unread) % {"n": unread}


@require_http_methods(["POST"])
def notice_open(request: MemberRequest, pk: int) -> HttpResponse:
    """Marks a notice as read and goes to the page it is about, or back to the list."""
    link = bell.read(request.user.person, pk, at=timezone.now())
    if link is None:
        raise Http404
    return redirect(link or "notice_list")


@require_http_methods(["POST"])
def notices_read(request: MemberRequest) -> HttpResponse:
    bell.read_all(request.user.person, at=timezone.now())
    messages.success(request, _("All notices are marked as read."))
    return redirect("notice_list")
