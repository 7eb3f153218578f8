"""One release: where it stands, its files, and the next step of its life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import say_day, to_wall
from experts.requests import MemberRequest
from feedback.reports import permissions
from feedback.reports.domain import page, preflight, steps
from feedback.reports.enums import Profile, Step
from feedback.reports.forms import WithdrawForm
from feedback.reports.models import Report


@require_safe
def report_release(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, _report(request, pk), WithdrawForm())


def _page(
    request: MemberRequest, report: Report, form: WithdrawForm, status: int = 200
) -> HttpResponse:
    done = steps.taken(report)
    may_sign = permissions.may_sign.allows(request.user, report.country_id)
    can_publish = may_sign and report.profile == Profile.PUBLIC and not done & _CLOSED
    context = {
        "report": report,
        "release": page.card(report, zone=request.user.person.zone),
        "history": [_said(step, request.user.person.zone) for step in report.steps.all()],
        "can_sign": may_sign and not done & {Step.SIGNED, Step.WITHDRAWN},
        "can_publish": can_publish,
        "can_withdraw": may_sign and Step.WITHDRAWN not in done,
        "faults": preflight.faults(report) if can_publish else [],
        "before": _before(request, report),
        "form": form,
    }
    return render(request, "feedback/report_release.html", context, status=status)


_CLOSED = {Step.PUBLIC.value, Step.WITHDRAWN.value}


def _said(step: Any, zone: str) -> dict[str, str]:
    return {
        "label": step.get_step_display(),
        "day": say_day(to_wall(step.at, zone)),
        "by": step.by.name,
        "reason": step.reason,
    }


def _before(request: MemberRequest, report: Report) -> Report | None:
    """The release to compare with: the one before about the same, for the same eyes."""
    found = Report.objects.visible_to(request.user).filter(
        country=report.country_id, cut=report.cut_id, profile=report.profile
    )
    earlier = found.filter(number__lt=report.number).defer("dataset")
    return earlier.select_related("country", "cut").order_by("-number").first()


def _report(request: MemberRequest, pk: int) -> Report:
    found = Report.objects.visible_to(request.user).select_related("country", "cut")
    return get_object_or_404(found.defer("dataset").prefetch_related("files", "steps__by"), pk=pk)


@require_http_methods(["POST"])
def report_sign(request: MemberRequest, pk: int) -> HttpResponse:
    return _step(request, pk, steps.sign, _("You signed the release."))


@require_http_methods(["POST"])
def report_publish(request: MemberRequest, pk: int) -> HttpResponse:
    return _step(request, pk, steps.publish, _("Everybody can read the release now."))


def _step(request: MemberRequest, pk: int, deed: Callable[..., Report], said: str) -> HttpResponse:
    report = _report(request, pk)
    try:
        deed(report_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(report)


@require_http_methods(["POST"])
def report_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes a release back; the reason stands beside the form until it is good."""
    report = _report(request, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            steps.withdraw(
                report_id=pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("The release was withdrawn; its reason is shown with it."))
            return redirect(report)
    return _page(request, report, form)
