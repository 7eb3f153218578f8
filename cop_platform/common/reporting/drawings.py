"""What a figure shows, as values: each writer draws it with its own means.

Every drawing carries its words in the document's language and its numbers as numbers; shares are
between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One station of a flow: so many people, and why the others are not in the next one."""

    label: str
    value: int
    said: str
    lost: str = ""


@dataclass(frozen=True)
class Flow:
    """Invited, accepted, completed, used: from one station to the next."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Bar:
    """One stacked bar: how many gave each answer, and what stands at its end ("0.83")."""

    label: str
    parts: tuple[int, ...]
    said: str = ""


@dataclass(frozen=True)
class Bars:
    """Stacked bars over the same answers; `answers` name the parts from the first to the last."""

    answers: tuple[str, ...]
    rows: tuple[Bar, ...]


@dataclass(frozen=True)
class HeatCell:
    """A cell of a heat map: `share` colours it (None: nothing to say), `said` stands in it."""

    share: float | None
    said: str


@dataclass(frozen=True)
class HeatMap:
    """Items against columns (materials, panel members by pseudonym)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]


@dataclass(frozen=True)
class Theme:
    """A theme with its reach: in how many groups and by how many people it was raised."""

    label: str
    groups: int
    people: int
    said: str


@dataclass(frozen=True)
class ThemeMap:
    """Themes as circles whose area follows the people, placed by rank; `unit` says what counts."""

    themes: tuple[Theme, ...]
    unit: str


@dataclass(frozen=True)
class Fall:
    """One column of a waterfall: `value` is what it adds (or takes, below zero) or a total."""

    label: str
    value: int
    said: str
    total: bool = False


@dataclass(frozen=True)
class Waterfall:
    """From what was asked to what was done, column by column."""

    columns: tuple[Fall, ...]


@dataclass(frozen=True)
class Event:
    """Something that happened on a day (ISO); `lane` puts alike events in one line."""

    day: str
    said: str
    label: str
    lane: str


@dataclass(frozen=True)
class Timeline:
    """Events between two days (ISO), lane by lane; `said_start`, `said_end` name both ends."""

    start: str
    end: str
    said_start: str
    said_end: str
    lanes: tuple[str, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class ForestRow:
    """A share with its interval; without a value the row says why in `said`."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    said: str


@dataclass(frozen=True)
class Forest:
    """Shares with intervals under each other, and the mark they are held against (0 to 1)."""

    rows: tuple[ForestRow, ...]
    mark: float | None
    mark_label: str


@dataclass(frozen=True)
class Columns:
    """Counts over time, one column each; `said` is what stands over it."""

    rows: tuple[tuple[str, int, str], ...]


Drawing = Flow | Bars | HeatMap | ThemeMap | Waterfall | Timeline | Forest | Columns
