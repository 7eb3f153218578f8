"""What stands on a guest's page of an easy form: texts with their language, choices, help."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.focus_groups.domain.consenting import consent_texts
from feedback.focus_groups.domain.easy import answering, guest_words
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.enums import AnswerKind, Purpose
from feedback.focus_groups.models import (
    EasyForm,
    EasyQuestion,
    FormAnswer,
    QuestionAudio,
    ReferralCard,
)


@dataclass(frozen=True)
class Told:
    """A text of the project with the language it is really in, and whether it can be heard."""

    text: str
    language: str
    has_sound: bool = False

    @property
    def direction(self) -> str:
        return guest_words.direction(self.language)


@dataclass(frozen=True)
class Choice:
    """A button that answers: its value, the drawing on it, the words with it."""

    value: int
    shape: str
    words: str
    is_chosen: bool


def languages(form: EasyForm) -> tuple[str, ...]:
    """The languages a form is offered in, in the order of the tiles; all where none was chosen."""
    offered = tuple(code for code in guest_words.LANGUAGES if code in form.languages)
    return offered or guest_words.LANGUAGES


def told(texts: dict[str, str], language: str) -> Told:
    """A text in that language, in English where it was not translated."""
    spoken = language if texts.get(language) else guest_words.ENGLISH
    return Told(str(texts.get(spoken, "")), spoken)


def question(asked: EasyQuestion, language: str) -> Told:
    """A question as it is read in that language, and whether it is read aloud in the same one."""
    found = told(asked.texts, language)
    heard = QuestionAudio.objects.filter(question=asked, language=found.language)
    return Told(found.text, found.language, heard.exclude(file="").exists())


def read_aloud(purpose: Purpose, language: str) -> Told | None:
    """What the project reads aloud about a purpose in exactly that language, with its words."""
    found = consent_texts.current(purpose).get(language)
    return Told(found.text, language, has_sound=True) if found and found.file else None


def help_card(form: EasyForm, language: str) -> tuple[Told, str] | None:
    """Where people of the form's country find help: words and a telephone number, if any."""
    card = ReferralCard.objects.filter(country=form.country_id).first()
    if card is None:
        return None
    found = told(card.texts, language)
    return (found, card.phone) if found.text or card.phone else None


def choices(asked: EasyQuestion, words: Words, given: FormAnswer | None) -> list[Choice]:
    """The buttons of a question from the worst value to the best; none where words answer."""
    kind = AnswerKind(asked.kind)
    chosen = given.value if given else None
    return [
        Choice(value, f"{kind.value}-{value}", _said(kind, value, words), value == chosen)
        for value in range(1, answering.SCALES.get(kind, 0) + 1)
    ]


def _said(kind: AnswerKind, value: int, words: Words) -> str:
    if kind is AnswerKind.FACES:
        return words[f"face_{value}"]
    if kind is AnswerKind.THUMBS:
        return words[f"thumb_{value}"]
    # Steps carry their number; both ends also say what they mean.
    ends = {1: words["step_low"], answering.SCALES[kind]: words["step_high"]}
    return ends.get(value, "")
