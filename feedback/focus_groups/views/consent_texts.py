"""The words that are read before somebody agrees: all of them, one, and their readings aloud."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_platform.common.files import private_response
from cop_platform.common.refusals import NotPossible
from experts.requests import MemberRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.consenting import consent_board, consent_page, consent_texts
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.forms.consents import (
    NewTextForm,
    PlaceForm,
    SoundForm,
    TranslationForm,
)
from feedback.focus_groups.models import ConsentText

_FIRST_PLACE = {"purpose": Purpose.NOTES.value, "language": consent_texts.FIRST}


@require_safe
def consent_list(request: MemberRequest) -> HttpResponse:
    """Every purpose in every language, and what is missing."""
    permissions.may_enter(request.user)
    context = {
        "board": consent_board.build(),
        "may_write": permissions.may_edit_words.allows(request.user),
    }
    return render(request, "feedback/consent_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def consent_new(request: MemberRequest) -> HttpResponse:
    """Another version of a purpose's words."""
    permissions.may_edit_words(request.user)
    form = NewTextForm(request.POST if request.method == "POST" else None, initial=_wanted(request))
    if form.is_bound and form.is_valid():
        try:
            text = consent_texts.write(by=request.user, **form.cleaned_data)
        except NotPossible as error:
            form.add_error("text", str(error))
        else:
            said = _("Version %(number)d is in use. Its translations are missing now.")
            messages.success(request, said % {"number": text.version})
            return redirect(_address(text))
    return render(request, "feedback/consent_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def consent_words(request: MemberRequest) -> HttpResponse:
    """One purpose in one language: its words, their translation, their reading aloud."""
    permissions.may_enter(request.user)
    place = PlaceForm(_FIRST_PLACE | request.GET.dict())
    if not place.is_valid():
        raise Http404
    purpose, language = place.cleaned_data["purpose"], place.cleaned_data["language"]
    texts = consent_texts.current(purpose)
    text = texts.get(language)
    forms = {
        "words": TranslationForm(initial={"text": text.text if text else ""}, prefix="words"),
        "sound": SoundForm(prefix="sound"),
    }
    if request.method == "POST":
        done = _change(request, purpose, language, text, forms)
        if done is not None:
            return done
    context = {
        "purpose": purpose,
        "label": Purpose(purpose).label,
        "language": language,
        "own_name": consent_board.named(language),
        "direction": consent_page.direction(language),
        "text": text,
        "english": texts[consent_texts.FIRST],
        "is_first": language == consent_texts.FIRST,
        "is_used": bool(text and text.consents.exists()),
        "forms": forms,
        "may_translate": permissions.may_translate.allows(request.user),
        "may_write": permissions.may_edit_words.allows(request.user),
    }
    return render(request, "feedback/consent_words.html", context)


@require_safe
def consent_sound(request: MemberRequest, pk: int) -> HttpResponseBase:
    """A reading aloud, for the people who play it to a participant."""
    text = get_object_or_404(ConsentText, pk=pk)
    permissions.may_enter(request.user)
    name = f"{text.purpose}-{text.version}-{text.language}"
    return private_response(text.file, name=name, media_type=text.media_type, inline=True)


def _change(
    request: MemberRequest,
    purpose: str,
    language: str,
    text: ConsentText | None,
    forms: dict[str, Any],
) -> HttpResponse | None:
    """Does what the pressed button asks; None when the page is shown again with what is wrong."""
    permissions.may_translate(request.user)
    deed = request.POST.get("deed", "")
    form: TranslationForm | SoundForm
    if deed == "words":
        form = forms["words"] = TranslationForm(request.POST, prefix="words")
    elif deed == "sound" and text is not None:
        form = forms["sound"] = SoundForm(request.POST, request.FILES, prefix="sound")
    else:
        raise BadRequest
    if not form.is_valid():
        return None
    try:
        if deed == "words":
            consent_texts.translate(
                purpose=purpose, language=language, text=form.cleaned_data["text"], by=request.user
            )
        elif text is not None:
            sound = form.cleaned_data["sound"]
            consent_texts.read_aloud(text_id=text.pk, sound=sound, by=request.user)
    except NotPossible as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('consent_words')}?purpose={purpose}&language={language}")


def _wanted(request: HttpRequest) -> dict[str, str]:
    """The purpose named in the address, with its words of today to start from."""
    purpose = request.GET.get("purpose", Purpose.NOTES.value)
    if purpose not in Purpose.values:
        return {}
    return {"purpose": purpose, "text": consent_texts.current(purpose)[consent_texts.FIRST].text}


def _address(text: ConsentText) -> str:
    return f"{reverse('consent_words')}?purpose={text.purpose}&language={text.language}"
