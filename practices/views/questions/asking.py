"""Asking: the case, its details, the people it is put to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.domain import clock
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.questions import asking, gathering, reasons, removing, routing
from practices.forms.questions import CaseForm, DetailsForm, RouteForm
from practices.models import Question
from practices.views.questions.conflicts import conflict


@require_http_methods(["GET", "HEAD", "POST"])
def question_new(request: MemberRequest) -> HttpResponse:
    permissions.may_contribute(request.user)
    sent = request.POST if request.method == "POST" else None
    form = CaseForm(sent, person=request.user.person)
    if form.is_valid():
        try:
            question = asking.ask(words=form.words(), by=request.user, at=timezone.now())
        except NotPossible as error:
            form.add_error("situation", str(error))
        else:
            return redirect("question_check", pk=question.pk)
    return render(request, "practices/question_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: MemberRequest, pk: int) -> HttpResponse:
    question = _seen(request, pk)
    permissions.may_settle(request.user, question)
    sent = request.POST if request.method == "POST" else None
    form = CaseForm(sent, person=request.user.person, question=question)
    if form.is_valid():
        try:
            asking.change(
                question_id=pk,
                revision=form.cleaned_data["revision"] or 0,
                words=form.words(),
                by=request.user,
                at=timezone.now(),
            )
        except ChangedMeanwhile as error:
            return conflict(request, form, error.stored, question.get_absolute_url())
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect("question_check", pk=pk)
    return render(request, "practices/question_form.html", {"form": form, "question": question})


@require_http_methods(["GET", "HEAD", "POST"])
def question_check(request: MemberRequest, pk: int) -> HttpResponse:
    """The details go out; then everybody reads it."""
    question = _seen(request, pk)
    permissions.may_settle(request.user, question)
    if question.checked_at is not None:
        return redirect(question)
    parts = removing.parts(question)
    marks = [mark for part in parts for mark in part.marks]
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, marks=marks, revision=question.revision)
    if form.is_valid():
        try:
            removing.finish(
                question_id=pk,
                revision=form.cleaned_data["revision"] or 0,
                said=form.said,
                by=request.user,
                at=timezone.now(),
            )
        except ChangedMeanwhile as error:
            messages.warning(request, str(error))
            return redirect("question_check", pk=pk)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Everybody can read your question now. Whom do we ask?"))
            return redirect("question_route", pk=pk)
    context = {"question": question, "form": form, "parts": parts, "found": len(marks)}
    return render(request, "practices/question_check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question_route(request: MemberRequest, pk: int) -> HttpResponse:
    """Who fits, and why, before anybody gets a mail."""
    question = _seen(request, pk)
    permissions.may_tend_question(request.user, question)
    if question.checked_at is None:
        return redirect("question_check", pk=pk)
    proposed = gathering.propose(question, clock.today_of(request.user))
    sent = request.POST if request.method == "POST" else None
    form = RouteForm(sent, people=[person for person, _fit in proposed])
    if form.is_valid():
        try:
            asked = routing.put_to(
                question_id=pk,
                people=form.cleaned_data["people"],
                by=request.user,
                at=timezone.now(),
            )
        except NotPossible as error:
            form.add_error("people", str(error))
        else:
            text = ngettext("%(n)d colleague is asked.", "%(n)d colleagues are asked.", asked)
            messages.success(request, text % {"n": asked})
            return redirect(question)
    context = {
        "question": question,
        "form": form,
        "proposed": [
            {"person": person, "reasons": reasons.of(fit), "ticked": str(person.pk) in form.ticked}
            for person, fit in proposed
        ],
    }
    return render(request, "practices/question_route.html", context)


@require_POST
def question_delete(request: MemberRequest, pk: int) -> HttpResponse:
    question = _seen(request, pk)
    try:
        asking.throw_away(question_id=question.pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect(question)
    messages.success(request, _("The draft is gone."))
    return redirect("question_list")


def _seen(request: MemberRequest, pk: int) -> Question:
    """The question as far as this person sees it."""
    visible = Question.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("asked_by", "topic"), pk=pk)
