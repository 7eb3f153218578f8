"""Signs of ageing: the list, what to do about one, and a reader's word about a dead link."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.requests import MemberRequest
from feedback.reviews.domain import rounds
from feedback.validation.domain.ageing import dead_link, page, settling
from feedback.validation.forms.ageing import DeadLinkForm, MiniRoundForm, SettleForm
from feedback.validation.models import AgeingSign
from materials.models import Version

PER_PAGE = 25
# What people usually have for a review.
USUAL_TIME = timedelta(days=14)
ROUND, SETTLE = "round", "settle"


@require_safe
def ageing_list(request: MemberRequest) -> HttpResponse:
    signs = AgeingSign.objects.visible_to(request.user).open().with_version()
    page_obj = Paginator(signs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page_obj, "rows": page.rows(page_obj.object_list)}
    return render(request, "feedback/ageing_list.html", context)


@require_http_methods(["GET", "POST"])
def ageing_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One sign: `deed` says which of the two forms was sent."""
    user = request.user
    signs = AgeingSign.objects.visible_to(user).with_version()
    sign = get_object_or_404(signs, pk=pk)
    now, deed = timezone.now(), request.POST.get("deed", "")
    proposal = settling.propose(sign, user)
    mini = MiniRoundForm(
        request.POST if deed == ROUND else None,
        initial={
            "due_on": to_wall(now, user.person.zone).date() + USUAL_TIME,
            "instruction": proposal.instruction,
        },
    )
    settle = SettleForm(request.POST if deed == SETTLE else None)
    if mini.is_valid():
        try:
            opened = settling.open_round(sign_id=pk, by=user, at=now, **mini.cleaned_data)
        except NotPossible as error:
            field = "due_on" if isinstance(error, rounds.DueInThePast) else None
            mini.add_error(field, str(error))
        else:
            messages.success(request, _("The mini round is open. Now choose who reviews."))
            return redirect("round_assign", opened.pk)
    if settle.is_valid():
        try:
            settling.settle(sign_id=pk, by=user, at=now, **settle.cleaned_data)
        except NotPossible as error:
            settle.add_error(None, str(error))
        else:
            messages.success(request, _("The reason is kept; the sign is gone."))
            return redirect("ageing_list")
    context = {
        "sign": sign,
        "page": page.detail(sign, proposal, user),
        "mini": mini,
        "settle": settle,
    }
    return render(request, "feedback/ageing_detail.html", context)


@require_http_methods(["GET", "POST"])
def dead_link_tell(request: MemberRequest, pk: int) -> HttpResponse:
    versions = Version.objects.visible_to(request.user).select_related("material")
    version = get_object_or_404(versions, pk=pk)
    form = DeadLinkForm(request.POST or None)
    if form.is_valid():
        dead_link.tell(version=version, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Thank you. Those who lead its reviews see it now."))
        return redirect(version)
    return render(request, "feedback/dead_link.html", {"version": version, "form": form})
