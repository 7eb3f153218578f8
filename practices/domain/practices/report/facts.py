"""What a report holds of good practices and their adoptions, as plain values; no person's name."""

from __future__ import annotations

from dataclasses import dataclass

from practices.enums import Maturity, Use


@dataclass(frozen=True)
class PracticeFacts:
    """A published practice of these countries; `country` is an ISO 3166 code, days are ISO days.

    `published` is the day of its first version, `adopters` are codes of the countries that use it.
    """

    title: str
    country: str
    maturity: Maturity
    version: int
    published: str
    is_new: bool
    adopters: tuple[str, ...]


@dataclass(frozen=True)
class AdoptionFacts:
    """Somebody's practice used by another partner, on `day`; codes of countries."""

    title: str
    giver: str
    taker: str
    use: Use
    is_changed: bool
    day: str


@dataclass(frozen=True)
class Totals:
    """Practices published by the end of the period, those new in it, adoptions within it.

    Between two of these countries an adoption is given and taken, and counts once in `adoptions`.
    """

    practices: int
    new: int
    given: int
    taken: int
    adoptions: int


@dataclass(frozen=True)
class PracticesFacts:
    """Recommended practices, and adoptions of the period that these countries gave or took."""

    practices: tuple[PracticeFacts, ...]
    adoptions: tuple[AdoptionFacts, ...]
    totals: Totals
    newest: str

    def of_maturity(self, maturity: Maturity) -> int:
        """How many have come so far."""
        return sum(one.maturity == maturity for one in self.practices)
