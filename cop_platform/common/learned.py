"""What a member did and learned, told by the rooms that hold it; for the member alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Learned(StrEnum):
    """The parts of the page, in this order."""

    SESSION = "session"
    REVIEW = "review"
    CREDENTIAL = "credential"


@dataclass(frozen=True)
class Entry:
    """One thing: what, when, in which part one took.

    `minutes` is time that is known, None where none is; `tags` are levels of competence frames
    (DigComp 3, CEFR B1) of what it was about, `competences` codes of `common.competences`.
    """

    kind: Learned
    day: date
    title: str
    part: str
    url: str
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()


Source = Callable[[Any, datetime], Iterable[Entry]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Adds a room's source, called with the user and the instant; in AppConfig.ready."""
    if source not in _sources:
        _sources.append(source)


def of(user: Any, at: datetime) -> list[Entry]:
    """Everything of this person until now, the newest first."""
    found = [entry for source in _sources for entry in source(user, at)]
    return sorted(found, key=lambda entry: (entry.day, entry.title), reverse=True)
