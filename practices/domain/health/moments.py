"""A moment in the life of the communities, and what is seen of it for one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from practices.domain.contributing import Contribution
from practices.domain.health import ties
from practices.domain.health.facts import LONG, SPAN, Facts
from practices.enums import Given


@dataclass(frozen=True)
class Past:
    """The facts as they stood at `at`; `shift` is how many spans ago that is."""

    facts: Facts
    shift: int = 0

    @cached_property
    def at(self) -> datetime:
        return self.facts.at - self.shift * SPAN

    def since(self, days: timedelta) -> list[Contribution]:
        begin = self.at - days
        return [one for one in self.facts.given if begin <= one.at < self.at]

    @cached_property
    def given(self) -> list[Contribution]:
        """What was given in the span; coming to a session is counted as taking part instead."""
        return [one for one in self.since(SPAN) if one.given != Given.SESSION]

    @cached_property
    def ties(self) -> set[ties.Tie]:
        return ties.directed(self.given, self.facts.country_of)

    @cached_property
    def threads(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for one in self.given:
            if one.thread:
                found[one.thread].add(one.person_id)
        return found

    @cached_property
    def amounts(self) -> Counter[int]:
        return Counter(one.person_id for one in self.given)

    @cached_property
    def long_amounts(self) -> Counter[int]:
        kept = (one for one in self.since(LONG) if one.given != Given.SESSION)
        return Counter(one.person_id for one in kept)

    def active(self, spans_ago: int) -> set[int]:
        """Members who gave anything, sessions included, in a span before."""
        until = self.at - spans_ago * SPAN
        known = self.facts.country_of
        return {
            one.person_id
            for one in self.facts.given
            if until - SPAN <= one.at < until and one.person_id in known
        }

    @cached_property
    def activity(self) -> tuple[set[int], set[int]]:
        return self.active(1), self.active(0)


@dataclass(frozen=True)
class Slice:
    """A moment, seen for one country or for the project (None)."""

    past: Past
    country: int | None

    def has(self, country_id: int | None) -> bool:
        return self.country is None or country_id == self.country

    @cached_property
    def people(self) -> set[int]:
        """Members of the community who had joined by then."""
        day = self.past.at.date()
        return {
            one.person_id
            for one in self.past.facts.members
            if self.has(one.country_id) and one.joined_on <= day
        }
