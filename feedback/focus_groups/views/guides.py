"""Guides: the list, one guide in all languages, its edition by the project manager, its print."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.guides import guide_page, guide_questions, guides
from feedback.focus_groups.domain.language_names import direction, named
from feedback.focus_groups.forms.guides import GuideForm, GuideWordsForm, LanguageForm
from feedback.focus_groups.models import Guide
from feedback.focus_groups.views import conflicts


@require_safe
def guide_list(request: MemberRequest) -> HttpResponse:
    permissions.may_enter(request.user)
    context = {
        "rows": guide_page.listed(),
        "may_edit": permissions.may_edit_words.allows(request.user),
    }
    return render(request, "feedback/guide_list.html", context)


@require_safe
def guide_detail(request: MemberRequest, pk: int) -> HttpResponse:
    guide = _guide(request, pk)
    rows = guide_page.questions(guide)
    found = [row.question for row in rows]
    may_edit = permissions.may_edit_words.allows(request.user)
    context = {
        "guide": guide,
        "rows": rows,
        "state": guide_page.state(guide),
        "languages": guide_page.languages(found),
        "minutes": guide_page.minutes(found),
        "may_edit": may_edit,
        "is_open": may_edit and guide.frozen_at is None,
        "may_translate": permissions.may_translate.allows(request.user),
    }
    return render(request, "feedback/guide_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def guide_new(request: MemberRequest) -> HttpResponse:
    permissions.may_edit_words(request.user)
    form = GuideForm.of(None, request.POST or None)
    if form.is_valid():
        try:
            made = guides.create(**form.cleaned_data, by=request.user, at=timezone.now())
        except guides.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The guide is there. Now add its questions."))
            return redirect("guide_detail", pk=made.pk)
    return render(request, "feedback/guide_form.html", {"form": form, "guide": None})


@require_http_methods(["GET", "HEAD", "POST"])
def guide_edit(request: MemberRequest, pk: int) -> HttpResponse:
    guide = _guide(request, pk)
    permissions.may_edit_words(request.user)
    form = GuideForm.of(guide, request.POST or None)
    if form.is_valid():
        try:
            guides.change(
                guide_id=pk,
                **form.cleaned_data,
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
            )
        except ChangedMeanwhile:
            guide.refresh_from_db()
            return conflicts.page(
                request,
                stored=GuideForm.of(guide),
                typed=form,
                mark=("seen", guides.mark(guide)),
                title=guide.name,
                back=reverse("guide_detail", args=[pk]),
            )
        except guides.NameTaken as error:
            form.add_error("name", str(error))
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The guide was saved."))
            return redirect("guide_detail", pk=pk)
    seen = request.POST.get("seen") or guides.mark(guide)
    return render(request, "feedback/guide_form.html", {"form": form, "guide": guide, "seen": seen})


@require_POST
def guide_revise(request: MemberRequest, pk: int) -> HttpResponse:
    _guide(request, pk)
    made = guides.revise(guide_id=pk, by=request.user, at=timezone.now())
    text = _("This is revision %(n)d. Groups keep the one they were planned with.")
    messages.success(request, text % {"n": made.revision})
    return redirect("guide_detail", pk=made.pk)


@require_POST
def guide_retire(request: MemberRequest, pk: int) -> HttpResponse:
    """Out of use, or with "retired" empty into use again."""
    _guide(request, pk)
    retired = request.POST.get("retired") != ""
    guides.retire(guide_id=pk, retired=retired, by=request.user, at=timezone.now())
    said = _("No new group is planned with it any more.") if retired else _("It is in use again.")
    messages.success(request, said)
    return redirect("guide_detail", pk=pk)


@require_POST
def guide_piloted(request: MemberRequest, pk: int) -> HttpResponse:
    """Tried out before, or with "piloted" empty not."""
    _guide(request, pk)
    piloted = request.POST.get("piloted") != ""
    guides.mark_piloted(guide_id=pk, piloted=piloted, by=request.user, at=timezone.now())
    messages.success(request, _("The guide was saved."))
    return redirect("guide_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def guide_words(request: MemberRequest, pk: int) -> HttpResponse:
    """The questions in one language, English beside it."""
    guide = _guide(request, pk)
    permissions.may_translate(request.user)
    choices = guide_questions.translated_into()
    language = _language(request, choices)
    form = _words_form(guide, language, request)
    if request.method == "POST" and form.is_valid():
        try:
            guide_questions.translate(
                guide_id=pk,
                language=language,
                texts=form.texts(),
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
            )
        except ChangedMeanwhile:
            return conflicts.page(
                request,
                stored=_words_form(guide, language),
                typed=form,
                mark=("seen", guide_questions.words_mark(list(guide.questions.all()), language)),
                title=guide.name,
                back=reverse("guide_detail", args=[pk]),
            )
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The words were saved: %(language)s.") % {"language": named(language)}
            )
            return redirect("guide_detail", pk=pk)
    mark = guide_questions.words_mark(list(guide.questions.all()), language)
    context = {
        "guide": guide,
        "form": form,
        "language": language,
        "language_name": named(language),
        "choices": choices,
        "seen": request.POST.get("seen") or mark,
    }
    return render(request, "feedback/guide_words.html", context)


@require_safe
def guide_print(request: MemberRequest, pk: int) -> HttpResponse:
    """A guide on paper: the chosen language large, English small below it."""
    guide = _guide(request, pk)
    choices = [("en", named("en")), *guide_questions.translated_into()]
    language = _language(request, choices, "en")
    context = {
        "guide": guide,
        "language": language,
        "direction": direction(language),
        "choices": choices,
        "questions": [
            (q.said(language), q.said("en") if language != "en" else "", q.minutes)
            for q in guide.questions.all()
        ],
    }
    return render(request, "feedback/guide_print.html", context)


def _guide(request: MemberRequest, pk: int) -> Guide:
    """Guides are of no country: whoever runs groups reads them."""
    return get_object_or_404(Guide.objects.visible_to(request.user), pk=pk)


def _words_form(
    guide: Guide, language: str, request: MemberRequest | None = None
) -> GuideWordsForm:
    data = request.POST if request and request.method == "POST" else None
    return GuideWordsForm(
        data,
        questions=list(guide.questions.all()),
        language=language,
        is_frozen=guide.frozen_at is not None,
    )


def _language(request: MemberRequest, choices: list[tuple[str, str]], usual: str = "") -> str:
    """The language an address names, the first on offer without one. Raises BadRequest."""
    if "language" not in request.GET:
        return usual or choices[0][0]
    form = LanguageForm(request.GET, choices)
    if not form.is_valid():
        raise BadRequest
    return str(form.cleaned_data["language"])
