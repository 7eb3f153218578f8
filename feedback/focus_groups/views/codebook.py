"""The codebook of a country: its list, the words of a code, merges, and the table to take home."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.revisions import ChangedMeanwhile, seen
from experts.models import Country
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain import own_countries
from feedback.focus_groups.domain.coding import codebook as book
from feedback.focus_groups.domain.coding import codebook_page, independence, merging
from feedback.focus_groups.exports import codebook as table
from feedback.focus_groups.forms.coding import CodeForm, MergeForm
from feedback.focus_groups.models import Code, MergeProposal


@require_safe
def codebook(request: MemberRequest) -> HttpResponse:
    country = _country(request)
    looks = request.GET.get("all") == "1"
    closed = independence.closed_to(request.user, country.pk, looks=looks)
    context = {
        "country": country,
        "countries": own_countries.open_to(request.user, all_for_manager=False),
        "page": codebook_page.build(country, closed),
        "looks": looks,
    }
    return render(request, "feedback/codebook.html", context)


@require_safe
def codebook_csv(request: MemberRequest) -> StreamingHttpResponse:
    country = _country(request)
    looks = request.GET.get("all") == "1"
    closed = independence.closed_to(request.user, country.pk, looks=looks)
    return table.as_csv(country, codebook_page.rows(country, closed))


@require_http_methods(["GET", "HEAD", "POST"])
def code_new(request: MemberRequest) -> HttpResponse:
    country = _country(request)
    form = CodeForm.of(None, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            book.add(country=country, by=request.user, at=timezone.now(), **form.cleaned_data)
        except book.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The code is in the codebook."))
            return redirect(_address(country))
    context = {"form": form, "country": country, "code": None}
    return render(request, "feedback/code_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def code_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Other words for a code, or the proposal that it becomes part of another one."""
    visible = Code.objects.visible_to(request.user).select_related("country", "merged_into")
    code = get_object_or_404(visible, pk=pk)
    merges = request.POST.get("deed") == "merge"
    form = CodeForm.of(code, request.POST if request.method == "POST" and not merges else None)
    merge_form = MergeForm(request.POST if merges else None, code=code)
    revision = code.revision
    status = 200
    try:
        if merge_form.is_bound and merge_form.is_valid():
            _propose(request, code, merge_form)
            return redirect(_address(code.country))
        if form.is_bound and form.is_valid():
            revision = seen(request.POST)
            _change(request, code, form, revision)
            return redirect(_address(code.country))
    except book.NameTaken as error:
        form.add_error("name", str(error))
    except ChangedMeanwhile as error:
        form.add_error(None, str(error))
        status = 409
        code.refresh_from_db()
        # Sent again, what was typed is what holds: both were seen.
        revision = code.revision
    except NotPossible as error:
        (merge_form if merges else form).add_error(None, str(error))
    context = {
        "form": form,
        "merge_form": merge_form,
        "failed": merge_form if merges else form,
        "country": code.country,
        "code": code,
        "revision": revision,
        "is_conflict": status == 409,
    }
    return render(request, "feedback/code_form.html", context, status=status)


@require_POST
def merge_decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Agrees to a proposal with "agrees" = "yes", declines it otherwise."""
    visible = Code.objects.visible_to(request.user).order_by()
    rows = MergeProposal.objects.filter(code__in=visible.values("pk"))
    proposal = get_object_or_404(rows.select_related("code__country"), pk=pk)
    agrees = request.POST.get("agrees") == "yes"
    try:
        merging.decide(proposal_id=pk, agrees=agrees, by=request.user, at=timezone.now())
    except (NotPossible, Refused) as error:
        messages.error(request, str(error))
    else:
        said = _("The two codes are one now.") if agrees else _("Both codes stay as they are.")
        messages.success(request, said)
    return redirect(_address(proposal.code.country))


def _propose(request: MemberRequest, code: Code, form: MergeForm) -> None:
    said: dict[str, Any] = form.cleaned_data
    merging.propose(
        code_id=code.pk,
        into_id=said["into"].pk,
        why=said["why"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("It is proposed. Another coder decides."))


def _change(request: MemberRequest, code: Code, form: CodeForm, revision: int) -> None:
    book.change(
        code_id=code.pk,
        revision=revision,
        by=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    )
    messages.success(request, _("The code is saved."))


def _country(request: MemberRequest) -> Country:
    permissions.may_code(request.user)
    among = own_countries.open_to(request.user, all_for_manager=False)
    country = own_countries.chosen(request.user, among, request.GET.get("country", ""))
    if country is None:
        raise Http404
    return country


def _address(country: Country) -> str:
    return f"{reverse('codebook')}?country={country.code}"
