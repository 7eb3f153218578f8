"""A registry: an upper app says which changes were asked of a material and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One line of “you said, we did”, for everybody to read; no name and no day is in it.

    `asked` is empty where nobody has worded the request for the public; `kind` and `icon` are the
    look of the decision's chip; `done_in` is a version number, 0 while it is not done; `people` is
    how many asked the same, 0 where the number would tell who they are.
    """

    asked: str
    severity: str
    decision: str
    kind: str
    icon: str
    reason: str
    version: int
    done_in: int
    people: int


@dataclass(frozen=True)
class Source:
    """Who knows about changes, by the key of a material."""

    rows: Callable[[int], list[Promise]]
    exists: Callable[[int], bool]


_sources: list[Source] = []


def register(source: Source) -> None:
    """Called once per source from AppConfig.ready; a second call with the same one is ignored."""
    if source not in _sources:
        _sources.append(source)


def rows(material_id: int) -> list[Promise]:
    """Everything that was promised about a material."""
    return [row for source in _sources for row in source.rows(material_id)]


def exist(material_id: int) -> bool:
    """Whether there is anything to tell about a material."""
    return any(source.exists(material_id) for source in _sources)
