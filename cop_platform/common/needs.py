"""What a person should do next: each room says what it waits for, *Today* shows the first three.

Most people have few things waiting on most days. A source that says where to look (`waiting`) is
asked only where there is something: all of them together cost one question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet


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
# The rows that could wait for this person; without any, nothing of this source waits.
Waiting = Callable[[Any, datetime], Iterable[QuerySet]]
_sources: dict[NeedSource, Waiting | None] = {}


def register(source: NeedSource, waiting: Waiting | None = None) -> None:
    """Adds a room's source, called with the user and the instant; in AppConfig.ready.

    With `waiting` it is called only where one of the querysets has a row.
    """
    _sources.setdefault(source, waiting)


def of(user: Any, at: datetime) -> list[Need]:
    """Everything that waits for this person, the most urgent first."""
    there = _there(user, at)
    asked = [source for source, waiting in _sources.items() if waiting is None or source in there]
    found = [need for source in asked for need in source(user, at)]
    return sorted(found, key=lambda need: need.due)


def _there(user: Any, at: datetime) -> set[NeedSource]:
    """The sources with something waiting, of those that say where to look. One question."""
    marks: dict[str, Exists] = {}
    owners: dict[str, NeedSource] = {}
    for source, waiting in _sources.items():
        for rows in waiting(user, at) if waiting is not None else ():
            name = f"waits_{len(marks)}"
            marks[name], owners[name] = Exists(rows.order_by()), source
    if not marks:
        return set()
    people = type(user.person)._base_manager.filter(pk=user.person.pk)
    found = people.annotate(**marks).values(*marks).get()
    return {owners[name] for name, is_there in found.items() if is_there}
