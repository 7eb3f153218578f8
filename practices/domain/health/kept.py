"""The counted figures, kept for a few minutes: counting reads a year of the community's life.

What ties people is counted anew as soon as it changes; the rest is ten minutes old at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save

from experts import reference
from practices.domain.health import counting, cross_country, pulse, silent, ties
from practices.domain.health.counting import Pairs
from practices.domain.health.figure import Figure
from practices.domain.health.indicators import BY_KEY, INDICATORS
from practices.domain.health.moments import Past
from practices.domain.health.reading import facts

KEPT_SECONDS = 600
# The number is raised when the shape of Health changes: old ones are then not found.
_KEY = "practices:health:4"
_TYING = (
    "Adoption",
    "Answer",
    "Comment",
    "Question",
    "Practice",
    "PracticeVersion",
    "Idea",
    "HelpGiven",
    "Story",
)


@dataclass(frozen=True)
class Health:
    """Every figure as of `at`, by country (None is the project); `ties` are pairs of people
    counted by pair of countries; `isolated` are countries nobody outside has a tie with. `quiet`
    (people nobody has heard of, by country) is not for pages that everybody sees. `slopes` are
    points a quarter by question of the pulse.
    """

    at: datetime
    pairs: dict[int | None, Pairs]
    ties: dict[tuple[int, int], int]
    isolated: tuple[int, ...]
    quiet: dict[int, tuple[int, ...]]
    slopes: dict[str, float | None]

    def figure(self, key: str, country: int | None = None) -> Figure:
        """One figure. Raises KeyError for a country founded since."""
        now, before = self.pairs[country][key]
        return Figure(BY_KEY[key], now, before)

    def figures(self, country: int | None = None) -> list[Figure]:
        """Those that are told of the project, or of a country."""
        told = [one for one in INDICATORS if country is None or one.on_country]
        return [self.figure(one.key, country) for one in told]


def health(at: datetime) -> Health:
    """What is kept, else what is counted as of now."""
    keys = tuple(country.pk for country in reference.countries())
    kept: Health | None = cache.get(_KEY)
    if kept is None or set(kept.pairs) != {None, *keys} or kept.at.date() != at.date():
        kept = count(at, keys)
        cache.set(_KEY, kept, KEPT_SECONDS)
    return kept


def refresh(*, at: datetime) -> bool:
    """Counts where nothing is kept, so that nobody who opens a page waits for it; whether it did.

    The clock may be set for it: what was counted of another day is counted anew by the next page.
    """
    if if_kept() is not None:
        return False
    health(at)
    return True


def if_kept() -> Health | None:
    """What is kept, without counting or asking anything: for panels on other pages."""
    kept: Health | None = cache.get(_KEY)
    return kept


def count(at: datetime, countries: tuple[int, ...]) -> Health:
    known = facts(at)
    found = ties.directed(Past(known).given, known.country_of)
    return Health(
        at=at,
        pairs=counting.count(known, countries),
        ties=dict(cross_country.between(found, known.country_of)),
        isolated=cross_country.isolated(found, known.country_of),
        quiet=silent.of(known),
        slopes={question: counting.slope_of(known, question) for question in pulse.QUESTIONS},
    )


def forget(**_signal: Any) -> None:
    """Counts anew at the next use."""
    cache.delete(_KEY)


def watch() -> None:
    """Forgets what is kept whenever something that ties people changes; in AppConfig.ready."""
    for name in _TYING:
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=f"practices.{name}", dispatch_uid=f"health-{name}")
