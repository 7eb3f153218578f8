"""Asking people to vote, and asking once more: shown first, then sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.fields import PeopleForm
from experts.requests import MemberRequest
from sessions.domain import polls, who_gets_what
from sessions.views.polls import run


@require_http_methods(["GET", "HEAD", "POST"])
def poll_ask(request: MemberRequest, pk: int) -> HttpResponse:
    poll = run(request, pk)
    candidates = polls.candidates(poll, request.user)
    form = PeopleForm(request.POST or None, candidates=candidates)
    preview = None
    if form.is_valid() and "show" in request.POST:
        preview = who_gets_what.before_asking(poll, form.chosen(), at=timezone.now())
    elif form.is_valid():
        try:
            new = polls.ask(poll_id=pk, people=form.chosen(), by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            text = ngettext(
                "%(count)d person gets a link to vote.", "%(count)d people get a link to vote.", new
            )
            messages.success(request, text % {"count": new})
            return redirect("poll_detail", pk=pk)
    context = {"poll": poll, "form": form, "candidates": candidates, "preview": preview}
    return render(request, "sessions/poll_ask.html", context)


@require_http_methods(["POST"])
def poll_nudge(request: MemberRequest, pk: int) -> HttpResponse:
    """Reminds who has not voted; with `show` only says who would get what."""
    poll = run(request, pk)
    if "show" in request.POST:
        preview = who_gets_what.before_nudging(poll, at=timezone.now())
        return render(request, "sessions/poll_nudge.html", {"poll": poll, "preview": preview})
    try:
        count = polls.nudge(poll_id=poll.pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _nudged(count))
    return redirect("poll_detail", pk=pk)


def _nudged(count: int) -> str:
    if not count:
        return _("Everybody has voted, or was reminded within the last 24 hours.")
    text = ngettext(
        "%(count)d reminder is on its way.", "%(count)d reminders are on their way.", count
    )
    return text % {"count": count}
