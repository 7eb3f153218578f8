"""Charters: the list, a version, its words, what changed, and accepting it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts import permissions
from experts.models import Charter, CommunityOfPractice
from experts.querysets import CharterQuerySet
from experts.requests import MemberRequest
from practices.domain.forming import accepting, charters, comparing, pages
from practices.forms.forming_charters import CharterForm
from practices.models import InterestPoll


@require_safe
def charter_list(request: MemberRequest) -> HttpResponse:
    shown = Charter.objects.visible_to(request.user).order_by("-version").prefetch_related("topics")
    cops = CommunityOfPractice.objects.visible_to(request.user).select_related("country")
    cops = cops.prefetch_related(Prefetch("charters", shown, to_attr="shown"))
    rows = [
        {
            "cop": cop,
            "current": next((one for one in cop.shown if one.state == "adopted"), None),
            "at_work": next((one for one in cop.shown if one.state in {"draft", "voting"}), None),
            "may_write": permissions.may_write_charter.allows(request.user, cop),
        }
        for cop in cops.order_by("country__code")
    ]
    polls = InterestPoll.objects.visible_to(request.user).select_related("cop")[:20]
    context = {"rows": rows, "polls": polls}
    return render(request, "practices/forming_charter_list.html", context)


@require_safe
def charter_detail(request: MemberRequest, pk: int) -> HttpResponse:
    charter = get_object_or_404(_charters(request), pk=pk)
    page = pages.page(charter, request.user, timezone.now())
    context = {"charter": charter, "page": page}
    return render(request, "practices/forming_charter_detail.html", context)


@require_safe
def charter_compare(request: MemberRequest, pk: int) -> HttpResponse:
    """A version beside an earlier one of the same community: the one before unless `with` asks."""
    new = get_object_or_404(_charters(request), pk=pk)
    older = list(_charters(request).filter(cop=new.cop, version__lt=new.version))
    wanted = request.GET.get("with", "")
    if wanted and not (wanted.isascii() and wanted.isdigit()):
        raise BadRequest
    found = [one for one in older if not wanted or one.version == int(wanted)]
    old = found[0] if found else None
    context = {
        "new": new,
        "old": old,
        "older": older,
        "difference": comparing.compare(old, new) if old else None,
    }
    return render(request, "practices/forming_charter_compare.html", context)


@require_POST
def charter_draft(request: MemberRequest, pk: int) -> HttpResponse:
    cop = get_object_or_404(CommunityOfPractice.objects.visible_to(request.user), pk=pk)
    draft = charters.start_draft(cop_id=cop.pk, by=request.user, at=timezone.now())
    return redirect(draft)


@require_http_methods(["GET", "POST"])
def charter_edit(request: MemberRequest, pk: int) -> HttpResponse:
    charter = get_object_or_404(_charters(request), pk=pk)
    permissions.may_write_charter(request.user, charter.cop)
    form = CharterForm(request.POST) if request.method == "POST" else CharterForm.of(charter)
    is_conflict = False
    if form.is_bound and form.is_valid():
        try:
            charters.save_draft(
                charter_id=pk,
                revision=form.cleaned_data["revision"],
                words=form.words(),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            is_conflict = isinstance(error, ChangedMeanwhile)
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The draft is saved. It binds nobody before the vote."))
            return redirect(charter)
    context = {"charter": charter, "form": form, "is_conflict": is_conflict}
    status = 409 if is_conflict else 200
    return render(request, "practices/forming_charter_form.html", context, status=status)


@require_POST
def charter_drop(request: MemberRequest, pk: int) -> HttpResponse:
    charter = get_object_or_404(_charters(request), pk=pk)
    try:
        charters.drop_draft(charter_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect(charter)
    messages.success(request, _("The draft is gone; the charter in force stays as it is."))
    return redirect("charter_list")


@require_POST
def charter_accept(request: MemberRequest, pk: int) -> HttpResponse:
    charter = get_object_or_404(_charters(request), pk=pk)
    try:
        accepting.accept(charter_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        said = _("You accepted version %(version)d. Welcome to what it promises.")
        messages.success(request, said % {"version": charter.version})
    return redirect(charter)


def _charters(request: MemberRequest) -> CharterQuerySet:
    shown = Charter.objects.visible_to(request.user).select_related("cop__country", "proposed_by")
    return shown.prefetch_related("topics")
