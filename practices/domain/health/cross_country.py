"""Cross-country: do ties reach over borders, compared with what chance alone would give?

E-I = (EL - IL) / (EL + IL): external minus internal pairs over all. It runs from -1 (all inside)
to 1 (all across). As most pairs of people are pairs of two countries anyway, ties without any
preference would give 1 - 2p, where p is the share of pairs within a country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import comb

from practices.domain.health import ties
from practices.domain.health.figure import Measure
from practices.domain.health.ties import Tie


def within_share(sizes: Mapping[int, int], country: int | None = None) -> float | None:
    """p: pairs within a country / all pairs; of one country, among the pairs it takes part in.

    `sizes` are the members by country. None where there is no pair at all.
    """
    total = sum(sizes.values())
    if country is None:
        inside, whole = sum(comb(n, 2) for n in sizes.values()), comb(total, 2)
    else:
        own = sizes.get(country, 0)
        inside, whole = comb(own, 2), comb(own, 2) + own * (total - own)
    return inside / whole if whole else None


def chance(sizes: Mapping[int, int], country: int | None = None) -> float | None:
    """The E-I of ties that prefer nobody: 1 - 2p."""
    p = within_share(sizes, country)
    return None if p is None else 1 - 2 * p


def of(found: Iterable[Tie], people: Mapping[int, int], country: int | None = None) -> Measure:
    """E-I of connected pairs, beside its chance value; `people` are countries by person."""
    connected = ties.pairs(ties.touching(found, people, country))
    external = sum(1 for one, other in connected if people[one] != people[other])
    internal = len(connected) - external
    return Measure(
        value=(external - internal) / len(connected) if connected else None,
        n=len(connected),
        numerator=external - internal,
        denominator=len(connected),
        chance=chance(Counter(people.values()), country),
        parts=(("external", external), ("internal", internal)),
    )


def between(found: Iterable[Tie], people: Mapping[int, int]) -> Counter[tuple[int, int]]:
    """Connected pairs by pair of countries, the smaller key first; (c, c) are those within c."""
    counted: Counter[tuple[int, int]] = Counter()
    for one, other in ties.pairs(found):
        first, second = sorted((people[one], people[other]))
        counted[first, second] += 1
    return counted


def isolated(found: Iterable[Tie], people: Mapping[int, int]) -> tuple[int, ...]:
    """Countries with members and without any external tie, where there are ties at all."""
    counted = between(found, people)
    reached = {country for pair in counted if pair[0] != pair[1] for country in pair}
    return tuple(sorted(set(people.values()) - reached)) if counted else ()
