"""What a report knows: frozen rows of plain values, and their canonical JSON.

No reviewer and no expert is named here; people appear as counts of at least five.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

SCHEMA = "country-validation-report/1"
ATTENDANCE = "attendance by RSVP"


@dataclass(frozen=True)
class CountryFacts:
    """Whose report this is."""

    code: str
    iso_code: str
    name: str
    zone: str
    language: str
    community: str
    started_on: str
    partners: tuple[str, ...]


@dataclass(frozen=True)
class CharterFacts:
    """What the community agreed on, in the version of the period's end."""

    version: int
    domain: str
    purpose: str
    topics: tuple[str, ...]
    adopted_on: str


@dataclass(frozen=True)
class PeriodFacts:
    """First and last day, ISO dates."""

    start: str
    end: str


@dataclass(frozen=True)
class SessionRow:
    """One session that took place; `start` is wall time in `zone`, the counts are answers."""

    id: int
    start: str
    zone: str
    title: str
    kind: str
    kind_label: str
    mode: str
    countries: tuple[str, ...]
    minutes: int
    invited: int
    yes: int
    maybe: int
    no: int
    silent: int


@dataclass(frozen=True)
class KindTotal:
    """The sessions of one kind together."""

    kind: str
    kind_label: str
    sessions: int
    minutes: int
    invited: int
    yes: int


@dataclass(frozen=True)
class MonthTotal:
    """How many sessions ended in a month (YYYY-MM); months without any are rows too."""

    month: str
    sessions: int


@dataclass(frozen=True)
class Cell:
    """So many people; never fewer than five, except that `people` None means "fewer than five"."""

    label: str
    people: int | None


@dataclass(frozen=True)
class Panel:
    """The experts of the community in the period, as counts."""

    size: int | None
    professions: tuple[Cell, ...]
    years: tuple[Cell, ...]
    languages: tuple[Cell, ...]


@dataclass(frozen=True)
class MaterialRow:
    """One version of a material; `assigned` is 0 where this country's panel was not asked."""

    code: str
    title: str
    type: str
    language: str
    language_label: str
    version: int
    sha256: str
    assigned: int
    submitted: int


@dataclass(frozen=True)
class FigureRow:
    """A figure with its N; without a value it says why."""

    value: float | None
    n: int
    reason: str


@dataclass(frozen=True)
class CriterionRow:
    """What the panel said to one question about one version."""

    code: str
    text: str
    n: int
    not_applicable: int
    distribution: tuple[int, ...]
    median: float | None
    relevant: int
    needed: int | None
    passes: bool | None
    i_cvi: FigureRow
    low: float | None
    high: float | None
    kappa: FigureRow
    aiken_v: FigureRow


@dataclass(frozen=True)
class RatingTable:
    """All questions about one version in one round.

    `withheld`: so few reviews were sent in that figures would tell who said what.
    """

    code: str
    title: str
    version: int
    language: str
    sha256: str
    round_id: int
    assigned: int
    submitted: int
    withheld: bool
    criteria: tuple[CriterionRow, ...]
    s_cvi_ave: FigureRow
    s_cvi_ua: FigureRow


@dataclass(frozen=True)
class Dataset:
    """Everything a report says. `newest_row` is the day of the newest row in it (ISO)."""

    project: str
    country: CountryFacts
    charter: CharterFacts | None
    period: PeriodFacts
    newest_row: str
    sessions: tuple[SessionRow, ...]
    cancelled_sessions: int
    totals: tuple[KindTotal, ...]
    months: tuple[MonthTotal, ...]
    panel: Panel
    materials: tuple[MaterialRow, ...]
    ratings: tuple[RatingTable, ...]
    gaps: tuple[str, ...]
    attendance_basis: str = ATTENDANCE
    schema: str = SCHEMA


def to_json(dataset: Dataset) -> bytes:
    """Canonical JSON: sorted keys, UTF-8, one line feed at each line's end."""
    text = json.dumps(asdict(dataset), ensure_ascii=False, sort_keys=True, indent=1)
    return (text + "\n").encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
