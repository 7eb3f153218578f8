"""A registry: an upper app says which versions a panel of experts has looked at, and what holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

# Gives, of these keys of versions, the reviewed ones with the day their newest round closed.
Days = Callable[[Collection[int]], dict[int, date]]
# The same as a condition on Version, for lists.
Condition = Callable[[], Q]


@dataclass(frozen=True)
class Source:
    """Who knows about reviews. Neither a number nor a name comes through here, only the day."""

    days: Days
    condition: Condition


_sources: list[Source] = []


def register(source: Source) -> None:
    """Called once per source from AppConfig.ready; a second call with the same one is ignored."""
    if source not in _sources:
        _sources.append(source)


def reviewed_days(versions: Collection[int]) -> dict[int, date]:
    """The day of the newest closed round by version; a version without one is missing."""
    found: dict[int, date] = {}
    for source in _sources:
        for pk, day in source.days(versions).items():
            found[pk] = max(day, found.get(pk, day))
    return found


def reviewed() -> Q:
    """The condition on Version that all sources give together."""
    condition = Q(pk__in=[])
    for source in _sources:
        condition |= source.condition()
    return condition


@dataclass(frozen=True)
class Validity:
    """What holds of a version: in force since, until (None: no end), in the countries by code.

    `everywhere` where the consortium as a whole says so.
    """

    since: date
    until: date | None
    countries: tuple[str, ...] = ()
    everywhere: bool = False


# Gives, of these keys of versions, what may be relied on that day.
Valid = Callable[[Collection[int], date], dict[int, Validity]]
_validities: list[Valid] = []


def register_validity(source: Valid) -> None:
    """Called once per source from AppConfig.ready; a second call with the same one is ignored."""
    if source not in _validities:
        _validities.append(source)


def validity(versions: Collection[int], on: date) -> dict[int, Validity]:
    """What holds of these versions on a day; one of which nothing good is said is missing."""
    found: dict[int, Validity] = {}
    for source in _validities:
        found |= source(versions, on)
    return found
