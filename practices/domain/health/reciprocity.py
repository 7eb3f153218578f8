"""Reciprocity: do those who receive also give back?"""

from __future__ import annotations

from collections.abc import Iterable

from practices.domain.health import ties
from practices.domain.health.figure import Measure, share
from practices.domain.health.ties import Tie


def of(found: Iterable[Tie]) -> Measure:
    """Mutual pairs / connected pairs, of directed ties."""
    directed = set(found)
    connected = ties.pairs(directed)
    mutual = sum(1 for one, other in connected if {(one, other), (other, one)} <= directed)
    return share(mutual, len(connected))
