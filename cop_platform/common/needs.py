"""What a person should do next: each room says what it waits for, *Today* shows the first three.

Most people have few things waiting on most days. The questions of all rooms are put to the database
in one statement, and a room is asked for its sentences only where an answer came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cop_platform.common.prepared import Asked, at_once


@dataclass(frozen=True)
class Choice:
    """A button that answers at once: `name` and `value` are posted to the need's `post_url`."""

    label: str
    name: str
    value: str


@dataclass(frozen=True)
class Need:
    """One thing to do: what, why now, and where. `due` orders them, the earliest first."""

    title: str
    sentence: str
    url: str
    action: str
    due: datetime
    icon: str = "check"
    post_url: str = ""
    choices: tuple[Choice, ...] = field(default=())


# Called with the user, the instant and, by the name of each question that was asked, its rows.
NeedSource = Callable[..., Iterable[Need]]
Questions = Mapping[str, Asked]
# The questions of a source to the database, by name; those that need not be asked left out.
Asks = Callable[[Any, datetime], Questions]
_sources: dict[NeedSource, Asks | None] = {}


def register(source: NeedSource, asks: Asks | None = None) -> None:
    """Adds a room's source; in AppConfig.ready.

    With `asks` it is called only where one of its questions has rows, and gets them by the names
    of the questions. Without, it is called with the user and the instant at every visit, and must
    not ask the database.
    """
    _sources.setdefault(source, asks)


def of(user: Any, at: datetime) -> list[Need]:
    """Everything that waits for this person, the most urgent first."""
    return sorted(told(list(_sources), user, at), key=lambda need: need.due)


def told(sources: Sequence[NeedSource], user: Any, at: datetime) -> list[Need]:
    """What these of the registered sources say; their questions are asked in one statement."""
    asked = [_asked(source, user, at) for source in sources]
    answers = iter(at_once([one for questions in asked for one in questions.values()]))
    return [
        need
        for source, questions in zip(sources, asked, strict=True)
        for need in _said(source, user, at, {name: next(answers) for name in questions})
    ]


def _asked(source: NeedSource, user: Any, at: datetime) -> Questions:
    asks = _sources[source]
    return {} if asks is None else asks(user, at)


def _said(
    source: NeedSource, user: Any, at: datetime, rows: Mapping[str, list[Any]]
) -> Iterable[Need]:
    """What a source says to the answers to its questions; nothing where none came."""
    if _sources[source] is None:
        return source(user, at)
    return source(user, at, **rows) if any(rows.values()) else ()
