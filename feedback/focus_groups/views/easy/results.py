"""Views translate: what people answered, as a page and as tables, and words to look at."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.files import private_bytes, private_response
from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.focus_groups.domain.capturing import checking
from feedback.focus_groups.domain.easy import listed, result_words, results, waiting_words
from feedback.focus_groups.exports import results as tables
from feedback.focus_groups.forms.words import CleanForm, WrittenForm
from feedback.focus_groups.models import EasyForm, FormAnswer

PER_PAGE = 20
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def form_results(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(listed.one(request.user), pk=pk)
    found = results.collect(row, at=timezone.now())
    rights = listed.rights(request.user, row)
    context = {
        "row": row,
        "results": found,
        "scales": [(result, result_words.bars(result)) for result in found.scales],
        "languages": result_words.languages(found),
        "sus": result_words.sus_sentences(found.sus) if found.sus else [],
        "rights": rights,
        "waiting": waiting_words.counted(request.user, row) if rights.hears else None,
    }
    return render(request, "feedback/form_results.html", context)


@require_safe
def form_results_csv(request: MemberRequest, pk: int) -> HttpResponse:
    row = _form(request, pk)
    content = tables.as_csv(results.collect(row, at=timezone.now()))
    return private_bytes(content, name=f"form-{pk}.csv", media_type=_CSV)


@require_safe
def form_results_xlsx(request: MemberRequest, pk: int) -> HttpResponse:
    row = _form(request, pk)
    content = tables.as_xlsx(row, results.collect(row, at=timezone.now()))
    return private_bytes(content, name=f"form-{pk}.xlsx", media_type=_XLSX)


@require_safe
def form_words(request: MemberRequest, pk: int) -> HttpResponse:
    """Words to go through and messages to write down, for those who hear the form."""
    row = get_object_or_404(EasyForm.objects.heard_by(request.user), pk=pk)
    found = waiting_words.heard(request.user).filter(response__form=row)
    waiting = waiting_words.waiting(found)
    page_obj = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context = {"row": row, "page_obj": page_obj, "done": found.count() - page_obj.paginator.count}
    return render(request, "feedback/form_words.html", context)


@require_http_methods(["GET", "POST"])
def form_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """One answer: its words with marks, or its sound with a place to write."""
    answer = get_object_or_404(waiting_words.heard(request.user), pk=pk)
    return _written(request, answer) if answer.file else _checked(request, answer)


@require_safe
def form_answer_sound(request: MemberRequest, pk: int) -> HttpResponseBase:
    answer = get_object_or_404(waiting_words.heard(request.user).exclude(file=""), pk=pk)
    return private_response(answer.file, name="message", media_type=answer.media_type, inline=True)


def _written(request: MemberRequest, answer: FormAnswer) -> HttpResponse:
    form = WrittenForm(request.POST or None)
    if form.is_valid():
        try:
            waiting_words.write_down(
                answer_id=answer.pk, words=form.cleaned_data["words"], by=request.user
            )
        except NotPossible as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("The sound is deleted. Now look for details."))
            return redirect("form_answer", pk=answer.pk)
    return render(request, "feedback/form_answer.html", {"answer": answer, "form": form})


def _checked(request: MemberRequest, answer: FormAnswer) -> HttpResponse:
    shown = checking.to_check(answer.words, answer.response.language)
    proposal = answer.clean_words if answer.checked_on else shown.proposal
    initial = {"clean_words": proposal, "said": answer.words}
    form = CleanForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            _check(request, answer, form)
        except NotPossible as error:
            form.add_error("clean_words", str(error))
        else:
            return _next(request, answer)
    context = {"answer": answer, "form": form, "shown": shown}
    return render(request, "feedback/form_answer.html", context)


def _check(request: MemberRequest, answer: FormAnswer, form: CleanForm) -> None:
    seen = FormAnswer(pk=answer.pk, words=form.cleaned_data["said"].replace("\r\n", "\n"))
    checking.check_answer(
        answer=seen,
        clean_words=form.cleaned_data["clean_words"],
        by=request.user,
        at=timezone.now(),
    )


def _next(request: MemberRequest, answer: FormAnswer) -> HttpResponse:
    """The next answer that waits in the form, else the list."""
    form_id = answer.response.form_id
    mine = waiting_words.heard(request.user).filter(response__form=form_id)
    following = waiting_words.waiting(mine).first()
    messages.success(request, _("These words may be read by others now."))
    if following is None:
        return redirect("form_words", pk=form_id)
    return redirect("form_answer", pk=following.pk)


def _form(request: MemberRequest, pk: int) -> EasyForm:
    forms = EasyForm.objects.visible_to(request.user).select_related("country")
    return get_object_or_404(forms, pk=pk)
