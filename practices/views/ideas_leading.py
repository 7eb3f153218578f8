"""What coordinators do with ideas: answer, move on, merge, take apart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.domain import clock
from experts.models import User
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.ideas import clock as idea_clock
from practices.domain.ideas import merging, moving
from practices.forms.ideas import AnswerForm, MergeForm, MoveForm
from practices.models import Idea
from sessions.domain.actions.writing import ForeignOwner


@require_http_methods(["GET", "HEAD", "POST"])
def idea_answer(request: MemberRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, idea=idea)
    is_conflict = False
    if form.is_bound and form.is_valid():
        try:
            moving.answer(idea_id=pk, **form.cleaned_data, by=request.user, at=timezone.now())
        except NotPossible as error:
            is_conflict = isinstance(error, ChangedMeanwhile)
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your answer goes to the author."))
            return redirect(idea)
    context = {
        "idea": idea,
        "form": form,
        "is_conflict": is_conflict,
        "clock": idea_clock.left(idea, clock.today_of(request.user)),
    }
    return render(
        request, "practices/idea_answer.html", context, status=409 if is_conflict else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def idea_move(request: MemberRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, idea=idea, user=request.user)
    is_conflict = False
    if form.is_bound and form.is_valid():
        try:
            _move(pk, form, request.user)
        except NotPossible as error:
            is_conflict = isinstance(error, ChangedMeanwhile)
            form.add_error("owner" if isinstance(error, ForeignOwner) else None, str(error))
        else:
            messages.success(request, _("It is written down."))
            return redirect(idea)
    context = {"idea": idea, "form": form, "is_conflict": is_conflict}
    return render(request, "practices/idea_move.html", context, status=409 if is_conflict else 200)


def _move(pk: int, form: MoveForm, user: User) -> None:
    data, at = form.cleaned_data, timezone.now()
    if data["to"] in {form.PRACTICE, form.ACTION}:
        moving.adopt(
            idea_id=pk,
            revision=data["revision"],
            action=form.promised(),
            why=data["why"],
            by=user,
            at=at,
        )
    else:
        moving.move(
            idea_id=pk,
            revision=data["revision"],
            state=data["to"],
            why=data["why"],
            by=user,
            at=at,
        )


@require_http_methods(["GET", "HEAD", "POST"])
def idea_merge(request: MemberRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    others = Idea.objects.visible_to(request.user).standing().exclude(pk=pk)
    form = MergeForm(
        request.POST if request.method == "POST" else None,
        others=others.select_related("country").order_by("title", "pk"),
    )
    if form.is_bound and form.is_valid():
        try:
            into = merging.merge(
                idea_id=pk, into_id=form.cleaned_data["into"], by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The two are one idea now; their votes count together."))
            return redirect(into)
    return render(request, "practices/idea_merge.html", {"idea": idea, "form": form})


@require_POST
def idea_apart(request: MemberRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    try:
        merging.take_apart(idea_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is an idea of its own again."))
    return redirect(idea)


def _idea(request: MemberRequest, pk: int) -> Idea:
    """The idea of the address, for those who may lead it on. Raises Http404 or Refused."""
    seen = Idea.objects.visible_to(request.user).select_related("author", "country", "merged_into")
    idea = get_object_or_404(seen, pk=pk)
    permissions.may_answer_ideas(request.user)
    return idea
