"""Guides as their pages show them: ready values, no query of their own in a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.focus_groups.domain.language_names import direction, named
from feedback.focus_groups.domain.language_names import listed as in_one_line
from feedback.focus_groups.models import Guide, GuideQuestion


@dataclass(frozen=True)
class GuideRow:
    """One guide in the list; `state` is new, frozen or retired."""

    guide: Guide
    state: str
    size: str


@dataclass(frozen=True)
class Words:
    """A question in one language; empty `text` is a gap."""

    code: str
    language: str
    direction: str
    text: str


@dataclass(frozen=True)
class QuestionRow:
    """A question on the page of its guide."""

    question: GuideQuestion
    number: int
    words: tuple[Words, ...]
    is_first: bool
    is_last: bool

    @property
    def gaps(self) -> str:
        """The languages it was not translated into, in one line."""
        return in_one_line(words.code for words in self.words if not words.text)


@dataclass(frozen=True)
class LanguageRow:
    """How far a guide is translated into a language."""

    code: str
    language: str
    done: int
    missing: int


def listed() -> list[GuideRow]:
    """All guides by whom they are for, the newest revision of each first, retired ones last."""
    counted = Guide.objects.annotate(
        asked=Count("questions", distinct=True), led=Count("groups", distinct=True)
    ).order_by("voice", "name", "-revision")
    rows = [GuideRow(guide, state(guide), _size(guide.asked, guide.led)) for guide in counted]
    return sorted(rows, key=lambda row: row.state == "retired")


def state(guide: Guide) -> str:
    """Whether it can be edited, is kept as it is, or is out of use."""
    if guide.retired_at:
        return "retired"
    return "frozen" if guide.frozen_at else "new"


def questions(guide: Guide) -> list[QuestionRow]:
    """The questions in their order, each in every language of the project."""
    found = list(guide.questions.all())
    return [
        QuestionRow(question, n, _words(question), n == 1, n == len(found))
        for n, question in enumerate(found, start=1)
    ]


def languages(found: Sequence[GuideQuestion]) -> list[LanguageRow]:
    """How many questions have words, language by language."""
    rows = []
    for code, _name in settings.PROJECT_LANGUAGES:
        done = sum(bool(question.texts.get(code)) for question in found)
        rows.append(LanguageRow(code, named(code), done, len(found) - done))
    return rows


def minutes(found: Sequence[GuideQuestion]) -> str:
    """How long the questions take together."""
    total = sum(question.minutes for question in found)
    return ngettext("%(n)d minute of questions", "%(n)d minutes of questions", total) % {"n": total}


def _words(question: GuideQuestion) -> tuple[Words, ...]:
    return tuple(
        Words(code, named(code), direction(code), question.texts.get(code, ""))
        for code, _name in settings.PROJECT_LANGUAGES
    )


def _size(asked: int, led: int) -> str:
    first = ngettext("%(n)d question", "%(n)d questions", asked) % {"n": asked}
    if not led:
        return _("%(questions)s, not used yet") % {"questions": first}
    return first + ", " + ngettext("%(n)d group", "%(n)d groups", led) % {"n": led}
