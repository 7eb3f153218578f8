"""Delphi: whether a group agrees on an item, whether its answers still move, and what follows.

Plain numbers in, plain numbers out. A wave maps whoever answered to the score given, 1 to 4;
"agree" means that so large a share stands on one side: relevant (3, 4) or not (1, 2).

Sources: Diamond and others 2014 (75 percent is the usual mark of consensus); Scheibe, Skutsch and
Schofer 1975 (under 15 percent of changed answers is stable); von der Gracht 2012 (that consensus
without stability says little).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from feedback.validation.figures import RELEVANT, Figure, Reason

Answers = Mapping[int, int]
# What is said in a wave; None is "does not apply".
Again = Mapping[int, int | None]


@dataclass(frozen=True)
class Rule:
    """When asking ends. `consensus`: percent of the panel on one side; `stable`: percent of
    answers that may differ from the wave before; `most`: number of waves, the reviews counted.
    """

    consensus: int = 75
    stable: int = 15
    most: int = 3


class State(StrEnum):
    """Where an item stands after a wave."""

    AGREED = "agreed"
    DISSENT = "dissent"
    OPEN = "open"
    ENDED = "ended"
    NOBODY = "nobody"


def agreement(answers: Answers) -> Figure:
    """The share of the larger side."""
    n = len(answers)
    if not n:
        return Figure(None, 0, Reason.NO_RATING)
    return Figure(_larger(answers) / n, n)


def carried(before: Answers, again: Again) -> Answers:
    """Everybody's answers after a wave: who did not answer again keeps the one given before.

    Who says now that the item does not apply (None) has no answer any more.
    """
    both = {**before, **again}
    return {one: score for one, score in both.items() if score is not None}


def through(waves: Sequence[Again]) -> list[Answers]:
    """Everybody's answers after each wave; `waves` are what was said in it, the reviews first."""
    found: list[Answers] = []
    for said in waves:
        found.append(carried(found[-1] if found else {}, said))
    return found


def changed(before: Answers, again: Again) -> Figure:
    """The share of answers that differ from the ones before, of those who answered again."""
    both = before.keys() & again.keys()
    if not both:
        return Figure(None, 0, Reason.NO_RATING)
    return Figure(_moved(before, again) / len(both), len(both))


def judge(waves: Sequence[Again], rule: Rule) -> State:
    """Where an item stands; `waves` are what was said in each wave, the reviews first.

    After the reviews alone an agreement ends the asking: there is nothing to move towards. Later it
    has to be stable as well, by the answers of more than half of the panel; dissent that has become
    stable is a result, and asked no further. Compared in whole numbers.
    """
    after = through(waves)
    panel = after[-1]
    if not panel:
        return State.NOBODY
    agreed = 100 * _larger(panel) >= rule.consensus * len(panel)
    if len(waves) == 1:
        return State.AGREED if agreed else State.OPEN
    before, said = after[-2], waves[-1]
    both = before.keys() & said.keys()
    spoken = 2 * len(both) > len(before)
    if spoken and 100 * _moved(before, said) <= rule.stable * len(both):
        return State.AGREED if agreed else State.DISSENT
    return State.ENDED if len(waves) >= rule.most else State.OPEN


def _larger(answers: Answers) -> int:
    relevant = sum(score >= RELEVANT for score in answers.values())
    return max(relevant, len(answers) - relevant)


def _moved(before: Answers, again: Again) -> int:
    return sum(before[one] != again[one] for one in before.keys() & again.keys())
