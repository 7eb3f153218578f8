"""Pages of reports over several countries: the consortium's, and those a manager named."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.sections import Profile
from experts.requests import MemberRequest
from feedback.reports import permissions
from feedback.reports.domain import cuts, period, several
from feedback.reports.domain.asking import COMMON_ZONE
from feedback.reports.domain.cuts import BadCut
from feedback.reports.domain.funding import faults
from feedback.reports.forms.cuts import ConsortiumForm, CutForm, LanguageForm
from feedback.reports.models import ReportCut


@require_http_methods(["GET", "HEAD", "POST"])
def report_consortium(request: MemberRequest) -> HttpResponse:
    """The releases about all countries; POST asks for another one."""
    permissions.may_cut(request.user)
    form = ConsortiumForm(request.POST or None, initial=_usual_days())
    if form.is_valid():
        given = form.cleaned_data
        try:
            run = cuts.compile_consortium(
                days=period.Period(given["start"], given["end"]),
                profile=Profile(given["profile"]),
                language=given["language"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect(run)
    return render(request, "feedback/report_consortium.html", _shown(request, None, form))


def _usual_days() -> dict[str, Any]:
    try:
        days = period.chosen(start=None, end=None, zone=COMMON_ZONE, at=timezone.now())
    except NotPossible:
        return {}
    return {"start": days.start, "end": days.end}


def _shown(request: MemberRequest, cut: ReportCut | None, form: Any) -> dict[str, Any]:
    releases = several.releases(request.user, cut=cut)
    return {
        "form": form,
        "releases": releases,
        "runs": several.open_runs(request.user, cut=cut),
        "standing": several.standing(releases),
        "faults": faults.now(getattr(form, "cleaned_data", {}).get("language") or "en"),
    }


@require_safe
def cut_list(request: MemberRequest) -> HttpResponse:
    """All named reports."""
    permissions.may_cut(request.user)
    return render(request, "feedback/cut_list.html", {"cuts": several.cuts(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def cut_new(request: MemberRequest) -> HttpResponse:
    permissions.may_cut(request.user)
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def cut_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _form(request, _cut(request, pk))


def _form(request: MemberRequest, cut: ReportCut | None) -> HttpResponse:
    form = CutForm(request.POST or None, cut=cut)
    if form.is_valid():
        try:
            kept = cuts.save(cut=cut, chosen=form.chosen(), by=request.user, at=timezone.now())
        except BadCut as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Saved. It can be compiled now."))
            return redirect("cut_detail", kept.pk)
    return render(request, "feedback/cut_form.html", {"form": form, "cut": cut})


@require_http_methods(["GET", "HEAD", "POST"])
def cut_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """A named report with its releases; POST compiles it."""
    cut = _cut(request, pk)
    form = LanguageForm(request.POST or None)
    if form.is_valid():
        try:
            run = cuts.compile_cut(
                cut=cut, language=form.cleaned_data["language"], by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect(run)
    context = _shown(request, cut, form) | {"cut": cut, "covers": several.covers(cut)}
    return render(request, "feedback/cut_detail.html", context)


@require_POST
def cut_retire(request: MemberRequest, pk: int) -> HttpResponse:
    cut = _cut(request, pk)
    cuts.retire(cut=cut, by=request.user, at=timezone.now())
    said = _("“%(name)s” is retired. You can bring it back below; its releases stay.")
    messages.success(request, said % {"name": cut.name})
    return redirect("cut_list")


@require_POST
def cut_bring_back(request: MemberRequest, pk: int) -> HttpResponse:
    try:
        cuts.bring_back(cut=_cut(request, pk), by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is in the list again."))
    return redirect("cut_list")


def _cut(request: MemberRequest, pk: int) -> ReportCut:
    found = ReportCut.objects.visible_to(request.user).with_contents()
    return get_object_or_404(found, pk=pk)
