"""Views translate: load what the visibility allows, clean, one domain call, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.requests import MemberRequest
from feedback.reviews import permissions
from feedback.reviews.domain import (
    discussion,
    phases,
    policy_page,
    response_words,
    responses,
    threads,
    visibility,
)
from feedback.reviews.domain.visibility import View
from feedback.reviews.forms.discussion import ReplyForm, ResponseForm
from feedback.reviews.models import ReviewRound


@require_http_methods(["GET", "POST"])
def round_discussion(request: MemberRequest, pk: int) -> HttpResponse:
    """Every remark one may read, with its answers; an answer is posted here as well."""
    review_round, view = _found(request, pk)
    form = ReplyForm(request.POST or None)
    warned = False
    if form.is_valid():
        try:
            said = discussion.reply(
                round_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except discussion.NamesFound as error:
            warned = True
            form.add_error("text", str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your answer stands there."))
            anchor = f"{form.cleaned_data['kind']}-{said.annotation_id or said.rating_id}"
            return redirect(f"{reverse('round_discussion', args=[pk])}#{anchor}")
    response = responses.of(review_round)
    found = threads.of(request.user, review_round, view)
    found = threads.with_changes(found, request.user, review_round, view)
    context = {
        "round": review_round,
        "view": view,
        "steps": policy_page.strip(review_round),
        "threads": found,
        "may_raise": any(one.change.value for one in found),
        "form": form,
        "warned": warned,
        "response": response if responses.readable(response, view) else None,
        "answers": view.is_author and phases.permit(review_round).answers,
        "closed_why": _why_nothing(review_round, view),
    }
    return render(request, "feedback/round_discussion.html", context)


def _why_nothing(review_round: ReviewRound, view: View) -> str:
    """The sentence where nothing of others is shown."""
    if view.reads:
        return ""
    if not visibility.is_over_independent(review_round):
        return _("The discussion opens when the independent phase is over.")
    if view.is_reviewer and phases.takes_reviews(review_round):
        return _("The others' reviews open when your own is sent, if there are enough of them.")
    return _("There is nothing here for you to read: fewer than three reviews tell who wrote them.")


@require_http_methods(["GET", "POST"])
def round_response(request: MemberRequest, pk: int) -> HttpResponse:
    """Where the author answers the reviewers; those who lead the round see how far that is."""
    review_round, view = _found(request, pk)
    may_write = responses.may_write(request.user, review_round)
    response = responses.of(review_round)
    initial = {
        "text": response.text if response else _prepared(review_round, may_write),
        "revision": response.revision if response else 0,
    }
    form = ResponseForm(request.POST or None, initial=initial)
    warned = False
    if form.is_valid():
        try:
            responses.write(
                round_id=pk,
                send="send" in request.POST,
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except ChangedMeanwhile as error:
            context = {"round": review_round, "stored": error.stored, "form": form}
            return render(request, "feedback/round_response_conflict.html", context, status=409)
        except NotPossible as error:
            warned = isinstance(error, discussion.NamesFound)
            form.add_error("text", str(error))
        else:
            sent = "send" in request.POST
            messages.success(request, _("Your response is sent.") if sent else _("It is saved."))
            return redirect("round_response", pk=pk)
    context = {
        "round": review_round,
        "steps": policy_page.strip(review_round),
        "form": form,
        "warned": warned,
        "response": response,
        "readable": responses.readable(response, view),
        "may_write": may_write,
        "may_lead": permissions.may_close.allows(request.user, review_round),
    }
    return render(request, "feedback/round_response.html", context)


def _prepared(review_round: ReviewRound, may_write: bool) -> str:
    """What the ledger knows already, for an author who begins to answer."""
    return response_words.of(review_round) if may_write else ""


@require_POST
def round_no_response(request: MemberRequest, pk: int) -> HttpResponse:
    """Those who lead a round say that it goes without a response."""
    _found(request, pk)
    try:
        responses.none_needed(round_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The round goes without a response."))
    return redirect("round_response", pk=pk)


def _found(request: MemberRequest, pk: int) -> tuple[ReviewRound, View]:
    found = visibility.find(pk, request.user)
    if found is None:
        raise Http404
    return found
