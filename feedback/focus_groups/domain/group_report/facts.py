"""What is known of one group, as plain values; people by code, those who led it by role."""

from __future__ import annotations

from dataclasses import dataclass

from experts.enums import Profession
from feedback.focus_groups.domain.report.facts import (
    AskedFacts,
    BandFacts,
    FlowFacts,
    GroupFacts,
    GuideFacts,
    ThemeFacts,
    WordsFacts,
)
from feedback.focus_groups.enums import Composition


@dataclass(frozen=True)
class TeamFacts:
    """Who led the talk: professions by their code, years of work of the most experienced."""

    has_moderator: bool
    has_note_taker: bool
    professions: tuple[Profession, ...]
    years: int | None
    interpreters: int
    briefed: int


@dataclass(frozen=True)
class ToldFacts:
    """What was written down of how the group was run; "" where it was not."""

    recruitment: str
    refusals: str
    relation: str
    training: str
    others_present: str
    setting: str
    incidents: str
    silences: str
    returned: str


@dataclass(frozen=True)
class CapturedFacts:
    """What was kept of the talk: `lines`, of which `waiting` are to be gone through for details.

    `observed` lines say what was seen, `back_checked` ones were checked with their speakers.
    """

    lines: int
    waiting: int
    observed: int
    back_checked: int
    is_recorded: bool
    is_written_down: bool
    consents: int


@dataclass(frozen=True)
class CodedFacts:
    """How the words were coded: by so many people, `doubly` lines by two or more of them.

    `codes` are the names of the codebook that were used; `new` are the codes first raised in this
    group, of `groups` coded so far in the country (None where it is not coded).
    """

    coders: int
    doubly: int
    codes: tuple[str, ...]
    groups: int
    new: int | None


@dataclass(frozen=True)
class PriorityFacts:
    """What the group put in order at the end."""

    words: str
    dots: int


@dataclass(frozen=True)
class SpeakerQuote:
    """Words and the code of who spoke them (COREQ asks for it)."""

    code: str
    words: WordsFacts


@dataclass(frozen=True)
class OneGroup:
    """The whole group. `closed_on` is "" while it is being captured."""

    number: int
    title: str
    iso_code: str
    project: str
    closed_on: str
    about: GroupFacts
    composition: Composition
    fewest: int
    most: int
    team: TeamFacts
    told: ToldFacts
    flow: FlowFacts | None
    ages: tuple[BandFacts, ...]
    genders: tuple[BandFacts, ...]
    tongues: tuple[BandFacts, ...]
    guide: GuideFacts
    captured: CapturedFacts
    coded: CodedFacts
    themes: tuple[ThemeFacts, ...]
    quotes: tuple[SpeakerQuote, ...]
    priorities: tuple[PriorityFacts, ...]
    asked: tuple[AskedFacts, ...]

    @property
    def has_bands(self) -> bool:
        return bool(self.ages or self.genders or self.tongues)
