"""The questions of a form are written, ordered, translated and read aloud while nobody answered.

Afterwards only gaps are filled: a language that was missing, a recording.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import ordering, revisions, sounds
from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.focus_groups.domain.easy import rules
from feedback.focus_groups.models import EasyForm, EasyQuestion, QuestionAudio

MAX_QUESTIONS = 20
MAX_QUESTION = 300


class TooMany(NotPossible):
    """Nobody answers so many questions on a telephone."""


@transaction.atomic
def add(*, form_id: int, kind: str, text: str, by: User, at: datetime) -> EasyQuestion:
    """A question at the end, in English. Raises Refused, Answered, TooMany."""
    form = rules.locked(form_id, by)
    rules.check_unanswered(form)
    number = form.questions.count() + 1
    if number > MAX_QUESTIONS:
        raise TooMany(_("A form has up to %(n)d questions.") % {"n": MAX_QUESTIONS})
    made = EasyQuestion.objects.create(form=form, position=number, kind=kind, texts={"en": text})
    rules.record("easy form changed", form, by, at)
    return made


@transaction.atomic
def change(
    *, question_id: int, kind: str, text: str, seen: str = "", by: User, at: datetime
) -> EasyQuestion:
    """Another wording in English, another way to answer.

    Other words lose the translations of the old ones, and the recordings. `seen` is `seen_of` the
    question that was shown. Raises Refused, Answered, ChangedMeanwhile.
    """
    question, form = _held(question_id, by)
    rules.check_unanswered(form)
    revisions.check_mark(question, seen, seen_of(question))
    if text != question.said("en"):
        _drop_audio(question)
        question.texts, question.scale_item = {"en": text}, ""
    question.kind = kind
    question.save()
    rules.record("easy form changed", form, by, at)
    return question


def seen_of(question: EasyQuestion) -> str:
    """The mark of what the page of a question lets change."""
    return revisions.mark(question.kind, question.said("en"))


@transaction.atomic
def move(*, question_id: int, up: bool, by: User, at: datetime) -> EasyQuestion:
    """One place up or down; at the end of the list it stays. Raises Refused, Answered."""
    question, form = _held(question_id, by)
    rules.check_unanswered(form)
    if ordered := ordering.moved(form.questions.all(), question, up=up):
        ordering.number(ordered)
        rules.record("easy form changed", form, by, at)
    return question


@transaction.atomic
def delete(*, question_id: int, by: User, at: datetime) -> EasyForm:
    """Takes a question out; the others close the gap. Raises Refused, Answered."""
    question, form = _held(question_id, by)
    rules.check_unanswered(form)
    _drop_audio(question)
    question.delete()
    ordering.number(form.questions.all())
    rules.record("easy form changed", form, by, at)
    return form


@transaction.atomic
def translate(
    *,
    form_id: int,
    language: str,
    texts: Mapping[int, str],
    seen: str = "",
    by: User,
    at: datetime,
) -> EasyForm:
    """The questions in one language, by their keys; an empty text takes a translation away.

    `seen` is `seen_in` the language that was shown. Raises Refused, ChangedMeanwhile, and Answered
    when words would change that somebody may have answered.
    """
    form = rules.locked(form_id, by)
    revisions.check_mark(form, seen, seen_in(form, language))
    is_answered = form.responses.exists()
    for question in form.questions.all():
        text = texts.get(question.pk)
        old = question.texts.get(language, "")
        if text is None or text == old:
            continue
        if is_answered and old:
            rules.check_unanswered(form)
        others = {code: said for code, said in question.texts.items() if code != language}
        question.texts = others | ({language: text} if text else {})
        question.save(update_fields=["texts"])
    rules.record("easy form translated", form, by, at)
    return form


def seen_in(form: EasyForm, language: str) -> str:
    """The mark of a form's words in one language."""
    said = [(question.pk, question.texts.get(language, "")) for question in form.questions.all()]
    return revisions.mark(sorted(said))


@transaction.atomic
def read_aloud(
    *, question_id: int, language: str, sound: sounds.HeardSound, by: User, at: datetime
) -> QuestionAudio:
    """Keeps a recording of a question in a language; an older one goes. Raises Refused."""
    question, form = _held(question_id, by)
    audio, _made = QuestionAudio.objects.get_or_create(question=question, language=language)
    sounds.keep(audio, sound)
    rules.record("question read aloud", form, by, at)
    return audio


@transaction.atomic
def silence(*, question_id: int, language: str, by: User, at: datetime) -> None:
    """Takes a recording away; without one nothing happens. Raises Refused."""
    question, form = _held(question_id, by)
    for audio in question.audio.filter(language=language):
        sounds.drop(audio, save=False)
        audio.delete()
        rules.record("recording of a question taken away", form, by, at)


def _held(question_id: int, by: User) -> tuple[EasyQuestion, EasyForm]:
    """The question as it is once its form is held. Raises Refused."""
    key = EasyQuestion.objects.values_list("form_id", flat=True).get(pk=question_id)
    form = rules.locked(key, by)
    return form.questions.get(pk=question_id), form


def _drop_audio(question: EasyQuestion) -> None:
    for audio in question.audio.all():
        sounds.drop(audio, save=False)
        audio.delete()
