"""The questions of a guide: added, changed, moved and taken out by the project manager."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.guides import guide_questions
from feedback.focus_groups.forms.guides import QuestionForm
from feedback.focus_groups.models import Guide, GuideQuestion
from feedback.focus_groups.views import conflicts


@require_http_methods(["GET", "HEAD", "POST"])
def guide_question_new(request: MemberRequest, pk: int) -> HttpResponse:
    guide = get_object_or_404(Guide.objects.visible_to(request.user), pk=pk)
    permissions.may_edit_words(request.user)
    form = QuestionForm.of(None, request.POST or None)
    if form.is_valid():
        try:
            guide_questions.add(
                guide_id=pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The question is added. Now translate it."))
            return redirect("guide_detail", pk=pk)
    context = {"form": form, "guide": guide, "question": None}
    return render(request, "feedback/guide_question_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def guide_question_edit(request: MemberRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    permissions.may_edit_words(request.user)
    form = QuestionForm.of(question, request.POST or None)
    back = reverse("guide_detail", args=[question.guide_id])
    if form.is_valid():
        try:
            guide_questions.change(
                question_id=pk,
                **form.cleaned_data,
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
            )
        except ChangedMeanwhile:
            question.refresh_from_db()
            return conflicts.page(
                request,
                stored=QuestionForm.of(question),
                typed=form,
                mark=("seen", guide_questions.mark(question)),
                title=question.guide.name,
                back=back,
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The question was saved."))
            return redirect(back)
    context = {
        "form": form,
        "guide": question.guide,
        "question": question,
        "seen": request.POST.get("seen") or guide_questions.mark(question),
        "translated": len(question.texts) - 1,
    }
    return render(request, "feedback/guide_question_form.html", context)


@require_POST
def guide_question_move(request: MemberRequest, pk: int) -> HttpResponse:
    """One place up, or with "direction" = "down" one place down."""
    question = _question(request, pk)
    is_up = request.POST.get("direction") != "down"
    try:
        guide_questions.move(question_id=pk, up=is_up, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect("guide_detail", pk=question.guide_id)


@require_POST
def guide_question_delete(request: MemberRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    try:
        guide_questions.delete(question_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(text)s” is taken out.") % {"text": question.said("en")})
    return redirect("guide_detail", pk=question.guide_id)


def _question(request: MemberRequest, pk: int) -> GuideQuestion:
    found = GuideQuestion.objects.filter(guide__in=Guide.objects.visible_to(request.user))
    return get_object_or_404(found.select_related("guide"), pk=pk)
