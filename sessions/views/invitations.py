"""Asking people, and their answers."""

from __future__ import annotations

import re

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
from sessions.domain import (
    details,
    guest_lists,
    guests,
    invitations,
    seat_mails,
    who_gets_what,
)
from sessions.enums import Answer, AskedThrough
from sessions.forms.guests import GuestForm, WayForm
from sessions.forms.invitations import AnswerForm, InvitePeopleForm
from sessions.models import CopSession, Invitation

_ADDRESS = re.compile(r"[^\s<>,;()]+@[^\s<>,;()]+")


@require_http_methods(["GET", "HEAD", "POST"])
def session_invite(request: MemberRequest, pk: int) -> HttpResponse:
    """One way through: how to choose, a list of names with ticks, send."""
    session = get_object_or_404(
        CopSession.objects.visible_to(request.user).with_hosts().select_related("topic"), pk=pk
    )
    permissions.may_run(request.user, session)
    way = WayForm(request.GET, session=session)
    if way.way == AskedThrough.EXTERNAL:
        return _invite_guest(request, session, way)
    wanted = way.wanted() if way.is_valid() else guest_lists.Wanted()
    found = guest_lists.propose(session, request.user, wanted)
    report = details.report(session, found.people)
    form = InvitePeopleForm(
        request.POST or None,
        candidates=found.people,
        flagged=report.keys,
        initial={"people": [str(key) for key in found.ticked]},
    )
    preview = None
    if form.is_valid() and "show" in request.POST:
        preview = who_gets_what.before_inviting(session, form.chosen(), at=timezone.now())
    elif form.is_valid():
        try:
            new = invitations.invite(
                session_id=pk,
                people=form.chosen(),
                by=request.user,
                at=timezone.now(),
                through=wanted.how,
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            _say_invited(request, new)
            return redirect(session)
    context = {"session": session, "way": way, "form": form, "found": found, "report": report}
    context["preview"] = preview
    return render(request, "sessions/session_invite.html", context)


def _say_invited(request: HttpRequest, new: int) -> None:
    if not new:
        messages.info(request, _("They were invited already; nobody is asked twice."))
        return
    text = ngettext(
        "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", new
    )
    messages.success(request, text % {"count": new})


def _invite_guest(request: MemberRequest, session: CopSession, way: WayForm) -> HttpResponse:
    form = GuestForm(
        request.POST or None, user=request.user, initial=_suggested(request.GET.get("name", ""))
    )
    if form.is_valid():
        try:
            guests.invite_guest(
                session_id=session.pk,
                guest=form.guest(),
                agreed=form.cleaned_data["agreed"],
                by=request.user,
                at=timezone.now(),
            )
        except guests.AskedAlready as error:
            form.add_error("email", str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            _say_invited(request, 1)
            return redirect(session)
    context = {"session": session, "way": way, "form": form}
    return render(request, "sessions/session_invite.html", context)


def _suggested(text: str) -> dict[str, str]:
    """A name and an address out of what somebody typed as "a colleague who could come"."""
    address = _ADDRESS.search(text[:300])
    name = _ADDRESS.sub("", text[:300]).strip(" ,;<>()-")
    return {"name": name[:120], "email": address.group() if address else ""}


@require_http_methods(["POST"])
def invitation_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """One's own answer, from Today or from the session's page."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    now = timezone.now()
    try:
        saved = invitations.answer_on_page(
            invitation_id=pk,
            answer=Answer(form.cleaned_data["answer"]),
            note=form.cleaned_data["note"],
            suggested=form.cleaned_data["suggested"],
            by=request.user,
            at=now,
        )
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        seat = seat_mails.sentence(saved, now, request.user.person.zone)
        messages.success(request, " ".join(filter(None, [_("Your answer was saved."), seat])))
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
    now, saved, later = timezone.now(), False, "later" in request.POST
    names = ("answer", "note", "suggested")
    form = AnswerForm(
        None if later else request.POST or None,
        initial={name: getattr(invitation, name) for name in names},
    )
    if later:
        invitations.answer_later(token=token, at=now)
    elif form.is_valid():
        try:
            invitation = invitations.answer_by_link(
                token=token,
                answer=Answer(form.cleaned_data["answer"]),
                note=form.cleaned_data["note"],
                suggested=form.cleaned_data["suggested"],
                at=now,
            )
            saved = True
        except NotPossible as error:
            form.add_error(None, str(error))
    session, zone = invitation.session, invitation.person.zone
    context = {
        "invitation": invitation,
        "session": session,
        "when": session.when(zone),
        "form": form,
        "saved": saved,
        "later": later,
        "seat": seat_mails.sentence(invitation, now, zone),
        "is_over": now >= session.starts_at,
    }
    return render(request, "sessions/answer.html", context)
