"""Where a room says what a report holds of it.

A section has two halves. `collect` reads rows and gives *facts*: a frozen dataclass of plain values
(numbers, codes, ISO days, people's own words), free of any language but theirs. Everything else is
a pure function of facts and runs without a database: chapters, sheets, gaps, totals. So the same
facts give the same report next year, on another machine, in another language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from cop_platform.common.reporting.document import Chapter, Stat

F = TypeVar("F")


class Profile(StrEnum):
    """For whose eyes: everybody's, or those of the agency that pays and audits."""

    PUBLIC = "public"
    AGENCY = "agency"


class Part(StrEnum):
    """Whether a section is a chapter of the report or one of its annexes."""

    CHAPTER = "chapter"
    ANNEX = "annex"


@dataclass(frozen=True)
class CountryKey:
    """A country of the report; `zone` and `language` are its own."""

    id: int
    code: str
    zone: str
    language: str


@dataclass(frozen=True)
class Scope:
    """What a report is about, for those who read rows.

    A country's rows count by their own instant or day: after `after` and not after `until` (UTC),
    `start` and `end` being the same as days. `materials` are keys; None means all of them.
    """

    countries: tuple[CountryKey, ...]
    start: str
    end: str
    after: datetime
    until: datetime
    profile: Profile
    materials: frozenset[int] | None = None

    @property
    def country_ids(self) -> list[int]:
        return [country.id for country in self.countries]

    @property
    def is_consortium(self) -> bool:
        """Whether countries are set beside each other."""
        return len(self.countries) > 1

    @property
    def for_agency(self) -> bool:
        return self.profile == Profile.AGENCY


@dataclass(frozen=True)
class Head:
    """What every chapter may want to know of the report it stands in; plain values."""

    profile: Profile
    countries: tuple[str, ...]
    country_language: str
    start: str
    end: str


@dataclass(frozen=True)
class Indicator:
    """What the data reached, by the key under which the plan may hold a number."""

    key: str
    label: str
    reached: int
    source: str


@dataclass(frozen=True)
class Formula:
    """A formula of a sheet with the value it gives; `{row}` is the row's number in the sheet."""

    text: str
    value: float | str


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: a heading row (label, width in characters), and the rows.

    Formulas are ours alone; whatever is text stays text.
    """

    name: str
    columns: tuple[tuple[str, float], ...]
    rows: Sequence[Sequence[str | int | float | Formula | None]]


@dataclass(frozen=True)
class Section(Generic[F]):
    """A room's part of the report.

    `order` places it among its part (tens, so that another fits between); annexes of a chapter's
    section stand at `annex_order` among the annexes. `newest` is the ISO day
    of the newest row in the facts, "" where there is none. `chapters` may give none: then `gaps`
    says what is missing. `headline` are sentences for the summary, the most telling first.

    `indicator_keys` lists what `indicators` may give, as (key, label), so that a plan can be typed
    before there is any data.

    The last six feed the report's first and last pages: numbers that open it (`stats`), the sample
    in a sentence (`sample`), what is good (`strengths`), what had to change (`changes`), sentences
    of at most fifteen words with one idea each (`easy`), and what to do next, by rules from facts
    (`recommendations`).

    `recount` computes the facts' figures again from the counts among them, and says in sentences
    what does not agree: for files whose dataset is checked.

    `applies` tells whether a report such as this could have the section at all.
    """

    key: str
    order: int
    part: Part
    title: Callable[[], str]
    facts: type[F]
    collect: Callable[[Scope], F]
    newest: Callable[[F], str] = lambda facts: ""
    chapters: Callable[[F, Head], Iterable[Chapter]] = lambda facts, head: ()
    annexes: Callable[[F, Head], Iterable[Chapter]] = lambda facts, head: ()
    sheets: Callable[[F, Head], Iterable[Sheet]] = lambda facts, head: ()
    gaps: Callable[[F, Head], Iterable[str]] = lambda facts, head: ()
    headline: Callable[[F, Head], Iterable[str]] = lambda facts, head: ()
    indicators: Callable[[F, Head], Iterable[Indicator]] = lambda facts, head: ()
    indicator_keys: Callable[[], Iterable[tuple[str, str]]] = tuple
    stats: Callable[[F, Head], Iterable[Stat]] = lambda facts, head: ()
    sample: Callable[[F, Head], Iterable[str]] = lambda facts, head: ()
    strengths: Callable[[F, Head], Iterable[str]] = lambda facts, head: ()
    changes: Callable[[F, Head], Iterable[str]] = lambda facts, head: ()
    easy: Callable[[F, Head], Iterable[str]] = lambda facts, head: ()
    recommendations: Callable[[F, Head], Iterable[str]] = lambda facts, head: ()
    recount: Callable[[F], Iterable[str]] = lambda facts: ()
    applies: Callable[[Head], bool] = lambda head: True
    annex_order: int = 0

    @property
    def annexes_at(self) -> int:
        """Where its annexes stand among those of all sections."""
        return self.annex_order or self.order


_registered: dict[str, Section[Any]] = {}


def register(section: Section[Any]) -> None:
    """Adds a room's section; in AppConfig.ready. The same key again replaces it."""
    _registered[section.key] = section


def registered() -> tuple[Section[Any], ...]:
    """All sections in the order of the report, chapters before annexes."""
    parts = [Part.CHAPTER, Part.ANNEX]
    return tuple(sorted(_registered.values(), key=lambda s: (parts.index(s.part), s.order, s.key)))


def pointer(section: str, *steps: str | int) -> str:
    """The JSON pointer of something in a section's facts, as `source` of a cell."""
    return "/".join(["/sections", section, *[str(step) for step in steps]])
