"""Countries beside each other, as a report knows them: counts of whole panels, never of a person.

Each panel has handed in at least three reviews, in a round that was closed in the period.
"""

from __future__ import annotations

from dataclasses import dataclass

from feedback.validation.domain.report.ratings_facts import Measured


@dataclass(frozen=True)
class PanelFacts:
    """The experts of one country with one edition; `source` is the version it translates, or 0.

    `items` hold how many found each criterion relevant, and of how many, in the order of the
    material's criteria. `low` and `high` are its lowest and highest I-CVI.
    """

    country: str
    version: int
    source: int
    language: str
    submitted: int
    items: tuple[tuple[int, int], ...]
    s_cvi_ave: Measured
    low: float | None
    high: float | None
    mark: int | None


@dataclass(frozen=True)
class CriterionFacts:
    """A criterion that all panels of a material were asked."""

    code: str
    text: str


@dataclass(frozen=True)
class ComparedFacts:
    """A material and its editions, asked with the same questions. `left_out` panels were small."""

    code: str
    title: str
    criteria: tuple[CriterionFacts, ...]
    panels: tuple[PanelFacts, ...]
    left_out: int


@dataclass(frozen=True)
class StandingFacts:
    """What is in force of a version in a country."""

    code: str
    title: str
    country: str
    version: int
    language: str
    standing: str


@dataclass(frozen=True)
class AdaptedFacts:
    """What became of a material on its way through the countries.

    `accepted` counts the changes a country asked for that were accepted, `done` those of them that
    stand in a version; `country` is "" where a change came from no country.
    """

    code: str
    title: str
    editions: tuple[str, ...]
    country: str
    accepted: int
    done: int


@dataclass(frozen=True)
class AcrossFacts:
    """All of it; `compared` is False in a report about one country, which compares nothing."""

    compared: bool
    materials: tuple[ComparedFacts, ...] = ()
    verdicts: tuple[StandingFacts, ...] = ()
    adapted: tuple[AdaptedFacts, ...] = ()
    newest: str = ""
