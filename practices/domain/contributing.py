"""What members gave to each other: one stream, told by the parts that hold the rows.

Nothing is stored twice: each source reads its own rows. Figures (levels, ties, balance, quiet
members) and the stream of a person are counted from the same list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from practices.enums import Given


@dataclass(frozen=True)
class Span:
    """From `since`, included, to `until`, not included (UTC); of these people, None means all."""

    since: datetime
    until: datetime
    people: frozenset[int] | None = None


@dataclass(frozen=True)
class Contribution:
    """Somebody gave something.

    `country_id` is the giver's. `to_id` is the person it was given to, where there is one: that
    makes a tie. `thread` names what it belongs to, so that several in one talk can be told from
    several talks. `title` and `url` are empty where telling them would tell a secret, as which
    material somebody reviewed. `minutes` is time that was written down, None where none was.
    `is_kept` is for the Chatham House rule: it is counted, and never told of a person.
    """

    person_id: int
    country_id: int | None
    at: datetime
    given: Given
    to_id: int | None = None
    thread: str = ""
    title: str = ""
    url: str = ""
    minutes: int | None = None
    is_kept: bool = False


Source = Callable[[Span], Iterable[Contribution]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Adds a part's source, called with the span; in AppConfig.ready. One query each, no more."""
    if source not in _sources:
        _sources.append(source)


def of(span: Span) -> list[Contribution]:
    """Everything given in the span, the newest first."""
    found = [given for source in _sources for given in source(span)]
    return sorted(found, key=lambda given: (given.at, given.person_id), reverse=True)
