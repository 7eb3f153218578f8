"""The outbox of coordinators: the list, one message, and the deeds on messages."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import (
    chosen,
    contact_log,
    message_page,
    message_search,
    message_words,
    outbox_deeds,
    resending,
    sending,
)
from experts.forms.outbox import ChosenForm, MessageFilterForm
from experts.models import Message, SendingPause, SuppressedAddress
from experts.requests import MemberRequest

PER_PAGE = 25


def message_list(request: MemberRequest) -> HttpResponse:
    now, zone = timezone.now(), request.user.person.zone
    form = MessageFilterForm(request.GET, user=request.user)
    if not form.is_usable:
        raise BadRequest
    visible = Message.objects.visible_to(request.user).select_related("person")
    found = message_search.find(visible, form.wanted, about=form.about, zone=zone)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    standing = contact_log.standing(request.user, now)
    paused = standing.paused_since is not None
    around = message_words.around(shown.object_list, zone=zone, paused=paused, at=now)
    context = {
        "form": form,
        "about": form.about,
        "page_obj": shown,
        "entries": contact_log.entries(shown.object_list, around),
        "standing": standing,
        "pause": sending.current() if paused else None,
        "may_pause": permissions.may_pause_sending.allows(request.user),
        "may_choose": request.user.access.plans_sessions,
    }
    return render(request, "experts/message_list.html", context)


def message_detail(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Message.objects.visible_to(request.user).select_related("person__country")
    message = get_object_or_404(visible, pk=pk)
    shown = message_page.build(
        message, request.user, paused=SendingPause.objects.exists(), at=timezone.now()
    )
    return render(request, "experts/message_detail.html", {"message": message, "shown": shown})


def _done(request: MemberRequest, pk: int, deed: Callable[[], object], said: str) -> HttpResponse:
    """Does a deed on one message that this person sees, and goes back to its page."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    try:
        deed()
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("message_detail", pk=message.pk)


@require_http_methods(["POST"])
def message_send_now(request: MemberRequest, pk: int) -> HttpResponse:
    return _done(
        request,
        pk,
        lambda: outbox_deeds.send_now(message_id=pk, by=request.user, at=timezone.now()),
        _("It leaves within a minute."),
    )


@require_http_methods(["POST"])
def message_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    return _done(
        request,
        pk,
        lambda: outbox_deeds.cancel(message_ids=[pk], by=request.user, at=timezone.now()),
        _("It will not be sent. Until it was due you can plan it again."),
    )


@require_http_methods(["POST"])
def message_plan_again(request: MemberRequest, pk: int) -> HttpResponse:
    return _done(
        request,
        pk,
        lambda: outbox_deeds.plan_again(message_id=pk, by=request.user, at=timezone.now()),
        _("It is planned again, for the same time."),
    )


@require_http_methods(["POST"])
def message_resend(request: MemberRequest, pk: int) -> HttpResponse:
    return _done(
        request,
        pk,
        lambda: resending.resend(message_ids=[pk], by=request.user, at=timezone.now()),
        _("It is sent once more, as it is true now."),
    )


@require_http_methods(["POST"])
def message_chosen(request: MemberRequest) -> HttpResponse:
    """Several messages at once: shown first, done with `confirm`."""
    form = ChosenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose at least one mail first."))
        return redirect("message_list")
    now, keys, deed = timezone.now(), form.cleaned_data["messages"], form.cleaned_data["deed"]
    visible = Message.objects.visible_to(request.user).filter(pk__in=keys)
    found = list(visible.select_related("person__country").order_by("pk"))
    for message in found:
        permissions.may_steer(request.user, message.person)
    if not found:
        messages.error(request, _("Choose at least one mail first."))
        return redirect("message_list")
    if form.cleaned_data["confirm"]:
        return _chosen_done(request, [m.pk for m in found], deed)
    is_resend = deed == ChosenForm.RESEND
    before = chosen.before_resending if is_resend else chosen.before_cancelling
    context = {"chosen": found, "deed": deed, "preview": before(found, at=now)}
    return render(request, "experts/message_chosen.html", context)


def _chosen_done(request: MemberRequest, keys: list[int], deed: str) -> HttpResponse:
    act = resending.resend if deed == ChosenForm.RESEND else outbox_deeds.cancel
    try:
        done = len(act(message_ids=keys, by=request.user, at=timezone.now()))
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("message_list")
    if deed == ChosenForm.RESEND:
        text = ngettext("%(n)d mail is sent once more.", "%(n)d mails are sent once more.", done)
    else:
        text = ngettext("%(n)d mail will not be sent.", "%(n)d mails will not be sent.", done)
    messages.success(request, text % {"n": done})
    return redirect("message_list")


@require_http_methods(["POST"])
def address_trust(request: MemberRequest, pk: int) -> HttpResponse:
    """Lets mails go to an address again, from the message that came back or from operations."""
    row = get_object_or_404(SuppressedAddress.objects.visible_to(request.user), pk=pk)
    outbox_deeds.lift(address_id=row.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Mails go to this address again."))
    message = request.POST.get("message", "")
    if message.isascii() and message.isdigit() and len(message) < 19:
        return redirect("message_detail", pk=int(message))
    return redirect("operations")


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
