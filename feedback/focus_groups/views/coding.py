"""Coding a group, quote by quote."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from experts.requests import MemberRequest
from feedback.focus_groups.domain.coding import coding, coding_page
from feedback.focus_groups.forms.coding import PassForm
from feedback.focus_groups.models import FocusGroup


@require_http_methods(["GET", "HEAD", "POST"])
def group_coding(request: MemberRequest, pk: int) -> HttpResponse:
    heard = FocusGroup.objects.heard_by(request.user)
    group = get_object_or_404(heard.select_related("session", "country"), pk=pk)
    sent = request.method == "POST"
    quote_id = _quote_id((request.POST if sent else request.GET).get("quote", ""))
    form = PassForm(request.POST) if sent else None
    page = coding_page.build(group, request.user, quote_id, form.codes if form else None)
    if page.current is None and (quote_id is not None or sent):
        raise Http404
    if form and page.current:
        try:
            coding.code_quote(
                quote_id=page.current.quote.pk,
                codes=form.codes,
                by=request.user,
                at=timezone.now(),
            )
        except coding.NotCodable as error:
            form.add_error(None, str(error))
        else:
            return redirect(_next(request, group, page))
    context = {"group": group, "page": page, "form": form}
    return render(request, "feedback/group_coding.html", context)


def _next(request: MemberRequest, group: FocusGroup, page: coding_page.CodingPage) -> str:
    """On to the next quote; when all are done, to the differences."""
    address = reverse("group_coding", args=[group.pk])
    waiting = coding_page.following(page)
    if waiting is not None:
        return f"{address}?quote={waiting}"
    messages.success(request, _("You have been through all quotes of this group."))
    return f"{address}?quote={page.current.quote.pk}#differences" if page.current else address


def _quote_id(typed: str) -> int | None:
    """None where no quote is asked for. Raises Http404 for what cannot be a key."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 20):
        raise Http404
    return int(typed)
