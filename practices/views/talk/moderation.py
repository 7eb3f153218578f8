"""What moderators look at and decide."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from experts.requests import MemberRequest
from practices import permissions
from practices.domain.talk import moderating, reading
from practices.forms.talk import TakeDownForm
from practices.views.talk import deeds
from practices.views.talk.comments import find


@require_safe
def moderation_list(request: MemberRequest) -> HttpResponse:
    permissions.may_see_moderation(request.user)
    queue = moderating.queue(request.user)
    now = timezone.now()
    context = {
        "reported": reading.with_things(queue.reported, request.user, now),
        "taken_down": reading.with_things(queue.taken_down, request.user, now),
    }
    return render(request, "practices/talk_moderation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_take_down(request: MemberRequest, pk: int) -> HttpResponse:
    comment = find(request, pk)
    permissions.may_moderate(request.user, comment)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        moderating.take_down(comment_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The comment is taken down, and its writer is told why."))
        return redirect("moderation_list")
    return deeds.page(request, deeds.TAKE_DOWN, comment, form)


@require_POST
def comment_put_back(request: MemberRequest, pk: int) -> HttpResponse:
    find(request, pk)
    moderating.put_back(comment_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The comment is shown again, and its writer is told."))
    return redirect("moderation_list")


@require_POST
def comment_keep(request: MemberRequest, pk: int) -> HttpResponse:
    find(request, pk)
    moderating.keep(comment_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The comment stays; the report is settled."))
    return redirect("moderation_list")
