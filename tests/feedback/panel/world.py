"""Small panels as plain values: experts and rounds without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

from feedback.reviews.domain.panel.gathering import Board
from feedback.reviews.domain.panel.shapes import Expert, Item

TODAY = date(2026, 11, 24)
DUE = date(2026, 12, 4)
ITALY, SPAIN = 1, 2
COUNTRIES = {ITALY: "Italy", SPAIN: "Spain"}


def expert(key: int, country: int = ITALY, **more: Any) -> Expert:
    """A case worker who reads English."""
    values = {"name": f"Expert {key}", "languages": frozenset({"en"})} | more
    return Expert(key=key, country=country, **values)


def item(key: int = 1, **more: Any) -> Item:
    """A round of Italy that wants one expert."""
    values = {
        "title": "Mentor guide",
        "language": "en",
        "countries": (ITALY,),
        "due_on": DUE,
        "today": TODAY,
        "wanted": 1,
    }
    return Item(key=key, **values | more)


def board(items: list[Item], pool: list[Expert]) -> Board:
    """A board for somebody who asks experts of both countries."""
    return Board(
        items=tuple(items),
        pool=tuple(pool),
        people={one.key: one for one in pool},
        countries=COUNTRIES,
        languages={one.key: {"en": "English", "fa": "Persian"}[one.language] for one in items},
    )
