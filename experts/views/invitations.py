"""Offers of an account: written, withdrawn and accepted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from experts.domain import accounts
from experts.forms.invitations import AcceptForm, InvitePersonForm
from experts.models import AccountInvitation
from experts.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: MemberRequest) -> HttpResponse:
    form = InvitePersonForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            invitation = accounts.invite(by=request.user, at=timezone.now(), **form.cleaned_data)
        except accounts.AlreadyMember as error:
            form.add_error("email", str(error))
        else:
            messages.success(
                request,
                _("An invitation to %(name)s is on its way.") % {"name": invitation.person.name},
            )
            return redirect("person_invite")
    waiting = AccountInvitation.objects.visible_to(request.user).open()
    context = {"form": form, "waiting": waiting.select_related("person", "cop")[:50]}
    return render(request, "experts/person_invite.html", context)


@require_http_methods(["POST"])
def invitation_revoke(request: MemberRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(AccountInvitation.objects.visible_to(request.user), pk=pk)
    accounts.revoke(invitation_id=invitation.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The invitation was withdrawn; its link no longer works."))
    return redirect("person_invite")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind an account invitation; its link works once."""
    invitation = accounts.find_open(token, timezone.now())
    if invitation is None:
        return render(request, "experts/invitation_over.html", status=404)
    person = invitation.person
    form = AcceptForm(request.POST or None, initial={"name": person.name, "zone": person.zone})
    if form.is_valid():
        try:
            accounts.accept(token=token, at=timezone.now(), **form.cleaned_data)
        except accounts.InvitationOver:
            return render(request, "experts/invitation_over.html", status=404)
        messages.success(request, _("Your account is open. Log in to begin."))
        return redirect("account_login")
    return render(
        request, "experts/invitation_accept.html", {"invitation": invitation, "form": form}
    )
