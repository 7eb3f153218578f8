"""RAND/UCLA appropriateness on the scale of 1 to 9: what a panel holds, and whether it disagrees.

Two rules of disagreement. The classic one counts experts by the size of the panel; for sizes that
its table leaves out, a third of the panel at each end is disagreement. The other one compares how
far the 30th and the 70th percentile lie apart (IPR) with what that distance may be around such a
middle (IPRAS = 2.35 + 1.5 x asymmetry).

Source: Fitch and others 2001, The RAND/UCLA Appropriateness Method User's Manual; the table of
sizes as in BMC Medical Informatics and Decision Making 12:93, Table 7. Percentiles are interpolated
(see `spread.quantile`). A median between two thirds (3.5, 6.5) is uncertain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from feedback.validation.figures.spread import median, quantile
from feedback.validation.figures.values import Figure, Reason, Scale

NINE = Scale(1, 9)
_BASE, _SLOPE = 2.35, 1.5


class Accord(StrEnum):
    """What the classic rule says of the spread of the ratings."""

    AGREEMENT = "agreement"
    INDETERMINATE = "indeterminate"
    DISAGREEMENT = "disagreement"


class Appropriateness(StrEnum):
    """What the panel holds of the item."""

    APPROPRIATE = "appropriate"
    UNCERTAIN = "uncertain"
    INAPPROPRIATE = "inappropriate"


@dataclass(frozen=True)
class Judged:
    """An item by both rules. `ipr` and `ipras` are None, like the rest, where nobody rated it."""

    median: Figure
    accord: Accord | None
    classic: Appropriateness | None
    ipr: Figure
    ipras: Figure
    disagrees: bool | None
    by_ipras: Appropriateness | None


def judge(scores: Sequence[float], scale: Scale = NINE) -> Judged:
    """What a panel's ratings from 1 to 9 say of one item."""
    reason = None if scale == NINE else Reason.OTHER_SCALE
    if reason is None and not scores:
        reason = Reason.NO_RATING
    if reason:
        none = Figure(None, len(scores), reason)
        return Judged(none, None, None, none, none, None, None)
    middle, n = median(scores), len(scores)
    ipr, ipras = interpercentile(scores)
    accord = classic_accord(scores)
    disagrees = ipr > ipras
    return Judged(
        median=middle,
        accord=accord,
        classic=_reading(middle, accord == Accord.DISAGREEMENT),
        ipr=Figure(ipr, n),
        ipras=Figure(ipras, n),
        disagrees=disagrees,
        by_ipras=_reading(middle, disagrees),
    )


def classic_accord(scores: Sequence[float]) -> Accord:
    """Agreement: few outside the third of the median. Disagreement: many in both outer thirds."""
    n = len(scores)
    low, high = sum(score <= 3 for score in scores), sum(score >= 7 for score in scores)
    outside = _limit(n)
    if outside is None:
        split = 3 * low >= n and 3 * high >= n
        return Accord.DISAGREEMENT if split else Accord.INDETERMINATE
    if min(low, high) > outside:
        return Accord.DISAGREEMENT
    middle = median(scores).value or 0
    inside = low if middle <= 3 else high if middle >= 7 else n - low - high
    return Accord.AGREEMENT if n - inside <= outside else Accord.INDETERMINATE


def _limit(n: int) -> int | None:
    """How many of a panel may stand outside: 2 of 8 to 10, 3 of 11 to 13, 4 of 14 to 16."""
    return (n - 2) // 3 if 8 <= n <= 16 else None


def interpercentile(scores: Sequence[float]) -> tuple[float, float]:
    """The distance of the 30th and 70th percentile, and the distance from which it is too far."""
    low, high = quantile(scores, 0.3).value or 0, quantile(scores, 0.7).value or 0
    asymmetry = abs(5 - (low + high) / 2)
    return high - low, _BASE + _SLOPE * asymmetry


def _reading(middle: Figure, disagrees: bool) -> Appropriateness:
    value = middle.value or 0
    if disagrees or 3 < value < 7:
        return Appropriateness.UNCERTAIN
    return Appropriateness.APPROPRIATE if value >= 7 else Appropriateness.INAPPROPRIATE
