"""What an author does with an idea of their own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common import saving
from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.ideas import own
from practices.forms.ideas import IdeaForm, IdeaNoteForm
from practices.models import Idea


@require_http_methods(["GET", "HEAD", "POST"])
def idea_edit(request: MemberRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    data = request.POST if request.method == "POST" else None
    form = IdeaForm(data, idea=idea)
    if not form.is_bound and not own.is_open(idea):
        return redirect("idea_note", pk=pk)
    saved = saving.save(
        request,
        form,
        idea,
        lambda revision: own.change(
            idea_id=pk, revision=revision, new=form.new(), by=request.user, at=timezone.now()
        ),
        beside="text",
    )
    if saved.is_done:
        messages.success(request, _("The idea was saved."))
        return redirect(idea)
    context = {"form": form, "idea": idea, "saved": saved}
    return render(request, "practices/idea_edit.html", context, status=saved.status)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_note(request: MemberRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    form = IdeaNoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            own.add_note(idea_id=pk, **form.cleaned_data, by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("It stands below your idea."))
            return redirect(idea)
    return render(request, "practices/idea_note.html", {"form": form, "idea": idea})


@require_POST
def idea_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    try:
        own.withdraw(idea_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Withdrawn. For thirty days you can bring it back here."))
    return redirect(idea)


@require_POST
def idea_bring_back(request: MemberRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    own.bring_back(idea_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("Your idea stands again."))
    return redirect(idea)


def _idea(request: MemberRequest, pk: int) -> Idea:
    """The idea of the address, for its author. Raises Http404 or Refused."""
    seen_ideas = Idea.objects.visible_to(request.user).select_related("author", "country", "topic")
    idea = get_object_or_404(seen_ideas, pk=pk)
    permissions.may_edit_idea(request.user, idea)
    return idea
