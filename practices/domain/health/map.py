"""The map of ties between countries: a ring of communities, a line for each pair that is tied."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experts.models import Country
from practices.domain.health.figure import LEAST

SIZE = 400
_RING = 140
_MOST = 12


@dataclass(frozen=True)
class Node:
    """A country on the ring; `inside` are the ties within it, as words."""

    country: Country
    x: float
    y: float
    inside: str
    is_isolated: bool


@dataclass(frozen=True)
class Link:
    """A line between two countries, the wider the more pairs of people are tied."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    is_thin: bool


@dataclass(frozen=True)
class TieMap:
    """The drawing and its table: a row and a column for each country."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    table: tuple[tuple[Country, tuple[str, ...]], ...]
    size: int = SIZE


def said(pairs: int) -> str:
    """A number of ties; small ones are told as small."""
    if not pairs:
        return "0"
    return str(pairs) if pairs >= LEAST else f"1-{LEAST - 1}"


def draw(
    countries: Sequence[Country], ties: Mapping[tuple[int, int], int], isolated: Sequence[int]
) -> TieMap:
    """The map of these countries; `ties` are connected pairs, the smaller key first."""
    places = {one.pk: _place(n, len(countries)) for n, one in enumerate(countries)}
    most = max((n for pair, n in ties.items() if pair[0] != pair[1]), default=1)

    def between(one: Country, other: Country) -> int:
        return ties.get((min(one.pk, other.pk), max(one.pk, other.pk)), 0)

    nodes = tuple(
        Node(one, *places[one.pk], said(between(one, one)), one.pk in isolated) for one in countries
    )
    links = tuple(
        Link(*places[first], *places[second], _width(n, most), n < LEAST)
        for (first, second), n in sorted(ties.items())
        if first != second and {first, second} <= set(places)
    )
    table = tuple(
        (one, tuple(said(between(one, other)) for other in countries)) for one in countries
    )
    return TieMap(nodes, links, table)


def _place(number: int, of: int) -> tuple[float, float]:
    """A place on the ring, the first on top, then clockwise."""
    angle = 2 * math.pi * number / max(of, 1) - math.pi / 2
    centre = SIZE / 2
    return round(centre + _RING * math.cos(angle), 1), round(centre + _RING * math.sin(angle), 1)


def _width(pairs: int, most: int) -> float:
    """Thin for a few; else between 3 and 12, by the share of the strongest line."""
    return 1.5 if pairs < LEAST else round(3 + (_MOST - 3) * pairs / most, 1)
