"""How far the value of taking part went, counted from stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from practices.enums import ValueCycle
from practices.models import Story

# From here on something was done with what was learnt.
REACHED = (ValueCycle.APPLIED, ValueCycle.REALISED, ValueCycle.REFRAMING)


@dataclass(frozen=True)
class Value:
    """Stories by cycle; `reached` of `told` came as far as being applied."""

    by_cycle: tuple[tuple[str, int], ...]
    told: int
    reached: int
    cited: int

    @property
    def share(self) -> float | None:
        """The share that reached applied, 0 to 1; None without a story."""
        return self.reached / self.told if self.told else None


def value(cycles: Collection[tuple[str, int]]) -> Value:
    """Counts pairs (cycle, times cited); cycles stand in the order of the brief's value cycles."""
    counts = Counter(cycle for cycle, _cited in cycles)
    return Value(
        by_cycle=tuple((str(cycle), counts[cycle]) for cycle in ValueCycle),
        told=len(cycles),
        reached=sum(counts[cycle] for cycle in REACHED),
        cited=sum(1 for _cycle, cited in cycles if cited),
    )


def of_countries(country_ids: Collection[int], start: date, end: date) -> Value:
    """Of stories told in these countries from `start` to `end`, both days included."""
    rows = Story.objects.filter(country__in=country_ids, told_on__gte=start, told_on__lte=end)
    rows = rows.order_by().annotate(cited=Count("citations"))
    return value(list(rows.values_list("cycle", "cited")))
