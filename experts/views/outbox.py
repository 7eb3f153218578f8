"""The outbox of coordinators, and the switch that pauses it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from experts import permissions
from experts.domain import contact_log, sending
from experts.forms.outbox import MessageFilterForm
from experts.models import Message
from experts.requests import MemberRequest

PER_PAGE = 25


def message_list(request: MemberRequest) -> HttpResponse:
    form = MessageFilterForm(request.GET, user=request.user)
    if not form.is_valid():
        raise BadRequest
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    found = Message.objects.visible_to(request.user).filter(**wanted).select_related("person")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    standing = contact_log.standing(request.user, timezone.now())
    context = {
        "form": form,
        "page_obj": shown,
        "entries": contact_log.entries(shown.object_list),
        "standing": standing,
        "pause": sending.current() if standing.paused_since else None,
        "may_pause": permissions.may_pause_sending.allows(request.user),
    }
    return render(request, "experts/message_list.html", context)


@require_http_methods(["POST"])
def sending_pause(request: MemberRequest) -> HttpResponse:
    sending.pause(by=request.user, at=timezone.now())
    messages.success(request, _("Sending is paused. Mails are still planned, and none leaves."))
    return redirect("message_list")


@require_http_methods(["POST"])
def sending_resume(request: MemberRequest) -> HttpResponse:
    sending.resume(by=request.user, at=timezone.now())
    messages.success(request, _("Sending goes on. What waited leaves within a minute."))
    return redirect("message_list")
