"""The list of questions, and the page of one."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop_platform.common import panels
from experts.requests import MemberRequest
from practices import permissions
from practices.domain.questions import durations, listing, page
from practices.forms.questions import AnswerForm, WorkedForm
from practices.forms.questions_list import QuestionFilterForm
from practices.models import Question

PER_PAGE = 20


@require_safe
def question_list(request: MemberRequest) -> HttpResponse:
    """Open ones first, those without an answer before all others."""
    person = request.user.person
    form = QuestionFilterForm(request.GET, topics=listing.topics(person))
    if not form.is_valid():
        raise BadRequest
    seen = Question.objects.visible_to(request.user)
    found = listing.apply(seen, form.wanted, person).with_facts().waiting_first()
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    waiting = durations.over_all(person)
    context = {
        "form": form,
        "page_obj": page_obj,
        "rows": page.rows(page_obj.object_list, timezone.now()),
        "waiting": waiting,
        "median": durations.said(waiting.median) if waiting else "",
        "p90": durations.said(waiting.p90) if waiting else "",
        "may_ask": permissions.may_contribute.allows(request.user),
    }
    return render(request, "practices/question_list.html", context)


@require_safe
def question_detail(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Question.objects.visible_to(request.user)
    related = visible.select_related("country", "topic", "asked_by__expert", "peer_assist")
    question = get_object_or_404(related, pk=pk)
    context = {
        "question": question,
        "page": page.build(question, request.user, timezone.now()),
        "answer_form": AnswerForm(person=request.user.person),
        "worked_form": WorkedForm(question=question),
        "panels": panels.of("question", request.user, question),
    }
    return render(request, "practices/question_detail.html", context)
