"""What the project reads aloud on guests' pages; no sound of a person is here."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponseBase

from feedback.focus_groups.domain.consenting import consent_texts
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import ConsentText, EasyForm, QuestionAudio
from feedback.focus_groups.views.easy_page import of_form, unknown
from materials import answers


@of_form
def easy_question_sound(
    request: HttpRequest, form: EasyForm, question: int, language: str
) -> HttpResponseBase:
    """A question of this form read aloud."""
    audio = QuestionAudio.objects.filter(question__form=form, question=question, language=language)
    return _sound(request, audio.first())


@of_form
def easy_purpose_sound(
    request: HttpRequest, form: EasyForm, purpose: str, language: str
) -> HttpResponseBase:
    """What happens with answers, words or a voice, read aloud."""
    texts = consent_texts.current(purpose) if purpose in Purpose.values else {}
    return _sound(request, texts.get(language))


def _sound(request: HttpRequest, row: QuestionAudio | ConsentText | None) -> HttpResponseBase:
    """The bytes, in parts where a phone asks for parts."""
    if row is None or not row.file or not default_storage.exists(str(row.file.name)):
        return unknown(request)
    sent = answers.Sent(
        key=str(row.file.name),
        size=row.file.size,
        sha256=row.sha256,
        media_type=row.media_type,
        name="sound",
        shown=True,
    )
    return answers.send(request, sent)
