"""What can be suggested in a brief: rooms say which of their items a person may choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from experts.models import User


@dataclass(frozen=True)
class Suggestion:
    """An item that says how something could be better; `theme` is under what it may stand."""

    kind: str
    key: int
    theme: str
    text: str
    country: str
    day: date

    @property
    def ref(self) -> str:
        """Its name in a form."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Source:
    """A kind of items: its name for readers, those a person may choose, and an item's page."""

    kind: str
    label: str | Promise
    offered: Callable[[User], Iterable[Suggestion]]
    page: Callable[[int], str]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Adds a kind; in AppConfig.ready. The same kind again replaces it."""
    _sources[source.kind] = source


def offered(user: User) -> list[Suggestion]:
    """Everything this person may choose from, kind by kind."""
    return [item for source in _sources.values() for item in source.offered(user)]


def label(kind: str) -> str:
    """What readers call a kind; the kind itself where nobody brings it any longer."""
    return str(_sources[kind].label) if kind in _sources else kind


def page(kind: str, key: int) -> str:
    """The address of an item's page; "" where nobody brings its kind any longer."""
    return _sources[kind].page(key) if kind in _sources else ""
