"""What a validation policy says, as values: the rules by which figures become a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from feedback.reviews import marks
from feedback.reviews.marks import Marks
from feedback.reviews.models import ReviewRound, ValidationPolicy
from feedback.validation.figures import Policy

# An answer that does not apply leaves the panel of its criterion, or counts against it.
LEFT_OUT, AGAINST = "left_out", "against"
# A translation needs a panel of its own, or may take over the verdict of its source.
OWN_PANEL, INHERIT = "own", "inherit"


@dataclass(frozen=True)
class Rules:
    """The rules of one policy version; what a stored policy does not say has these values.

    `marks`: [panel size from which, mark in hundredths]; `kappa`, `scale_ave` and `scale_ua`: the
    least modified kappa of a criterion, S-CVI/Ave and S-CVI/UA in hundredths, None for no mark
    (S-CVI/Ave 0.90: Polit and Beck 2006; k* 0.60, "good": Polit, Beck and Owen 2007; the marks of
    the strict table lie above it). `experts`, `practitioners`, `lived`: what a country's panel
    must have handed in; fewer is "not enough evidence". `most_missing`: percent of a panel that
    may leave a criterion without a rating. `may_fail`: percent of criteria that may fail for the
    version to be revised and rated again; beyond it is not validated. `months`: how long a verdict
    lasts.
    """

    marks: Marks = marks.STRICT
    kappa: int | None = 60
    scale_ave: int | None = 90
    scale_ua: int | None = None
    experts: int = 3
    practitioners: int = 0
    lived: int = 0
    most_missing: int = 50
    not_applicable: str = LEFT_OUT
    may_fail: int = 33
    editions: str = OWN_PANEL
    months: int = 24

    def table(self, name: str, number: int) -> Policy:
        """The pass marks as the figures take them."""
        return Policy(name, number, self.marks)

    def stored(self) -> dict[str, Any]:
        """The rules as a policy keeps them."""
        return asdict(self) | {"marks": [list(mark) for mark in self.marks]}


STRICT = Rules()
_NAMES = frozenset(field.name for field in fields(Rules))


def read(stored: Mapping[str, Any]) -> Rules:
    """The rules out of a stored policy; what it does not name keeps its value of `STRICT`."""
    known: dict[str, Any] = {name: value for name, value in stored.items() if name in _NAMES}
    if "marks" in known:
        known["marks"] = marks.read(known)
    return Rules(**known)


def of(policy: ValidationPolicy | None) -> Rules:
    """The rules of a policy; version 1 where there is none."""
    return STRICT if policy is None else read(policy.rules)


def of_round(review_round: ReviewRound) -> Rules:
    """The rules a round was opened with."""
    return of(review_round.policy)
