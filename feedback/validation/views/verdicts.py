"""Verdicts: said of a round's version, read, signed second, withdrawn, taken over."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible, Refused
from experts import reference
from experts.domain import clock
from experts.enums import Role
from experts.models import Country
from experts.requests import MemberRequest
from feedback.reviews.models import ReviewRound
from feedback.validation import permissions
from feedback.validation.domain.judging import (
    inheriting,
    judging_page,
    signing,
    verdict_page,
    verdicts,
)
from feedback.validation.domain.judging import verdict_list as listing
from feedback.validation.domain.outcome import figure_rows
from feedback.validation.forms.verdicts import (
    InheritForm,
    ReasonForm,
    VerdictFilterForm,
    VerdictForm,
)
from feedback.validation.models import Verdict

PER_PAGE = 25


@require_safe
def verdict_list(request: MemberRequest) -> HttpResponse:
    countries = [(country.code, country.name) for country in reference.countries()]
    form = VerdictFilterForm(request.GET, countries=countries)
    if not form.is_valid():
        raise BadRequest
    found = listing.find(request.user, **form.cleaned_data)
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page_obj,
        "rows": listing.rows(page_obj.object_list, clock.today_of(request.user)),
        "narrows": any(form.cleaned_data.values()),
    }
    return render(request, "feedback/verdict_list.html", context)


@require_safe
def verdict_detail(request: MemberRequest, pk: int) -> HttpResponse:
    verdict = _verdict(request, pk)
    page = verdict_page.build(verdict, request.user, clock.today_of(request.user))
    hung = panels.of("verdict", request.user, verdict)
    context = {"verdict": verdict, "page": page, "panels": hung}
    return render(request, "feedback/verdict_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_verdict(request: MemberRequest, pk: int) -> HttpResponse:
    """What a closed round comes to in one country; the address says in which."""
    rounds = ReviewRound.objects.visible_to(request.user).with_version()
    review_round = get_object_or_404(rounds.select_related("policy"), pk=pk)
    country = _country(request, review_round)
    try:
        page = judging_page.build(review_round, country, request.user, clock.today_of(request.user))
    except verdicts.NotJudged as error:
        context = {"round": review_round, "why_not": str(error)}
        return render(request, "feedback/round_verdict.html", context)
    posted = request.POST if request.method == "POST" else None
    form = VerdictForm(posted, proposal=page.standing, seen=page.seen)
    context = {"round": review_round, "page": page, "form": form}
    status = 200
    if form.is_bound and form.is_valid():
        try:
            verdict = verdicts.confirm(
                round_id=pk,
                country_id=country.pk if country else None,
                saying=form.saying(),
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
        except verdicts.BasisChanged as error:
            context["changed"] = figure_rows.differences(error.before, error.now)
            form.with_fresh_figures()
            status = 409
        except (NotPossible, Refused) as error:
            form.add_error(None, str(error))
            form.with_fresh_figures()
        else:
            messages.success(request, _signed(verdict))
            return redirect(verdict)
    return render(request, "feedback/round_verdict.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def verdict_sign(request: MemberRequest, pk: int) -> HttpResponse:
    """The second signature, or the reason why there is none."""
    verdict = _verdict(request, pk)
    permissions.may_refuse(request.user, verdict)
    refuses = request.method == "POST" and "refuse" in request.POST
    form = ReasonForm(request.POST if refuses else None)
    failed = ""
    if request.method == "POST" and (not refuses or form.is_valid()):
        at = timezone.now()
        try:
            if refuses:
                signing.refuse(
                    verdict_id=pk, reason=form.cleaned_data["reason"], by=request.user, at=at
                )
            else:
                signing.countersign(verdict_id=pk, by=request.user, at=at)
        except (NotPossible, Refused) as error:
            failed = str(error)
        else:
            done = _("The question is open again.") if refuses else _("It is in force.")
            messages.success(request, done)
            return redirect(verdict)
    context = {
        "verdict": verdict,
        "page": verdict_page.build(verdict, request.user, clock.today_of(request.user)),
        "form": form,
        "failed": failed,
        "is_first": verdict.confirmed_by_id == request.user.person.pk,
    }
    return render(request, "feedback/verdict_sign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def verdict_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks for the reason first; withdrawing takes the second press."""
    verdict = _verdict(request, pk)
    permissions.may_withdraw(request.user, verdict)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            signing.withdraw(verdict_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The verdict is withdrawn; its author is told."))
            return redirect(verdict)
    context = {
        "verdict": verdict,
        "page": verdict_page.build(verdict, request.user, clock.today_of(request.user)),
        "form": form,
    }
    return render(request, "feedback/verdict_withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def verdict_inherit(request: MemberRequest, pk: int) -> HttpResponse:
    """An edition of exactly this version takes its verdict over."""
    verdict = _verdict(request, pk)
    permissions.may_confirm(request.user, verdict.country_id)
    candidates = inheriting.candidates(verdict, request.user)
    form = InheritForm(request.POST if request.method == "POST" else None, candidates=candidates)
    why_not = ""
    try:
        inheriting.check(verdict, clock.today_of(request.user))
    except inheriting.NotInherited as error:
        why_not = str(error)
    if form.is_bound and form.is_valid():
        try:
            heir = inheriting.inherit(
                verdict_id=pk,
                version_id=int(form.cleaned_data["edition"]),
                by=request.user,
                at=timezone.now(),
            )
        except (NotPossible, Refused) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The edition has taken the verdict over."))
            return redirect(heir)
    context = {
        "verdict": verdict,
        "page": verdict_page.build(verdict, request.user, clock.today_of(request.user)),
        "form": form,
        "candidates": candidates,
        "why_not": why_not,
    }
    return render(request, "feedback/verdict_inherit.html", context)


def _verdict(request: MemberRequest, pk: int) -> Verdict:
    found = Verdict.objects.visible_to(request.user).with_facts()
    return get_object_or_404(found, pk=pk)


def _country(request: MemberRequest, review_round: ReviewRound) -> Country | None:
    """The country that the address names; without one the round's own, or where one may sign."""
    code = request.GET.get("country", "")
    if code == judging_page.CONSORTIUM:
        return None
    if code:
        country = reference.country(code)
        if country is None:
            raise Http404
        return country
    if review_round.country is not None:
        return review_round.country
    own = request.user.access.countries(Role.COORDINATOR)
    mine = [country for country in reference.countries() if country.pk in own]
    return None if request.user.access.is_manager or not mine else mine[0]


def _signed(verdict: Verdict) -> str:
    if verdict.final_at:
        return _("The verdict is in force.")
    return _("It waits for the signature of a second person.")
