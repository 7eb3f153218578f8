"""Calendars to subscribe to: the page where they are made, and the text programs fetch."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from sessions.domain import feeds
from sessions.forms.feeds import AlarmForm, NewFeedForm
from sessions.models import Feed


@require_http_methods(["GET", "HEAD", "POST"])
def feed_list(request: MemberRequest) -> HttpResponse:
    """One's calendars; posting makes the address of another one."""
    if request.method == "POST":
        return _make(request)
    alarms = AlarmForm.base_fields["alarm"].choices  # type: ignore[attr-defined]
    context = {"cards": feeds.cards(request.user), "alarms": alarms}
    return render(request, "sessions/feed_list.html", context)


def _make(request: MemberRequest) -> HttpResponse:
    form = NewFeedForm(request.POST, user=request.user)
    if not form.is_valid():
        raise BadRequest
    try:
        feeds.make(**form.cleaned_data, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The calendar has an address now. Add it to your program."))
    return redirect("feed_list")


@require_http_methods(["POST"])
def feed_alarm(request: MemberRequest, pk: int) -> HttpResponse:
    get_object_or_404(Feed.objects.visible_to(request.user), pk=pk)
    form = AlarmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose an alarm from the list."))
        return redirect("feed_list")
    feeds.set_alarm(feed_id=pk, minutes=form.cleaned_data["alarm"], by=request.user)
    messages.success(request, _("The alarm was saved; calendars take it up when they look again."))
    return redirect("feed_list")


@require_http_methods(["POST"])
def feed_rotate(request: MemberRequest, pk: int) -> HttpResponse:
    get_object_or_404(Feed.objects.visible_to(request.user), pk=pk)
    feeds.rotate(feed_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The calendar has a new address; the old one stopped at once."))
    return redirect("feed_list")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The feed's text; an unchanged one is answered without being written again.

    Only the ETag is compared: a session that left the feed would not move Last-Modified.
    """
    found = feeds.find(token)
    if found is None:
        raise Http404
    snapshot = feeds.look(found, timezone.now())
    response = get_conditional_response(request, etag=snapshot.etag)
    if response is None:
        response = HttpResponse(feeds.render(snapshot), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="sessions.ics"'
    response["ETag"] = snapshot.etag
    response["Last-Modified"] = http_date(snapshot.changed_at.timestamp())
    response["Cache-Control"] = "private, no-cache"
    return response
