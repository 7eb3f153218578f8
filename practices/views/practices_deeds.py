"""What is done with a practice: checks, steps of maturity, adoption, retirement."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible, Refused
from experts.requests import MemberRequest
from practices import permissions
from practices.domain import spam
from practices.domain.practices import adopting, checking, maturity, retiring, versions
from practices.enums import CheckStep
from practices.forms.practices import CheckForm, RetireForm
from practices.forms.practices_adoption import AdoptForm, ReportForm
from practices.models import Adoption, Practice, PracticeVersion


@require_http_methods(["GET", "POST"])
def practice_check(request: MemberRequest, pk: int) -> HttpResponse:
    """The check that is due on a version, beside the card itself."""
    found = PracticeVersion.objects.visible_to(request.user)
    version = get_object_or_404(
        found.select_related("practice__author", "practice__country", "screened_by"), pk=pk
    )
    form = CheckForm(request.POST or None)
    try:
        checking.may_decide(request.user, version)
        if form.is_valid():
            return redirect(_decide(request, form, version))
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect(version)
    readable = versions.readable(version.practice, request.user)
    before = versions.before(version, readable)
    context = {
        "form": form,
        "version": version,
        "is_screening": version.step == CheckStep.SUBMITTED,
        "passages": versions.passages(version),
        "looks": versions.looks(version),
        "changes": list(versions.changes(before, version)) if before else [],
    }
    return render(request, "practices/practice_check.html", context)


def _decide(request: MemberRequest, form: CheckForm, version: PracticeVersion) -> Practice | str:
    """Does what was decided; gives where to go on, as a checker from abroad sees no draft."""
    if form.cleaned_data["decision"] == CheckForm.GIVE_BACK:
        why = form.cleaned_data["why"]
        checking.give_back(version_id=version.pk, why=why, by=request.user)
        messages.success(request, _("Given back; your questions stand before its author."))
        return "practice_list"
    passed = checking.passes(version_id=version.pk, by=request.user, at=timezone.now())
    if passed.step == CheckStep.PUBLISHED:
        messages.success(request, _("Published. Every member of every country reads it now."))
        return passed.practice
    messages.success(request, _("Screened. The technical check is the next step."))
    return "practice_list"


@require_POST
def practice_raise(request: MemberRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    try:
        raised = maturity.raise_by_one(practice_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        text = _("It counts as: %(maturity)s.") % {"maturity": raised.get_maturity_display()}
        messages.success(request, text)
    return redirect(practice)


@require_http_methods(["GET", "POST"])
def practice_retire(request: MemberRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    permissions.may_grade(request.user, practice)
    form = RetireForm(request.POST or None)
    if form.is_valid():
        try:
            retiring.retire(
                practice_id=pk, why=form.cleaned_data["why"], by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It stays readable, with the reason, and left the list."))
            return redirect(practice)
    return render(request, "practices/practice_retire.html", {"form": form, "practice": practice})


@require_http_methods(["GET", "POST"])
def practice_adopt(request: MemberRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    permissions.may_contribute(request.user)
    form = AdoptForm(request.POST or None)
    if form.is_valid():
        try:
            adopting.adopt(practice_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (NotPossible, Refused) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your partner stands among those who use it."))
            return redirect(_uses(practice))
    context = {"form": form, "practice": practice, "partner": request.user.person.partner}
    return render(request, "practices/practice_adopt.html", context)


@require_http_methods(["GET", "POST"])
def adoption_report(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Adoption.objects.visible_to(request.user).select_related(
        "partner__country", "person", "version__practice__country", "version__practice__current"
    )
    adoption = get_object_or_404(rows, pk=pk)
    permissions.may_report_adoption(request.user, adoption)
    initial = {name: getattr(adoption, name) for name in ("use", "adapted", "outcome")}
    form = ReportForm(
        request.POST or None,
        initial=initial | {"became": adoption.became_id},
        candidates=adopting.may_become(adoption),
    )
    if form.is_valid():
        try:
            adopting.report(adoption_id=pk, by=request.user, at=timezone.now(), **form.chosen())
        except spam.Spam as error:
            form.add_error("outcome", str(error))
        except NotPossible as error:
            form.add_error("became", str(error))
        else:
            messages.success(request, _("Saved. Members of all countries can learn from it."))
            return redirect(_uses(adoption.version.practice))
    return render(request, "practices/adoption_report.html", {"form": form, "adoption": adoption})


def _uses(practice: Practice) -> str:
    return f"{reverse('practice_detail', args=[practice.pk])}#uses"


def _practice(request: MemberRequest, pk: int) -> Practice:
    practices = Practice.objects.visible_to(request.user)
    return get_object_or_404(
        practices.select_related("author", "country", "current", "partner"), pk=pk
    )
