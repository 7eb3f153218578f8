"""Views translate: the questions of a form, their translations, recordings and a preview."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common import sounds
from cop_platform.common.files import private_response
from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.easy import listed, questions, translations
from feedback.focus_groups.forms.easy import QuestionForm, WordsForm
from feedback.focus_groups.models import EasyForm, EasyQuestion, QuestionAudio
from feedback.focus_groups.views.easy import conflicts


@require_http_methods(["GET", "POST"])
def form_question_new(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(EasyForm.objects.visible_to(request.user), pk=pk)
    permissions.may_plan(request.user, row.country_id)
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        try:
            questions.add(form_id=pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The question is added. Now translate it."))
            return redirect("form_detail", pk=pk)
    context = {"form": form, "row": row, "question": None}
    return render(request, "feedback/form_question.html", context)


@require_http_methods(["GET", "POST"])
def form_question(request: MemberRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    permissions.may_plan(request.user, question.form.country_id)
    form = QuestionForm.of(question, request.POST or None)
    if form.is_valid():
        try:
            questions.change(
                question_id=pk,
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except ChangedMeanwhile:
            question.refresh_from_db()
            stored = QuestionForm.of(question)
            seen = questions.seen_of(question)
            return conflicts.page(request, stored, form, seen=seen, back=question.form)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The question is saved."))
            return redirect("form_detail", pk=question.form_id)
    context = {"form": form, "row": question.form, "question": question}
    context["seen"] = request.POST.get("seen") or questions.seen_of(question)
    return render(request, "feedback/form_question.html", context)


@require_POST
def form_question_move(request: MemberRequest, pk: int) -> HttpResponse:
    """One place up, or with "direction" = "down" one place down."""
    question = _question(request, pk)
    is_up = request.POST.get("direction") != "down"
    try:
        questions.move(question_id=pk, up=is_up, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect("form_detail", pk=question.form_id)


@require_POST
def form_question_delete(request: MemberRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    try:
        questions.delete(question_id=pk, by=request.user, at=timezone.now())
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The question is taken out."))
    return redirect("form_detail", pk=question.form_id)


@require_http_methods(["GET", "POST"])
def form_translations(request: MemberRequest, pk: int) -> HttpResponse:
    """The table of gaps, and the words of the language that is chosen."""
    row = get_object_or_404(EasyForm.objects.visible_to(request.user), pk=pk)
    language = request.POST.get("language", request.GET.get("language", ""))
    if language not in listed.LANGUAGES:
        language = translations.first_gap(row)
    form = WordsForm(
        request.POST or None,
        request.FILES or None,
        questions=translations.questions(row),
        language=language,
    )
    if form.is_valid():
        try:
            _save_words(request, row, language, form)
        except ChangedMeanwhile:
            stored = WordsForm(None, None, questions=translations.questions(row), language=language)
            seen = questions.seen_in(row, language)
            return conflicts.page(request, stored, form, seen=seen, back=row)
        except sounds.NotASound as error:
            form.add_error(None, str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The words are saved."))
            address = reverse("form_translations", args=[pk])
            return redirect(f"{address}?language={language}")
    context = {
        "row": row,
        "form": form,
        "table": translations.table(row),
        "lines": translations.lines(form.questions, form, language),
        "language": translations.spoken(language),
        "seen": request.POST.get("seen") or questions.seen_in(row, language),
        "may_edit": permissions.may_plan.allows(request.user, row.country_id),
    }
    return render(request, "feedback/form_translations.html", context)


@transaction.atomic
def _save_words(request: MemberRequest, row: EasyForm, language: str, form: WordsForm) -> None:
    """Words and recordings of one language: all of them, or none with a sentence."""
    by, at = request.user, timezone.now()
    questions.translate(
        form_id=row.pk,
        language=language,
        texts=form.texts,
        seen=request.POST.get("seen", ""),
        by=by,
        at=at,
    )
    for question in form.questions:
        upload = form.cleaned_data[f"audio_{question.pk}"]
        if upload:
            sound = sounds.accept(upload)
            questions.read_aloud(
                question_id=question.pk, language=language, sound=sound, by=by, at=at
            )
        elif form.cleaned_data[f"silence_{question.pk}"]:
            questions.silence(question_id=question.pk, language=language, by=by, at=at)


@require_safe
def form_audio(request: MemberRequest, pk: int) -> HttpResponseBase:
    """A question read aloud."""
    forms = EasyForm.objects.visible_to(request.user)
    audio = get_object_or_404(QuestionAudio, pk=pk, question__form__in=forms)
    return private_response(
        audio.file, name=f"question-{audio.question_id}", media_type=audio.media_type, inline=True
    )


@require_safe
def form_preview(request: MemberRequest, pk: int) -> HttpResponse:
    """All questions of a form below each other, as guests see them one by one."""
    row = get_object_or_404(EasyForm.objects.visible_to(request.user), pk=pk)
    chosen = request.GET.get("language", "")
    code = chosen if chosen in row.languages else row.languages[0]
    context = {"row": row, "preview": translations.preview(row, code)}
    return render(request, "feedback/form_preview.html", context)


def _question(request: MemberRequest, pk: int) -> EasyQuestion:
    forms = EasyForm.objects.visible_to(request.user)
    found = EasyQuestion.objects.select_related("form__country")
    return get_object_or_404(found, pk=pk, form__in=forms)
