"""What the panel is reckoned with: plain values, without the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from experts.enums import Profession
from feedback.reviews.domain.panel.professions import LIVED, PRACTITIONERS


@dataclass(frozen=True)
class Expert:
    """Somebody who is on a panel or could be.

    `load` is the number of open rounds they were asked in, `most` how many they take at a time.
    On the days `away_from` to `away_until` nobody asks them; an end that is missing is open.
    """

    key: int
    name: str
    country: int
    profession: str = Profession.CASE_WORKER
    languages: frozenset[str] = frozenset()
    years: int = 0
    load: int = 0
    most: int = 3
    away_from: date | None = None
    away_until: date | None = None
    topics: str = ""

    @property
    def is_practitioner(self) -> bool:
        return self.profession in PRACTITIONERS

    @property
    def has_lived_it(self) -> bool:
        return self.profession in LIVED


@dataclass(frozen=True)
class Item:
    """A round as the panel sees it: one version, and how many experts of which countries.

    `countries` are ids of those whose experts are asked, `wanted` of each; the two quotas count
    within the whole panel. `today` is the asker's own day. `members` are on the panel now, `asked`
    is everybody who was ever asked in the round, `before` those of the round before it.
    `barred` maps people to why they must not review it, in words. `code` is the material's,
    `number` the version's.
    """

    key: int
    title: str
    language: str
    countries: tuple[int, ...]
    due_on: date
    today: date
    type: str = ""
    audience: str = ""
    wanted: int = 3
    practitioners: int = 0
    lived: int = 0
    members: tuple[Expert, ...] = ()
    asked: frozenset[int] = frozenset()
    before: frozenset[int] = frozenset()
    barred: dict[int, tuple[str, ...]] = field(default_factory=dict)
    code: str = ""
    number: int = 1

    def on_panel(self, country: int) -> int:
        """How many of a country are on the panel now."""
        return sum(member.country == country for member in self.members)
