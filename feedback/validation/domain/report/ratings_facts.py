"""What the panels rated, as a report knows it: counts of answers, and the figures they give.

All figures follow from the counts beside them (`recounting` does it again); shares and means are
rounded to six decimals, so that they are the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedback.validation.domain.policy.rules import Rules
from feedback.validation.domain.report.verdict_facts import VerdictFacts

DECIMALS = 6


@dataclass(frozen=True)
class Measured:
    """A figure with the N it rests on; without a value it says why."""

    value: float | None
    n: int
    reason: str


@dataclass(frozen=True)
class ItemFacts:
    """A criterion on the scale of 1 to 4.

    `distribution` counts the answers 1, 2, 3 and 4; `missing` those who gave none. `n` is what
    I-CVI is taken of: with "not applicable" where the policy counts that against a criterion.
    `needed` must find it relevant for it to pass; None where it could not be judged.
    """

    code: str
    text: str
    distribution: tuple[int, ...]
    not_applicable: int
    missing: int
    n: int
    relevant: int
    needed: int | None
    passes: bool | None
    i_cvi: Measured
    low: float | None
    high: float | None
    kappa: Measured
    aiken_v: Measured
    mean: float | None
    median: float | None


@dataclass(frozen=True)
class OtherFacts:
    """A criterion of another kind: `tally` counts the answers from the lowest up, `written` texts.

    `cvr` is Lawshe's ratio of "essential", None for other kinds.
    """

    code: str
    text: str
    kind: str
    anchors: tuple[str, ...]
    tally: tuple[int, ...]
    written: int
    not_applicable: int
    cvr: Measured | None


@dataclass(frozen=True)
class AgreementFacts:
    """How far the experts agree. `alpha` is nominal of yes and no, ordinal of the ratings."""

    percent: Measured
    alpha: Measured
    fleiss: Measured
    ac1: Measured


class Withheld(StrEnum):
    """Why a round has no figures: fewer than three reviews, or experts who still have to answer."""

    NO = ""
    SMALL = "small"
    OPEN = "open"


@dataclass(frozen=True)
class RoundFacts:
    """One round on one version. `counted` of the `submitted` reviews make up its figures: none of
    them where they are withheld, and not those of a small country where the rest of the panel would
    give them away.

    `matrix` are the answers of one expert a row, in the order of the items, None for no rating:
    for the agency alone, of panels of at least five. Its rows are sorted by what they say, so that
    no order tells who is who.
    """

    code: str
    title: str
    version: int
    language: str
    sha256: str
    round_id: int
    rubric: str
    policy: int
    opened_on: str
    closed_on: str
    asked: int
    submitted: int
    counted: int
    withheld: Withheld
    items: tuple[ItemFacts, ...]
    others: tuple[OtherFacts, ...]
    s_cvi_ave: Measured
    s_cvi_ua: Measured
    mean_kappa: Measured
    relevance: AgreementFacts | None
    ratings: AgreementFacts | None
    verdicts: tuple[VerdictFacts, ...]
    matrix: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class PolicyFacts:
    """The rules of a validation policy as they were frozen."""

    number: int
    name: str
    frozen_on: str
    rules: Rules


@dataclass(frozen=True)
class RatingsFacts:
    """All rounds by material, version and round, with the policies they were opened under."""

    rounds: tuple[RoundFacts, ...]
    policies: tuple[PolicyFacts, ...]
    newest: str

    def policy(self, number: int) -> PolicyFacts:
        """The policy of that number."""
        return next(policy for policy in self.policies if policy.number == number)
