"""Votes on charters, and topics that members propose for them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.models import Charter, TopicProposal
from experts.requests import MemberRequest
from practices.domain.forming import clock, pages, topics, voting
from practices.forms.forming_charters import TopicAnswerForm, TopicForm, VoteForm, VoteOpenForm
from practices.permissions import may_contribute

_USUAL = timedelta(days=14)


@require_http_methods(["GET", "POST"])
def charter_open(request: MemberRequest, pk: int) -> HttpResponse:
    """Puts a draft to the vote."""
    shown = Charter.objects.visible_to(request.user).select_related("cop__country")
    charter = get_object_or_404(shown, pk=pk)
    permissions.may_write_charter(request.user, charter.cop)
    at = timezone.now()
    usual = clock.day_of(charter.cop, at) + _USUAL
    form = VoteOpenForm(request.POST if request.method == "POST" else None, usual=usual)
    if form.is_bound and form.is_valid():
        until = form.cleaned_data["until"]
        try:
            voting.open_vote(charter_id=pk, until=until, by=request.user, at=at)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The vote is open; members find it on their first page."))
            return redirect(charter)
    electors = voting.electors(charter.cop).count()
    context = {
        "charter": charter,
        "form": form,
        "electors": electors,
        "quorum": voting.quorum_of(electors),
    }
    return render(request, "practices/forming_vote_open.html", context)


@require_http_methods(["GET", "POST"])
def charter_vote(request: MemberRequest, pk: int) -> HttpResponse:
    shown = Charter.objects.visible_to(request.user).select_related("cop__country", "proposed_by")
    charter = get_object_or_404(shown.prefetch_related("topics"), pk=pk)
    permissions.may_join_in(request.user, charter.cop)
    page = pages.page(charter, request.user, timezone.now())
    own = page.own_vote
    initial = {"ballot": own.ballot, "remark": own.remark} if own else {}
    form = VoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            voting.cast(charter_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your vote counts. You can change it until the end."))
            return redirect(charter)
    context = {"charter": charter, "page": page, "form": form}
    return render(request, "practices/forming_charter_vote.html", context)


@require_http_methods(["GET", "POST"])
def topic_propose(request: MemberRequest) -> HttpResponse:
    """A topic for a charter; `name` in the address fills the field in."""
    may_contribute(request.user)
    posted = request.POST if request.method == "POST" else None
    form = TopicForm(posted, user=request.user, initial={"name": request.GET.get("name", "")[:80]})
    if form.is_bound and form.is_valid():
        cop = form.cleaned_data["community"]
        try:
            topics.propose(
                cop_id=cop.pk,
                name=form.cleaned_data["name"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Your topic is proposed; you will read the answer here."))
            current = cop.charters.current().first()
            return redirect(current or "charter_list")
    return render(request, "practices/forming_topic_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def topic_answer(request: MemberRequest, pk: int) -> HttpResponse:
    shown = TopicProposal.objects.visible_to(request.user).select_related("cop", "proposed_by")
    proposal = get_object_or_404(shown, pk=pk)
    permissions.may_write_charter(request.user, proposal.cop)
    form = TopicAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(_answer(request, proposal, form))
        except NotPossible as error:
            form.add_error(None, str(error))
    context = {"proposal": proposal, "form": form}
    return render(request, "practices/forming_topic_answer.html", context)


def _answer(
    request: MemberRequest, proposal: TopicProposal, form: TopicAnswerForm
) -> Charter | str:
    at = timezone.now()
    if form.cleaned_data["deed"] == TopicAnswerForm.TAKE:
        draft = topics.take(proposal_id=proposal.pk, by=request.user, at=at)
        messages.success(request, _("The topic is in the draft."))
        return draft
    why = form.cleaned_data["why"]
    topics.decline(proposal_id=proposal.pk, why=why, by=request.user, at=at)
    messages.success(request, _("The answer is given."))
    return proposal.cop.charters.current().first() or "charter_list"
