"""Ideas: the list, one of them, handing one in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible
from experts.domain import clock
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.ideas import alike, finding, origin, page, submitting, voting
from practices.forms.ideas import CombineForm, IdeaFilterForm, IdeaForm, VoteForm
from practices.models import Idea

PER_PAGE = 25


@require_safe
def idea_list(request: MemberRequest) -> HttpResponse:
    form = IdeaFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    today = clock.today_of(request.user)
    found = finding.apply(form.wanted, user=request.user, today=today)
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page_obj,
        "rows": page.rows(page_obj.object_list, today),
        "is_default": not form.narrows,
        "may_contribute": permissions.may_contribute.allows(request.user),
    }
    return render(request, "practices/idea_list.html", context)


@require_safe
def idea_detail(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Idea.objects.visible_to(request.user)
    known = seen.select_related(
        "author", "country", "topic", "merged_into", "answered_by", "became_practice"
    )
    idea = get_object_or_404(known, pk=pk)
    today = clock.today_of(request.user)
    context = {
        "idea": idea,
        "page": page.build(idea, request.user, today),
        "panels": panels.of("idea", request.user, idea),
    }
    return render(request, "practices/idea_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_new(request: MemberRequest) -> HttpResponse:
    """What may be the same idea is shown first; it is handed in when that was looked at."""
    permissions.may_contribute(request.user)
    if request.method == "POST":
        form = IdeaForm(request.POST)
    else:
        form = IdeaForm(origin=origin.local(request.GET.get("origin", "")))
    found: list[alike.Alike] = []
    if form.is_bound and form.is_valid():
        # Another title than the one that was looked at is looked for again.
        if request.POST.get("seen") != form.cleaned_data["title"]:
            found = alike.of(title=form.cleaned_data["title"], user=request.user)
        if not found:
            try:
                idea = submitting.submit(new=form.new(), by=request.user, at=timezone.now())
            except NotPossible as error:
                form.add_error("text", str(error))
            else:
                messages.success(request, _("Thank you. You get an answer within 30 days."))
                return redirect(idea)
    return render(request, "practices/idea_form.html", {"form": form, "alike": found})


@require_http_methods(["GET", "HEAD", "POST"])
def idea_combine(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Idea.objects.visible_to(request.user).standing()
    idea = get_object_or_404(seen, pk=pk)
    permissions.may_contribute(request.user)
    others = seen.exclude(pk=pk).select_related("country").order_by("title", "pk")
    form = CombineForm(request.POST if request.method == "POST" else None, others=others)
    if form.is_bound and form.is_valid():
        try:
            child = submitting.combine(
                parent_ids=[pk, *form.cleaned_data["others"]],
                new=form.new(),
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error("others", str(error))
        else:
            messages.success(request, _("The ideas are combined in a new one."))
            return redirect(child)
    return render(request, "practices/idea_combine.html", {"idea": idea, "form": form})


@require_POST
def idea_vote(request: MemberRequest, pk: int) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.visible_to(request.user), pk=pk)
    permissions.may_contribute(request.user)
    form = VoteForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if form.cleaned_data["vote"] == "no":
        voting.take_back(idea_id=pk, by=request.user)
        messages.success(request, _("Your vote is taken back."))
        return redirect(idea)
    try:
        voting.vote(idea_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your vote counts."))
    return redirect(idea)
