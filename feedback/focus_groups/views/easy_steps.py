"""One question a page, the page that sends, and the one with the receipt code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from feedback.focus_groups.domain.easy import answering, easy_pages
from feedback.focus_groups.domain.easy.answering import Started
from feedback.focus_groups.enums import AnswerKind, Purpose
from feedback.focus_groups.forms.answering import AnswerForm
from feedback.focus_groups.models import EasyQuestion
from feedback.focus_groups.views.easy_page import Visit, of_answers, page, still_open


@of_answers
@still_open
def easy_question(request: HttpRequest, visit: Visit, step: int) -> HttpResponseBase:
    """A question with the answer so far; one tap answers it and goes on."""
    if not 1 <= step <= len(visit.questions):
        return redirect(visit.address(step))
    asked = visit.questions[step - 1]
    given = visit.response.answers.filter(question=asked).first()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnswerForm(*sent, asked=asked, guest=visit.words, given=given)
    if form.is_valid():
        try:
            return redirect(visit.address(_act(visit, asked, form, step)))
        except answering.AlreadySent:
            return redirect(visit.end)
    return _question_page(request, visit, step, form)


def _act(visit: Visit, asked: EasyQuestion, form: AnswerForm, step: int) -> int:
    """Does what the pressed button says; the step it leads to."""
    if form.deed == "drop_voice":
        answering.drop_voice(response=visit.response, question=asked)
        return step
    if form.deed:
        answering.skip(response=visit.response, question=asked)
    else:
        answering.answer(response=visit.response, question=asked, **form.said())
    return step + 1


def _question_page(request: HttpRequest, visit: Visit, step: int, form: AnswerForm) -> HttpResponse:
    words, asked = visit.words, form.asked
    is_words = asked.kind == AnswerKind.WORDS
    return page(
        request,
        "question",
        words,
        status=422 if form.is_bound else 200,
        token=visit.token,
        asked=asked,
        question=easy_pages.question(asked, words.code),
        progress=words.say("progress", number=step, total=len(visit.questions)),
        choices=easy_pages.choices(asked, words, form.given),
        is_answered=_is_answered(form),
        form=form,
        voice=easy_pages.read_aloud(Purpose.VOICE, words.code) if is_words else None,
        back=visit.address(step - 1) if step > 1 else "",
        onward=visit.address(step + 1),
    )


def _is_answered(form: AnswerForm) -> bool:
    given = form.given
    return given is not None and bool(given.value or given.words or given.file)


@of_answers
@still_open
def easy_last(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Sends the answers; whoever used words is asked first whether they may be printed."""
    if request.method == "POST":
        answering.finish(
            started=Started(visit.response, visit.secret),
            at=timezone.now(),
            may_quote=request.POST.get("may_quote") == "yes",
        )
        return redirect(visit.end)
    return page(
        request,
        "last",
        visit.words,
        token=visit.token,
        has_words=answering.has_words(visit.response),
        quotes=easy_pages.read_aloud(Purpose.QUOTES, visit.words.code),
        back=visit.address(len(visit.questions)) if visit.questions else "",
    )


@of_answers
def easy_end(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Thanks, with the code: on the day of sending alone, since old addresses stay in phones."""
    if not visit.is_sent:
        return redirect(visit.address(len(visit.questions) + 1))
    is_today = visit.response.finished_on == answering.today(visit.form, timezone.now())
    return page(
        request,
        "end",
        visit.words,
        code=answering.receipt(visit.secret) if is_today else "",
        card=easy_pages.help_card(visit.form, visit.words.code),
    )
