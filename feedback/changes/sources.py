"""A registry: the rooms above say which comments a change request can be made of.

The ledger knows a comment by its kind and key only. Who may read it, what it says and whom it
tells of a decision is asked of the room it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise

if TYPE_CHECKING:
    from experts.models import User


@dataclass(frozen=True)
class About:
    """What a comment is about: a version, and the country it speaks for, if any.

    `severity` is what the writer meant, "" where the comment asks for no change by itself.
    """

    version_id: int
    country_id: int | None
    severity: str


@dataclass(frozen=True)
class Source:
    """One kind of comments.

    `about` and `words` answer for several keys at once; a key that is gone is left out.
    `readable` gives, as a query, the keys of comments on a version that a person may read;
    `hidden_from` the keys of those whose change requests a person must not see yet, by the person
    and the countries they coordinate, None for all (both may be slots); `unpublished` of those that
    nobody outside may hear of yet. `where` is the address of the page
    the comment stands on, "" for who does not see it. `tell` lets the room tell the writers that
    their comments were decided on.
    """

    kind: str
    label: str | Promise
    about: Callable[[Collection[int]], dict[int, About]]
    words: Callable[[Collection[int]], dict[int, str]]
    readable: Callable[[User, int], QuerySet]
    hidden_from: Callable[[Any, Any], QuerySet]
    unpublished: Callable[[], QuerySet]
    where: Callable[[User, int], str]
    tell: Callable[[Collection[int], datetime], None]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Makes a kind of comments known; called in AppConfig.ready."""
    _sources[source.kind] = source


def find(kind: str) -> Source | None:
    """The source of that kind; None for one that no room registered."""
    return _sources.get(kind)


def known() -> list[Source]:
    """All of them, by kind."""
    return [_sources[kind] for kind in sorted(_sources)]


def label(kind: str) -> str:
    """What a person reads for a kind; "" for a request that was typed in."""
    return str(_sources[kind].label) if kind in _sources else ""
