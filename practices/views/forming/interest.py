"""Polls of interest of who coordinates, and the guests' page behind their link."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common import clients, throttle
from cop_platform.common.guest_words import Words
from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.models import CommunityOfPractice
from experts.requests import MemberRequest
from practices.domain.forming import interest, interest_words, matching
from practices.forms.forming_circles import InterestForm, InterestPollForm
from practices.models import InterestPoll
from practices.querysets import InterestPollQuerySet

# A meeting may answer from one place; a machine does not get far.
ANSWERS_AN_HOUR = 60


@require_http_methods(["GET", "POST"])
def interest_new(request: MemberRequest, pk: int) -> HttpResponse:
    cop = get_object_or_404(CommunityOfPractice.objects.visible_to(request.user), pk=pk)
    permissions.may_write_charter(request.user, cop)
    usual = {"closes_on": timezone.localdate() + timedelta(days=21)}
    form = InterestPollForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_bound and form.is_valid():
        try:
            poll = interest.make(cop_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as error:
            form.add_error("closes_on", str(error))
        else:
            messages.success(request, _("The poll is open. Give its link to whom you want."))
            return redirect(poll)
    return render(request, "practices/forming_interest_form.html", {"cop": cop, "form": form})


@require_safe
def interest_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """What came out of it: topics by rank, and who completes whom."""
    poll = get_object_or_404(_polls(request), pk=pk)
    answers = interest.said(poll)
    context = {
        "poll": poll,
        "count": len(answers),
        "is_open": interest.is_open(poll, timezone.now()),
        "link": settings.BASE_URL + interest.address(poll),
        "ranked": matching.ranked(answers),
        "pairs": matching.pairs(answers)[:50],
    }
    return render(request, "practices/forming_interest_detail.html", context)


@require_POST
def interest_renew(request: MemberRequest, pk: int) -> HttpResponse:
    poll = get_object_or_404(_polls(request), pk=pk)
    interest.renew_link(poll_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("There is a new link; the old one opens nothing any more."))
    return redirect(poll)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def interest_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The guests' page: looking changes nothing, the button does; the token is the only right."""
    accepted = request.headers.get("Accept-Language", "")
    words = interest_words.wanted(request.GET.get("lang", ""), accepted)
    poll = interest.find_by_token(token)
    if poll is None:
        return _guests_page(request, words, None, status=404)
    posted = request.POST if request.method == "POST" else None
    form = InterestForm(posted, poll=poll, words=words, initial={"once": uuid.uuid4()})
    is_kept, status = False, 200
    if form.is_bound and form.is_valid():
        if throttle.count("interest", clients.address_of(request)) > ANSWERS_AN_HOUR:
            form.add_error(None, words["busy"])
            status = 429
        else:
            is_kept = _keep(form, token, words)
    return _guests_page(request, words, poll, status=status, form=form, is_kept=is_kept)


def _keep(form: InterestForm, token: str, words: Words) -> bool:
    """Whether the answer was kept; where it was not, the form says why."""
    try:
        interest.answer(token=token, at=timezone.now(), **form.cleaned_data)
    except NotPossible:
        # A poll that is over or renewed says so by the page itself.
        form.add_error(None, words["full"])
        return False
    return True


def _guests_page(
    request: HttpRequest, words: Words, poll: InterestPoll | None, *, status: int, **more: Any
) -> HttpResponse:
    context = {
        "words": words,
        "spoken": interest_words.spoken(),
        "poll": poll,
        "is_open": poll is not None and interest.is_open(poll, timezone.now()),
    }
    page = "practices/forming_interest_answer.html"
    response = render(request, page, context | more, status=status)
    response["Content-Language"] = words.code
    return response


def _polls(request: MemberRequest) -> InterestPollQuerySet:
    shown = InterestPoll.objects.visible_to(request.user)
    return shown.select_related("cop__country", "made_by")
