"""Asking people, and their answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from sessions import permissions
from sessions.domain import details, invitations
from sessions.enums import Answer
from sessions.forms.invitations import AnswerForm, InvitePeopleForm
from sessions.models import CopSession, Invitation


@require_http_methods(["GET", "HEAD", "POST"])
def session_invite(request: MemberRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(CopSession.objects.visible_to(request.user).with_hosts(), pk=pk)
    permissions.may_run(request.user, session)
    candidates = invitations.candidates(session, request.user)
    report = details.report(session, candidates)
    form = InvitePeopleForm(request.POST or None, candidates=candidates, flagged=report.keys)
    if form.is_valid():
        try:
            new = invitations.invite(
                session_id=pk, people=form.chosen(), by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            text = ngettext(
                "%(count)d invitation is on its way.",
                "%(count)d invitations are on their way.",
                new,
            )
            messages.success(request, text % {"count": new})
            return redirect(session)
    context = {"session": session, "form": form, "candidates": candidates, "report": report}
    return render(request, "sessions/session_invite.html", context)


@require_http_methods(["POST"])
def invitation_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """One's own answer, from Today or from the session's page."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    try:
        invitations.answer_on_page(
            invitation_id=pk,
            answer=Answer(form.cleaned_data["answer"]),
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your answer was saved."))
    return redirect(invitation.session)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def session_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in a mail: looking changes nothing, the button does.

    The token in the address is the only right that counts here; no cookie is read, so there is
    nothing another site could borrow, and `no-referrer` would blank the Origin that the check of
    cookies needs.
    """
    invitation = invitations.find_by_token(token)
    if invitation is None:
        return render(request, "sessions/answer_invalid.html", status=404)
    form = AnswerForm(
        request.POST or None, initial={"answer": invitation.answer, "note": invitation.note}
    )
    saved = False
    if form.is_valid():
        try:
            invitation = invitations.answer_by_link(
                token=token,
                answer=Answer(form.cleaned_data["answer"]),
                note=form.cleaned_data["note"],
                at=timezone.now(),
            )
            saved = True
        except NotPossible as error:
            form.add_error(None, str(error))
    session, now = invitation.session, timezone.now()
    context = {
        "invitation": invitation,
        "session": session,
        "when": session.when(invitation.person.zone),
        "form": form,
        "saved": saved,
        "is_over": now >= session.starts_at,
    }
    return render(request, "sessions/answer.html", context)
