"""Panels that upper rooms hang on a page of a lower one, which need not know them.

The page asks for the panels of its name and includes each one's template with its context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Panel:
    """A template and what it shows; the template is included with `panel.context` as `panel`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


PanelSource = Callable[[Any, Any], Iterable[Panel]]
_sources: dict[str, list[PanelSource]] = {}
_last: dict[str, list[PanelSource]] = {}


def register(page: str, source: PanelSource, *, last: bool = False) -> None:
    """Adds a source for a page, called with the user and the page's object; in AppConfig.ready.

    `last` ones come after those of every other room.
    """
    sources = (_last if last else _sources).setdefault(page, [])
    if source not in sources:
        sources.append(source)


def of(page: str, user: Any, shown: Any) -> list[Panel]:
    """The panels this user sees on the page of that object, in the order of registration."""
    sources = [*_sources.get(page, []), *_last.get(page, [])]
    return [panel for source in sources for panel in source(user, shown)]
