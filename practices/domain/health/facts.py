"""All that figures are counted from, read once for every community."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from practices.domain.contributing import Contribution
from practices.domain.health import idea_to_action, loop, pulse, responsiveness, reuse, upper

SPAN = timedelta(days=90)
LONG = timedelta(days=180)


@dataclass(frozen=True)
class Member:
    """An expert of a country's community."""

    person_id: int
    country_id: int
    joined_on: date


@dataclass(frozen=True)
class Held:
    """A session that ended and was not cancelled: its host countries and the answers to it."""

    day: date
    ended_at: datetime
    countries: frozenset[int]
    invited: int
    accepted: int


@dataclass(frozen=True)
class Question:
    """A question to the community, by the country it comes from."""

    country_id: int | None
    asked: responsiveness.Asked


@dataclass(frozen=True)
class Told:
    """A story: its country, its day, and the value cycle its teller named."""

    country_id: int | None
    told_on: date
    cycle: str


@dataclass(frozen=True)
class Facts:
    """As of `at`. `answers` are (invited, accepted) by person over 180 days: now, and as it was
    ninety days ago. `started` is when each country's community began.
    """

    at: datetime
    members: tuple[Member, ...] = ()
    started: dict[int, date] = field(default_factory=dict)
    sessions: tuple[Held, ...] = ()
    answers: tuple[dict[int, tuple[int, int]], dict[int, tuple[int, int]]] = ({}, {})
    given: tuple[Contribution, ...] = ()
    questions: tuple[Question, ...] = ()
    practices: tuple[reuse.Shared, ...] = ()
    ideas: tuple[idea_to_action.Suggested, ...] = ()
    changes: tuple[loop.Asked, ...] = ()
    cells: tuple[upper.Cells, ...] = ()
    tallies: tuple[pulse.Tally, ...] = ()
    stories: tuple[Told, ...] = ()

    @cached_property
    def country_of(self) -> dict[int, int]:
        """The country of each member."""
        return {member.person_id: member.country_id for member in self.members}

    @cached_property
    def joined(self) -> dict[int, date]:
        return {member.person_id: member.joined_on for member in self.members}
