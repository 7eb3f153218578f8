"""Words that several parts of the chapter share: questions, answers, who spoke."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Cell, Quote, Span, Text
from feedback.focus_groups.domain.report.facts import Texts, WordsFacts
from feedback.focus_groups.domain.report.increments import LEFT_OUT
from feedback.focus_groups.enums import AnswerKind, Face, Voice

KEY = "focus_groups"
_ENGLISH = "en"


def title() -> str:
    return _("What mentors and migrants said")


def spoken(texts: Texts) -> Text:
    """A text of ours in the language of the edition, else in English, else in any it has."""
    own = (get_language() or _ENGLISH).partition("-")[0]
    for language in (own, _ENGLISH, *sorted(texts)):
        if said := texts.get(language):
            return said if language == own else (Span(said, language=language),)
    return sayings.NONE


def answer(kind: AnswerKind, value: int) -> str:
    """One value of a scale in words."""
    if value == LEFT_OUT:
        return pgettext("answer to a form", "No answer")
    if kind == AnswerKind.FACES:
        return str(Face(value).label)
    if kind == AnswerKind.THUMBS:
        down, up = (
            pgettext("answer to a form", "Thumb down"),
            pgettext("answer to a form", "Thumb up"),
        )
        return up if value == 2 else down
    return (
        pgettext("step of five", "No"),
        pgettext("step of five", "Rather no"),
        pgettext("step of five", "In between"),
        pgettext("step of five", "Rather yes"),
        pgettext("step of five", "Yes"),
    )[value - 1]


def answers(kind: AnswerKind, values: Iterable[int]) -> str:
    """Values that are told as one."""
    return sayings.either([answer(kind, value) for value in values])


def voices(found: Iterable[Voice]) -> str:
    return sayings.listed([str(Voice(voice).label) for voice in found])


def quotes(
    found: Iterable[WordsFacts], speaker: Callable[[WordsFacts], str] | None = None
) -> Iterator[Quote]:
    """People's words as they are, with what the interpreter made of them.

    `speaker` says who spoke; otherwise it is told as little as may be.
    """
    for one in found:
        yield Quote(one.text, one.language, (speaker or said_by)(one), one.rendering)


def said_by(words: WordsFacts) -> str:
    """Who spoke, as little as that may be told."""
    if words.on_form:
        return {
            Voice.MIGRANT: _("A migrant, on a form"),
            Voice.MENTOR: _("A mentor, on a form"),
            Voice.EXPERT: _("An expert, on a form"),
        }[words.voice]
    return {
        Voice.MIGRANT: _("A migrant in a focus group"),
        Voice.MENTOR: _("A mentor in a focus group"),
        Voice.EXPERT: _("An expert in a focus group"),
    }[words.voice]


def fives(people: int | None, source: str) -> Cell:
    """People counted in fives, as a cell of a table."""
    return Cell(in_fives(people), value=people, source=source)


def in_fives(people: int | None) -> str:
    """15 as "15 or more": at least so many, and fewer than five more."""
    if people is None:
        return sayings.people(None)
    return _("%(n)s or more") % {"n": sayings.count(people)}


def fives_note() -> str:
    return _(
        "People are counted in fives here: “15 or more” stands for 15 to 19. So two reports never "
        "tell about a few people by their difference."
    )
