"""What a panel of some size can show, before anybody is asked: plain numbers, no database.

Pass marks come as `Marks` (feedback/reviews/marks.py). The chance is that of A or more out of N
draws from a population of which a share calls the item relevant (binomial); the intervals are
Wilson's (1927), see feedback/validation/figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedback.reviews import marks
from feedback.reviews.marks import STRICT, Marks
from feedback.validation import figures
from feedback.validation.figures import distributions

# The item the chance is said for: 80 of 100 of all experts would call it relevant.
SHARE = 0.8
# No panel of a country is looked at beyond this size.
LARGEST = 60


@dataclass(frozen=True)
class Reading:
    """What a panel of `n` can show; all None where the table has no mark for such a panel.

    `needed` must call an item relevant, `spare` may dissent. `agreed` and `dissented` are how many
    points of 100 the 95 % interval is wide when all agree and when one dissents. `likely` is the
    percentage of times that an item passes of which `SHARE` of all experts think well.
    """

    n: int
    needed: int | None
    spare: int | None
    agreed: int | None
    dissented: int | None
    likely: int | None


@dataclass(frozen=True)
class Panel:
    """The part of a panel that one country has; `key` says which.

    `asked` are on it, `wanted` are to be in the end; `practitioners` and `lived` of those asked.
    """

    key: int
    asked: int
    wanted: int
    practitioners: int = 0
    lived: int = 0

    @property
    def size(self) -> int:
        """How many it will have."""
        return max(self.asked, self.wanted)


@dataclass(frozen=True)
class Quota:
    """What a country must have handed in for a verdict: how many, and how many of two kinds."""

    experts: int
    practitioners: int = 0
    lived: int = 0


@dataclass(frozen=True)
class Step:
    """The cheapest way to show more: `more` experts for the panel `key`.

    `practitioners` and `lived` are how many of them have to be of that kind. `gives_evidence`
    where the panel has enough for a verdict only then; else `after` survives more dissents.
    """

    key: int
    more: int
    practitioners: int
    lived: int
    gives_evidence: bool
    before: Reading
    after: Reading


def read(n: int, table: Marks = STRICT) -> Reading:
    """What a panel of n can show by these marks."""
    needed = marks.needed(n, table)
    if needed is None:
        return Reading(n, None, None, None, None, None)
    return Reading(
        n=n,
        needed=needed,
        spare=n - needed,
        agreed=_width(n, n),
        dissented=_width(n - 1, n),
        likely=round(100 * chance(needed, n)),
    )


def chance(needed: int, n: int, share: float = SHARE) -> float:
    """How likely `needed` or more of n experts agree when each does with probability `share`."""
    return math.fsum(distributions.binomial(n, share)[max(needed, 0) :])


def next_size(n: int, table: Marks = STRICT) -> int | None:
    """The smallest larger panel that survives more dissents; None up to the largest there is."""
    now = _spare(n, table)
    return next((m for m in range(n + 1, LARGEST + 1) if _spare(m, table) > now), None)


def cheapest(panels: Sequence[Panel], quota: Quota, table: Marks = STRICT) -> Step | None:
    """The fewest additional experts that change what a panel can show; None where none do.

    Of equally cheap steps the one that gives enough evidence comes first, then the one for the
    panel that survives fewest dissents, then the smallest panel, then the first.
    """
    found = [step for panel in panels for step in _steps(panel, quota, table)]
    return min(found, key=_cost, default=None)


def _steps(panel: Panel, quota: Quota, table: Marks) -> Iterable[Step]:
    before = read(panel.size, table)
    practitioners, lived = owed(panel, quota)
    more = missing(panel, quota)
    if more:
        after = read(panel.size + more, table)
        yield Step(panel.key, more, practitioners, lived, True, before, after)
        return
    larger = next_size(panel.size, table)
    if larger is not None:
        more = larger - panel.size
        yield Step(panel.key, more, 0, 0, False, before, read(larger, table))


def owed(panel: Panel, quota: Quota) -> tuple[int, int]:
    """How many practitioners and how many people with lived experience are still to be asked."""
    practitioners = max(0, quota.practitioners - panel.practitioners)
    return practitioners, max(0, quota.lived - panel.lived)


def missing(panel: Panel, quota: Quota) -> int:
    """How many experts beyond the planned panel a verdict takes; those of a kind may fill seats."""
    seats = panel.size - panel.asked
    return max(0, quota.experts - panel.size, sum(owed(panel, quota)) - seats)


def _cost(step: Step) -> tuple[int, bool, int, int]:
    before = step.before
    return step.more, not step.gives_evidence, before.spare or 0, before.n


def _spare(n: int, table: Marks) -> int:
    """Dissents a panel survives; fewer than none where it is too small for a mark."""
    found = marks.spare(n, table)
    return -1 if found is None else found


def _width(relevant: int, n: int) -> int | None:
    found = figures.wilson(relevant, n)
    if found.low is None or found.high is None:
        return None
    return round(100 * (found.high - found.low))
