"""Panels that upper rooms hang on a page of a lower one, which need not know them.

The page asks for the panels of its name and includes each one's template with its context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, QuerySet


@dataclass(frozen=True)
class Panel:
    """A template and what it shows; the template is included with `panel.context` as `panel`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


PanelSource = Callable[[Any, Any], Iterable[Panel]]
Rows = Callable[[Any, Any], Iterable[QuerySet]]


@dataclass(frozen=True)
class _Source:
    """A room's panels; with `rows` only where one of them has any, else `empty` if it is given."""

    panels: PanelSource
    rows: Rows | None = None
    empty: PanelSource | None = None


_sources: dict[str, list[_Source]] = {}
_last: dict[str, list[_Source]] = {}


def register(
    page: str,
    source: PanelSource,
    *,
    rows: Rows | None = None,
    empty: PanelSource | None = None,
    last: bool = False,
) -> None:
    """Adds a source for a page, called with the user and the page's object; in AppConfig.ready.

    Most pages have nothing of most rooms. A source that says where to look (`rows`) is asked only
    where there is something: all of them together cost one question. `empty`, which asks none,
    gives its panels otherwise. `last` ones come after those of every other room.
    """
    made = _Source(source, rows, empty)
    sources = (_last if last else _sources).setdefault(page, [])
    if all(known.panels != source for known in sources):
        sources.append(made)


def of(page: str, user: Any, shown: Any) -> list[Panel]:
    """The panels this user sees on the page of that object, in the order of registration."""
    sources = [*_sources.get(page, []), *_last.get(page, [])]
    there = _there(sources, user, shown)
    found: list[Panel] = []
    for number, source in enumerate(sources):
        if source.rows is None or number in there:
            found += source.panels(user, shown)
        elif source.empty is not None:
            found += source.empty(user, shown)
    return found


def _there(sources: list[_Source], user: Any, shown: Any) -> set[int]:
    """The places of the sources with rows, of those that say where to look. One question."""
    looked = [
        (number, rows)
        for number, source in enumerate(sources)
        if source.rows is not None
        for rows in source.rows(user, shown)
    ]
    if not looked:
        return set()
    marks = {f"has_{n}": Exists(rows.order_by()) for n, (_number, rows) in enumerate(looked)}
    people = type(user.person)._base_manager.filter(pk=user.person.pk)
    found = people.annotate(**marks).values(*marks).get()
    return {number for n, (number, _rows) in enumerate(looked) if found[f"has_{n}"]}
