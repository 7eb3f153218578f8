"""What reviewers said in their own words, gathered into themes, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How remarks are meant, as their writers marked them; comments on questions are remarks."""

    REMARK = "remark"
    IDEA = "idea"
    PRAISE = "praise"


@dataclass(frozen=True)
class SaidFacts:
    """Somebody's words about a material; `language` "" where the words do not tell it."""

    text: str
    language: str
    material: str
    page: int | None


@dataclass(frozen=True)
class ThemeFacts:
    """What was said to one question in one tone; `code` "" where no question was named.

    `panels` counts the panels (of one country in one round) that raised it, `people` those who
    did, each once, None where fewer than five.
    """

    code: str
    question: str
    tone: Tone
    panels: int
    people: int | None
    remarks: int
    materials: tuple[str, ...]
    quotes: tuple[SaidFacts, ...]


@dataclass(frozen=True)
class QuestionFacts:
    """All answers of 1 to 4 to one question; `relevant` of them were 3 or 4."""

    code: str
    question: str
    answers: int
    relevant: int


@dataclass(frozen=True)
class SplitFacts:
    """A panel divided over a question: `fully` said 4, `lacking` 1 or 2, of `answers`."""

    material: str
    version: int
    code: str
    question: str
    answers: int
    fully: int
    lacking: int


@dataclass(frozen=True)
class ThemesFacts:
    """The themes by their reach. `rounds` were read; `running` and `small` ones are not told of."""

    themes: tuple[ThemeFacts, ...]
    questions: tuple[QuestionFacts, ...]
    splits: tuple[SplitFacts, ...]
    rounds: int
    running: int
    small: int
    newest: str
