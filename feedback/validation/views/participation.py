"""Certificates of participation and badges: asking for one's own, withdrawing somebody's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common import competences, learned
from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.requests import MemberRequest
from feedback.validation import permissions
from feedback.validation.domain.proof import participation, participation_page
from feedback.validation.domain.proof.participation_facts import trained
from feedback.validation.forms.participation import (
    CertificateFilterForm,
    PeriodForm,
    WithdrawForm,
)

PER_PAGE = 25


@require_http_methods(["GET", "POST"])
def certificate_list(request: MemberRequest) -> HttpResponse:
    """One's own certificates and badges; POST signs a certificate of a period."""
    now = timezone.now()
    form = PeriodForm(request.POST or None, today=clock.today_of(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            participation.issue_certificate(by=request.user, at=now, **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your certificate is signed."))
            return redirect("certificate_list")
    return render(request, "feedback/certificate_list.html", _context(request, form))


def _context(request: MemberRequest, form: PeriodForm) -> dict[str, Any]:
    held = participation.of_person(request.user)
    numbers = trained(learned.of(request.user, timezone.now()))
    enough = [(code, n) for code, n in numbers if n >= competences.FOR_A_BADGE]
    holding = [one.participation for one in held if one.revoked_at is None]
    signed = {(facts.competence, facts.entries) for facts in holding}
    return {
        "form": form,
        "certificates": [(one, participation_page.build(one)) for one in held],
        "badges": [(code, competences.said(code), n, (code, n) in signed) for code, n in enough],
        "needed": competences.FOR_A_BADGE,
        "may_withdraw": permissions.may_withdraw_certificate.allows(request.user),
    }


@require_http_methods(["POST"])
def badge_issue(request: MemberRequest) -> HttpResponse:
    """Signs one's own badge of a competence."""
    try:
        participation.issue_badge(
            competence=request.POST.get("competence", ""), by=request.user, at=timezone.now()
        )
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your badge is signed."))
    return redirect("certificate_list")


@require_safe
def certificate_all(request: MemberRequest) -> HttpResponse:
    """Everybody's certificates and badges, for the project manager."""
    permissions.may_withdraw_certificate(request.user)
    form = CertificateFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    found = participation.narrowed(participation.visible_to(request.user), **form.cleaned_data)
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page_obj,
        "certificates": [(one, participation_page.build(one)) for one in page_obj.object_list],
        "is_narrowed": any(form.cleaned_data.values()),
    }
    return render(request, "feedback/certificate_all.html", context)


@require_http_methods(["GET", "POST"])
def certificate_withdraw(request: MemberRequest, key: UUID) -> HttpResponse:
    """The project manager withdraws a certificate, with a reason."""
    certificate = get_object_or_404(participation.visible_to(request.user), key=key)
    permissions.may_withdraw_certificate(request.user)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            participation.withdraw(key=key, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The certificate is withdrawn; whoever checks it is told."))
            return redirect("certificate_all")
    said = participation_page.build(certificate)
    context = {"certificate": certificate, "said": said, "form": form}
    return render(request, "feedback/certificate_withdraw.html", context)
