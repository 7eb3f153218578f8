"""How a question ends: an accepted answer, whether it worked, a reason, a peer assist."""

from __future__ import annotations

from datetime import time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import NoSuchTime, TwiceThatDay
from experts.domain import clock
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.questions import assisting, settling
from practices.forms.questions import AcceptForm, AssistForm, CloseForm, WorkedForm
from practices.models import Question
from sessions.models import Method


@require_POST
def question_accept(request: MemberRequest, pk: int) -> HttpResponse:
    question = _seen(request, pk)
    permissions.may_settle(request.user, question)
    form = AcceptForm(request.POST)
    answer_id = form.cleaned_data["answer"] if form.is_valid() else 0
    try:
        settling.accept(question_id=pk, answer_id=answer_id, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Solved. In a month you are asked whether it worked."))
    return redirect(question)


@require_POST
def question_unaccept(request: MemberRequest, pk: int) -> HttpResponse:
    question = _seen(request, pk)
    settling.take_acceptance_back(question_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The question is open again."))
    return redirect(question)


@require_POST
def question_worked(request: MemberRequest, pk: int) -> HttpResponse:
    question = _seen(request, pk)
    permissions.may_settle(request.user, question)
    form = WorkedForm(request.POST, question=question)
    if not form.is_valid():
        said = [str(error) for errors in form.errors.values() for error in errors]
        messages.warning(request, " ".join(said))
        return redirect(question)
    try:
        settling.say_whether_it_worked(
            question_id=pk,
            worked=form.cleaned_data["worked"],
            note=form.noted,
            by=request.user,
            at=timezone.now(),
        )
    except NotPossible as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Thank you: the next one with this question reads it too."))
    return redirect(question)


@require_http_methods(["GET", "HEAD", "POST"])
def question_close(request: MemberRequest, pk: int) -> HttpResponse:
    question = _seen(request, pk)
    permissions.may_tend_question(request.user, question)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            settling.close(question_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The question is closed."))
            return redirect(question)
    return render(request, "practices/question_close.html", {"question": question, "form": form})


@require_POST
def question_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    question = _seen(request, pk)
    settling.open_again(question_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The question is open again."))
    return redirect(question)


@require_http_methods(["GET", "HEAD", "POST"])
def question_assist(request: MemberRequest, pk: int) -> HttpResponse:
    """Day and hour are all that is asked; the rest follows from the question."""
    question = _seen(request, pk)
    permissions.may_assist(request.user)
    initial = {"day": assisting.usual_day(clock.today_of(request.user)), "clock": time(10, 0)}
    form = AssistForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            session = assisting.plan(
                question_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except (NoSuchTime, TwiceThatDay, NotPossible) as error:
            form.add_error("clock" if not isinstance(error, NotPossible) else None, str(error))
        else:
            messages.success(request, _("The session is planned. Now invite people to it."))
            return redirect(session)
    context = {
        "question": question,
        "form": form,
        "title": assisting.title_of(question),
        "method": get_object_or_404(Method, number=assisting.METHOD),
        "hosts": assisting.hosts(question, request.user),
    }
    return render(request, "practices/question_assist.html", context)


def _seen(request: MemberRequest, pk: int) -> Question:
    visible = Question.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("asked_by"), pk=pk)
