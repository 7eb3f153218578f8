"""What a person should do next: each room says what it waits for, *Today* shows the first three."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


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


NeedSource = Callable[[Any, datetime], Iterable[Need]]
_sources: list[NeedSource] = []


def register(source: NeedSource) -> None:
    """Adds a room's source, called with the user and the instant; in AppConfig.ready."""
    if source not in _sources:
        _sources.append(source)


def of(user: Any, at: datetime) -> list[Need]:
    """Everything that waits for this person, the most urgent first."""
    found = [need for source in _sources for need in source(user, at)]
    return sorted(found, key=lambda need: need.due)
