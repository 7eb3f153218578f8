"""What a report holds of focus groups and of forms by link, as plain values.

People are told by the whole group from five on, or in fives (15 stands for 15 to 19); None means
fewer than five. Answers of forms are told in whole batches (ADR 41).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from feedback.changes.enums import Decision
from feedback.focus_groups.enums import AnswerKind, FormKind, Voice
from sessions.enums import Mode

# A text of ours by the code of its language.
Texts = Mapping[str, str]


@dataclass(frozen=True)
class WordsFacts:
    """Somebody's words as they were gone through for details, and what an interpreter made of them.

    `voice` is who spoke; `on_form` tells words written into a form from words of a group.
    """

    text: str
    language: str
    rendering: str
    voice: Voice
    on_form: bool = False


@dataclass(frozen=True)
class GroupFacts:
    """A group that was held. `month` is YYYY-MM; `day` is the agency's, "" for the public.

    `versions` were shown ("M02 v3"), `minutes` are those of all its days, `people` those who came.
    """

    country: str
    month: str
    day: str
    voice: Voice
    mode: Mode
    languages: tuple[str, ...]
    is_interpreted: bool
    minutes: int
    people: int | None
    versions: tuple[str, ...]


@dataclass(frozen=True)
class FlowFacts:
    """The way from being asked to having come, of all groups of a country, in fives.

    `groups` of them wrote numbers down.
    """

    country: str
    groups: int
    approached: int | None
    declined: int | None
    agreed: int | None
    came: int | None
    left: int | None


@dataclass(frozen=True)
class BandFacts:
    """People of a coarse band, in fives; `code` "other" is what was merged."""

    code: str
    people: int | None


@dataclass(frozen=True)
class QuestionFacts:
    """A question of a guide: asked in `groups`, of which `spoke` said something that was kept."""

    texts: Texts
    minutes: int
    groups: int
    spoke: int
    quotes: tuple[WordsFacts, ...]


@dataclass(frozen=True)
class GuideFacts:
    """A guide as it was used."""

    name: str
    revision: int
    voice: Voice
    is_piloted: bool
    questions: tuple[QuestionFacts, ...]


@dataclass(frozen=True)
class ThemeFacts:
    """A theme with its reach, and the groups in which it was approved or opposed.

    `voices` are those who raised it, `approving_voices` and `opposing_voices` those of the groups
    that approve and oppose.
    """

    country: str
    title: str
    summary: str
    is_major: bool
    material: str
    groups: int
    people: int | None
    voices: tuple[Voice, ...]
    approving: int
    approving_voices: tuple[Voice, ...]
    opposing: int
    opposing_voices: tuple[Voice, ...]
    quotes: tuple[WordsFacts, ...]


@dataclass(frozen=True)
class AskedFacts:
    """A change that participants asked for. `number` is the ledger's, 0 for the public."""

    number: int
    material: str
    words: str
    decision: Decision
    reason: str
    done_in: int | None


@dataclass(frozen=True)
class PartFacts:
    """Answers told as one: `values` of the scale (0: left out), and how many gave one of them."""

    values: tuple[int, ...]
    people: int


@dataclass(frozen=True)
class AnswersFacts:
    """A question of a form. `parts` are empty where its answers wait, or where it has words."""

    texts: Texts
    kind: AnswerKind
    people: int
    parts: tuple[PartFacts, ...]
    quotes: tuple[WordsFacts, ...]


@dataclass(frozen=True)
class FormFacts:
    """A form about a version ("M02 v3", "" for none); `sus` is the mean of the SUS scores."""

    country: str
    title: str
    kind: FormKind
    voice: Voice
    version: str
    languages: tuple[str, ...]
    answers: int
    sus: int | None
    questions: tuple[AnswersFacts, ...]


@dataclass(frozen=True)
class NotesFacts:
    """What those who led a group wrote down about it; the agency's alone."""

    country: str
    day: str
    silences: str
    incidents: str


@dataclass(frozen=True)
class HeardFacts:
    """Groups that were closed in the period, and the forms whose answers are told.

    `held` counts the groups, `heard` the people of those of five and more, `answers` the forms'.
    `incidents` counts the groups in which something went wrong for people. `newest` is the day of
    the last of them, "" without any.
    """

    groups: tuple[GroupFacts, ...]
    flows: tuple[FlowFacts, ...]
    ages: tuple[BandFacts, ...]
    genders: tuple[BandFacts, ...]
    tongues: tuple[BandFacts, ...]
    guides: tuple[GuideFacts, ...]
    themes: tuple[ThemeFacts, ...]
    asked: tuple[AskedFacts, ...]
    forms: tuple[FormFacts, ...]
    notes: tuple[NotesFacts, ...]
    held: int
    heard: int
    answers: int
    incidents: int
    newest: str

    def voices(self) -> set[Voice]:
        """Whom anybody heard, in a group or by a form."""
        return {g.voice for g in self.groups} | {f.voice for f in self.forms if f.answers}
