"""What came in by mail: proposals to decide, mails to look at, invitations to take back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import NoSuchTime, TwiceThatDay
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import invitations, mail_review, proposals
from sessions.enums import Answer
from sessions.forms.inbound import CountForm, DecisionForm
from sessions.models import InboundMail, Invitation, Proposal


def review(request: MemberRequest) -> HttpResponse:
    """Mails that a person has to judge, of the sessions one runs."""
    context = {
        "items": mail_review.waiting_for(request.user),
        "answers": [(answer, answer.label) for answer in Answer if answer != Answer.NONE],
    }
    return render(request, "sessions/mail_review.html", context)


@require_http_methods(["POST"])
def count(request: MemberRequest, pk: int) -> HttpResponse:
    get_object_or_404(InboundMail.objects.visible_to(request.user), pk=pk)
    form = CountForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a person and an answer."))
        return redirect("mail_review")
    seen = Invitation.objects.visible_to(request.user)
    invitation = get_object_or_404(seen, pk=form.cleaned_data["person"])
    try:
        mail_review.count_as_answer(
            mail_id=pk,
            invitation_id=invitation.pk,
            answer=Answer(form.cleaned_data["answer"]),
            by=request.user,
            at=timezone.now(),
        )
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The mail was counted as an answer."))
    return redirect("mail_review")


@require_http_methods(["POST"])
def set_aside(request: MemberRequest, pk: int) -> HttpResponse:
    get_object_or_404(InboundMail.objects.visible_to(request.user), pk=pk)
    try:
        mail_review.set_aside(mail_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The mail was set aside; nothing else changed."))
    return redirect("mail_review")


@require_http_methods(["POST"])
def decide_proposal(request: MemberRequest, pk: int) -> HttpResponse:
    """Accepts or declines another time that somebody proposed."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    try:
        if form.cleaned_data["decision"] == DecisionForm.ACCEPT:
            proposals.accept(proposal_id=pk, by=request.user, at=timezone.now())
            done = _("The session has the proposed time; everybody invited is told.")
        else:
            proposals.decline(proposal_id=pk, by=request.user, at=timezone.now())
            done = _("The time stays; the person who proposed another one is told.")
    except (NoSuchTime, TwiceThatDay, NotPossible) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(proposal.session)


@require_http_methods(["POST"])
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes one person's invitation back."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    permissions.may_run(request.user, invitation.session)
    try:
        invitations.take_back(invitation_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invitation was taken back."))
    return redirect(invitation.session)
