"""The words of a form by language: where they are missing, and what a guest would see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from feedback.focus_groups.domain.easy import answering, guest_words
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyForm, EasyQuestion, QuestionAudio


@dataclass(frozen=True)
class Spoken:
    """A language by its code, its English name and its direction."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True)
class LanguageRow:
    """A line of the table: what a language has and what it lacks."""

    language: Spoken
    is_offered: bool
    said: int
    total: int
    recordings: int

    @property
    def missing(self) -> int:
        return self.total - self.said


@dataclass(frozen=True)
class Line:
    """A question with its fields in one language, and its recording."""

    question: EasyQuestion
    text: Any
    audio: Any
    silence: Any
    recording: QuestionAudio | None


@dataclass(frozen=True)
class PreviewQuestion:
    """A question as a guest reads it; `steps` are (value, word) of its scale, none for words."""

    number: int
    text: str
    kind: str
    steps: tuple[tuple[int, str], ...]
    is_english: bool
    recording: QuestionAudio | None


@dataclass(frozen=True)
class Preview:
    """A form in one language, and the languages it is offered in."""

    words: Words
    questions: tuple[PreviewQuestion, ...]
    others: tuple[Words, ...] = field(default=())


def spoken(code: str) -> Spoken:
    """A language of the project."""
    name = str(dict(settings.PROJECT_LANGUAGES)[code])
    return Spoken(code, name, guest_words.direction(code))


def questions(form: EasyForm) -> list[EasyQuestion]:
    """The questions in order, with their recordings."""
    return list(form.questions.prefetch_related("audio"))


def table(form: EasyForm) -> list[LanguageRow]:
    """Every language of the project: those that the form offers first."""
    rows = questions(form)
    lines = [
        LanguageRow(
            language=spoken(code),
            is_offered=code in form.languages,
            said=sum(bool(row.texts.get(code)) for row in rows),
            total=len(rows),
            recordings=sum(code in {audio.language for audio in row.audio.all()} for row in rows),
        )
        for code, _name in settings.PROJECT_LANGUAGES
    ]
    return sorted(lines, key=lambda line: not line.is_offered)


def first_gap(form: EasyForm) -> str:
    """The language a translator looks at first: offered and not complete, else the first."""
    for line in table(form):
        if line.is_offered and line.missing:
            return line.language.code
    return next(iter(form.languages), "en")


def lines(rows: Sequence[EasyQuestion], form: Any, language: str) -> list[Line]:
    """The questions beside the fields of their words in a language."""
    return [
        Line(
            question=row,
            text=form[f"text_{row.pk}"],
            audio=form[f"audio_{row.pk}"],
            silence=form[f"silence_{row.pk}"],
            recording=_recording(row, language),
        )
        for row in rows
    ]


def preview(form: EasyForm, code: str) -> Preview:
    """The form as a guest reads it in a language of the form."""
    words = guest_words.words(code)
    asked = tuple(
        PreviewQuestion(
            number=number,
            text=row.said(code),
            kind=row.kind,
            steps=steps(row.kind, words),
            is_english=code != "en" and not row.texts.get(code),
            recording=_recording(row, code),
        )
        for number, row in enumerate(questions(form), start=1)
    )
    return Preview(words, asked, tuple(guest_words.words(one) for one in form.languages))


def steps(kind: str, words: Words) -> tuple[tuple[int, str], ...]:
    """The values of a scale with their words; the steps between the ends have none."""
    size = answering.SCALES.get(AnswerKind(kind), 0)
    if kind == AnswerKind.AGREE:
        ends = {1: words["step_low"], size: words["step_high"]}
        return tuple((value, ends.get(value, "")) for value in range(1, size + 1))
    name = "face" if kind == AnswerKind.FACES else "thumb"
    return tuple((value, words[f"{name}_{value}"]) for value in range(1, size + 1))


def _recording(row: EasyQuestion, language: str) -> QuestionAudio | None:
    return next((audio for audio in row.audio.all() if audio.language == language), None)
