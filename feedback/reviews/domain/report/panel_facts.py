"""The panel as a report knows it: counts of tasks, and counts of people of at least five."""

from __future__ import annotations

from dataclasses import dataclass

from cop_platform.common.reporting.cells import PeopleCell


@dataclass(frozen=True)
class Tally:
    """Tasks: asked, accepted, declined, passed on to somebody else, handed in, used for figures."""

    asked: int
    accepted: int
    declined: int
    replaced: int
    submitted: int
    used: int


@dataclass(frozen=True)
class RoundTally:
    """The tasks of one round on one version; `closed_on` "" while it was open."""

    code: str
    version: int
    language: str
    round_id: int
    opened_on: str
    closed_on: str
    accepts_first: bool
    tally: Tally


@dataclass(frozen=True)
class YearTally:
    """The tasks of all rounds that were opened in a year."""

    year: str
    rounds: int
    tally: Tally


@dataclass(frozen=True)
class Profile:
    """Who wrote the reviews, each person once; `asked` and `size` None where under five."""

    asked: int | None
    size: int | None
    roles: tuple[PeopleCell, ...]
    years: tuple[PeopleCell, ...]
    countries: tuple[PeopleCell, ...]
    languages: tuple[PeopleCell, ...]
    groups: tuple[PeopleCell, ...]


@dataclass(frozen=True)
class ConflictText:
    """A conflict of interest in the agency's edition: of nobody by name."""

    code: str
    declared_on: str
    reason: str
    waived_on: str
    waiver_reason: str


@dataclass(frozen=True)
class Conflicts:
    """How many were declared and waived; `texts` for the agency alone."""

    declared: int
    waived: int
    texts: tuple[ConflictText, ...]


@dataclass(frozen=True)
class PanelFacts:
    """Everything about the panel. `newest` is the day of the last review handed in."""

    whole: Tally
    rounds: tuple[RoundTally, ...]
    by_year: tuple[YearTally, ...]
    profile: Profile
    conflicts: Conflicts
    newest: str
