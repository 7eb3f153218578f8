"""The smallest panel that can renew a verdict: plain numbers in, plain numbers out."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.reviews import marks
from feedback.reviews.domain.rounds import PANEL
from feedback.validation.domain.policy.rules import Rules

# A policy whose table begins above this says nothing about a small panel.
_LARGEST = 50


@dataclass(frozen=True)
class Before:
    """The panel of the verdict that grows old: experts of the country who handed in (0 when
    nobody knows), and the quotas its round was opened with.
    """

    experts: int = 0
    practitioners: int = 0
    lived: int = 0


@dataclass(frozen=True)
class MiniPanel:
    """What is asked for: `experts` of each country, `needed` of them must find a criterion
    relevant; the quotas count within the whole panel.
    """

    experts: int
    needed: int
    practitioners: int
    lived: int


def smallest(rules: Rules, before: Before, countries: int = 1) -> MiniPanel:
    """The smallest panel of each of some countries that the policy lets decide.

    At least as many as the policy asks of a country and as keep a reviewer unknown, at least one
    for every seat of the quotas, and no size for which the policy has no pass mark. A mini round
    keeps the quotas that the panel before it had: another kind of panel would be another question.
    """
    practitioners = max(before.practitioners, rules.practitioners * countries)
    lived = max(before.lived, rules.lived * countries)
    seats = -(-max(practitioners, lived) // max(countries, 1))
    least = max(PANEL, rules.experts, seats)
    for experts in range(least, max(least, _LARGEST) + 1):
        needed = marks.needed(experts, rules.marks)
        if needed is not None:
            return MiniPanel(experts, needed, practitioners, lived)
    return MiniPanel(least, least, practitioners, lived)
