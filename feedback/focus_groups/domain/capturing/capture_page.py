"""What the page shows on which a group is noted: questions, codes, and the lines said so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from experts.models import User
from feedback.focus_groups.domain.capturing import capture
from feedback.focus_groups.enums import HOSTS
from feedback.focus_groups.models import FocusGroup, GuideQuestion, Interpreter, Participant, Quote
from materials.domain.words import direction

LANGUAGES = dict(settings.PROJECT_LANGUAGES)


@dataclass(frozen=True)
class Wording:
    """A question as it is read in one language."""

    language: str
    text: str

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True)
class Asked:
    """A question with its wordings (the moderator's first) and its lines; no key: besides them."""

    key: int | None
    number: int
    minutes: int
    wordings: tuple[Wording, ...]
    lines: tuple[Quote, ...]


@dataclass(frozen=True)
class Speaker:
    """A code and whether words may be noted under it; `why_not` says so where they may not."""

    key: str
    code: str
    language: str
    why_not: str = ""


@dataclass(frozen=True)
class Page:
    """All that the page shows; `chosen` is the question that is being noted."""

    asked: tuple[Asked, ...]
    chosen: Asked
    speakers: tuple[Speaker, ...]
    interpreters: tuple[Interpreter, ...]
    total: int
    unchecked: int
    desk: str
    data: list[dict[str, Any]]

    @property
    def from_the_right(self) -> str:
        """Codes of the languages that run from right to left, for the script."""
        return " ".join(code for code in LANGUAGES if direction(code) == "rtl")

    @property
    def standing(self) -> str:
        """Where the noting stands, in one sentence."""
        if not self.total:
            return _("Nothing is noted yet. Choose a question and a code, then type what was said.")
        if not self.unchecked:
            return _("%(n)d lines are noted and gone through for details.") % {"n": self.total}
        return _("%(n)d lines are noted; %(open)d wait to be gone through for details.") % {
            "n": self.total,
            "open": self.unchecked,
        }


def of(group: FocusGroup, user: User, chosen: str | None = None) -> Page:
    """The page of a group for one of its own people; `chosen` is a question's key as typed, "" for
    what is said besides them, None for the first.

    The number of queries does not depend on the number of lines.
    """
    lines = [said(line) for line in capture.of(group)]
    questions = list(group.guide.questions.all())
    own = [*user.person.languages, user.person.language]
    asked = [
        _asked(number, question, own, group.languages, lines)
        for number, question in enumerate(questions, start=1)
    ]
    besides = tuple(line for line in lines if line.question_id is None)
    asked.append(
        Asked(None, len(asked) + 1, 0, (Wording("en", _("Besides the questions")),), besides)
    )
    keyed = {str(one.key or ""): one for one in asked}
    return Page(
        asked=tuple(asked),
        chosen=asked[0] if chosen is None else keyed.get(chosen, asked[0]),
        speakers=tuple(speakers(group)),
        interpreters=tuple(group.interpreters.all()),
        total=len(lines),
        unchecked=sum(1 for line in lines if line.checked_on is None),
        desk=desk_of(group.pk),
        data=[capture.as_data(line) for line in lines],
    )


def kept_desks(user: User) -> list[str]:
    """The groups of which this person's browser may keep the page: as long as they are noted."""
    if not user.access.countries(*HOSTS):
        return []
    found = FocusGroup.objects.heard_by(user).filter(closed_on=None).order_by("pk")
    return [desk_of(key) for key in found.values_list("pk", flat=True)]


def desk_of(group_id: int) -> str:
    """The name under which a browser keeps the page of a group; reviews have bare numbers."""
    return f"g{group_id}"


def speakers(group: FocusGroup) -> list[Speaker]:
    """The codes of a group in their order; two queries."""
    open_to = set(capture.may_be_noted(group).values_list("pk", flat=True))
    rows = group.participants.filter(erased_on=None)
    return [_speaker(row, row.pk in open_to) for row in sorted(rows, key=_by_number)]


def said(quote: Quote) -> Quote:
    """The line with the ways its words run and the words that go with it, for a template."""
    row: Any = quote
    row.direction, row.rendered_direction = (
        direction(quote.language),
        direction(quote.rendering_language or "en"),
    )
    row.rendered_by = rendered_by(quote)
    return quote


def rendered_by(quote: Quote) -> str:
    """Who rendered the words and in which language, as far as it was noted."""
    language = str(LANGUAGES.get(quote.rendering_language, ""))
    who = quote.interpreter.label if quote.interpreter else ""
    return ", ".join(part for part in (who, language) if part)


def _asked(
    number: int,
    question: GuideQuestion,
    own: Iterable[str],
    spoken: Iterable[str],
    lines: Iterable[Quote],
) -> Asked:
    first = next((code for code in own if question.texts.get(code)), "en")
    others = [code for code in spoken if code != first and question.texts.get(code)]
    wordings = tuple(Wording(code, question.said(code)) for code in [first, *others])
    mine = tuple(line for line in lines if line.question_id == question.pk)
    return Asked(question.pk, number, question.minutes, wordings, mine)


def _speaker(row: Participant, may: bool) -> Speaker:
    why_not = "" if may else _("Nothing is noted under this code: no agreement.")
    return Speaker(str(row.pk), row.code, row.language, why_not)


def _by_number(row: Participant) -> tuple[int, str]:
    """P2 comes before P10."""
    digits = "".join(sign for sign in row.code if sign.isdecimal())
    return int(digits or 0), row.code
