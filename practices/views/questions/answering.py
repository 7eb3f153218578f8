"""Answering a question, changing one's answer, passing a question on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from cop_platform.common.text import to_html
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.questions import answering, routing
from practices.forms.questions import AnswerForm
from practices.models import Answer, Question
from practices.views.questions.conflicts import conflict


@require_http_methods(["GET", "HEAD", "POST"])
def question_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """`look=1` shows the answer as others will read it, and sends nothing."""
    question = _seen(request, pk)
    permissions.may_contribute(request.user)
    form = AnswerForm(_sent(request), person=request.user.person)
    if form.is_valid() and not _looks(request):
        said = {name: form.cleaned_data[name] for name in ("text", "language")}
        try:
            answering.answer(question_id=pk, by=request.user, at=timezone.now(), **said)
        except NotPossible as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Thank you. The colleague who asked is told at once."))
            return redirect(f"{question.get_absolute_url()}#answers")
    return _page(request, question, form)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_edit(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Question.objects.visible_to(request.user)
    rows = Answer.objects.visible_to(request.user).filter(question__in=visible)
    answer = get_object_or_404(rows.select_related("by", "question"), pk=pk)
    permissions.may_edit_answer(request.user, answer)
    form = AnswerForm(_sent(request), person=request.user.person, answer=answer)
    if form.is_valid() and not _looks(request):
        said = {name: form.cleaned_data[name] for name in ("text", "language")}
        revision = form.cleaned_data["revision"] or 0
        try:
            answering.change_answer(
                answer_id=pk, revision=revision, by=request.user, at=timezone.now(), **said
            )
        except ChangedMeanwhile as error:
            return conflict(request, form, error.stored, answer.question.get_absolute_url())
        except NotPossible as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Your answer is changed."))
            return redirect(f"{answer.question.get_absolute_url()}#answers")
    return _page(request, answer.question, form, answer=answer)


@require_POST
def question_pass(request: MemberRequest, pk: int) -> HttpResponse:
    question = _seen(request, pk)
    try:
        is_next = routing.pass_on(question_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.warning(request, str(error))
        return redirect(question)
    said = _("Somebody else is asked now.") if is_next else _("It is passed on.")
    messages.success(request, said)
    return redirect("question_list")


def _page(
    request: MemberRequest, question: Question, form: AnswerForm, **more: Any
) -> HttpResponse:
    shown = to_html(form.cleaned_data["text"]) if form.is_bound and form.is_valid() else ""
    context = {"question": question, "form": form, "preview": shown} | more
    return render(request, "practices/question_answer.html", context)


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _looks(request: MemberRequest) -> bool:
    return "look" in request.POST


def _seen(request: MemberRequest, pk: int) -> Question:
    return get_object_or_404(Question.objects.visible_to(request.user), pk=pk)
