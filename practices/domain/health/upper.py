"""What rooms above know and figures need: changes asked for, editions validated, reviews asked.

A room registers its source when the app is ready; each call is one query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from practices.domain.health.loop import Asked


@dataclass(frozen=True)
class Cells:
    """Of one country: editions that are needed, and those of them that are validated."""

    country_id: int
    required: int
    validated: int


@dataclass(frozen=True)
class Change:
    """Something that was changed because somebody asked; `words` may be read by every member."""

    country_id: int | None
    on: date
    words: str
    title: str
    route: str = ""
    key: int = 0


@dataclass(frozen=True)
class Mention:
    """A word that came up at a time, in a piece of work of a kind ("question", "change")."""

    word: str
    kind: str
    at: datetime


ChangesAsked = Callable[[date], Iterable[Asked]]
Coverage = Callable[[date], Iterable[Cells]]
ChangesDone = Callable[[int], Iterable[Change]]
Mentions = Callable[[datetime, datetime], Iterable[Mention]]
Busy = Callable[[datetime], Iterable[int]]

_asked: list[ChangesAsked] = []
_coverage: list[Coverage] = []
_done: list[ChangesDone] = []
_mentions: list[Mentions] = []
_busy: list[Busy] = []


def register_changes(*, asked: ChangesAsked, done: ChangesDone) -> None:
    """`asked` gives the changes asked for since a day, `done` those a country asked for."""
    _add(_asked, asked)
    _add(_done, done)


def register_coverage(source: Coverage) -> None:
    """`source` gives the cells of every country as of a day."""
    _add(_coverage, source)


def register_mentions(source: Mentions) -> None:
    """`source` gives the words of a span, from included to not included."""
    _add(_mentions, source)


def register_busy(source: Busy) -> None:
    """`source` gives people who were asked for something since then, whether they did it or not.

    They are not silent; and whoever is left out of a list of the silent tells nothing by it.
    """
    _add(_busy, source)


def _add(sources: list, source: object) -> None:
    if source not in sources:
        sources.append(source)


def asked_since(day: date) -> list[Asked]:
    return [change for source in _asked for change in source(day)]


def cells(day: date) -> list[Cells]:
    return [found for source in _coverage for found in source(day)]


def done_for(country_id: int) -> list[Change]:
    return [change for source in _done for change in source(country_id)]


def mentions(since: datetime, until: datetime) -> list[Mention]:
    return [found for source in _mentions for found in source(since, until)]


def busy_since(since: datetime) -> frozenset[int]:
    return frozenset(person for source in _busy for person in source(since))
