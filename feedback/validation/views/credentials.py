"""Handing out credentials: of a verdict by its coordinators, of one's own work by oneself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.requests import MemberRequest
from feedback.validation.domain.proof import credentials
from feedback.validation.enums import NAMING
from feedback.validation.models import Verdict
from feedback.validation.views.verify import token_file


@require_http_methods(["POST"])
def verdict_credential(request: MemberRequest, pk: int) -> HttpResponse:
    verdict = get_object_or_404(Verdict.objects.visible_to(request.user), pk=pk)
    today = clock.today_of(request.user)
    try:
        credentials.issue_for_material(
            verdict_id=pk, by=request.user, at=timezone.now(), today=today
        )
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The credential is signed; everybody can download it."))
    return redirect(verdict)


@require_http_methods(["GET", "POST"])
def credential_list(request: MemberRequest) -> HttpResponse:
    """One's own credentials as a reviewer; POST signs a new one."""
    if request.method == "POST":
        try:
            credentials.issue_for_reviewer(by=request.user, at=timezone.now())
        except NotPossible as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Your credential is signed."))
        return redirect("credential_list")
    number, since = credentials.work_of(request.user)
    context = {
        "number": number,
        "since": since,
        "credentials": credentials.of_person(request.user),
    }
    return render(request, "feedback/credential_list.html", context)


@require_safe
def credential_file(request: MemberRequest, key: UUID) -> HttpResponse:
    """A credential of one's own, to keep."""
    own = credentials.own(request.user, key)
    if own is None or own.revoked_at:
        raise Http404
    return token_file(own)


@require_http_methods(["POST"])
def credential_take_back(request: MemberRequest, key: UUID) -> HttpResponse:
    own = credentials.own(request.user, key)
    if own is None:
        raise Http404
    credentials.take_back(key=key, by=request.user, at=timezone.now())
    messages.success(request, _("The credential is taken back; whoever checks it is told so."))
    return redirect("certificate_list" if own.kind in NAMING else "credential_list")
