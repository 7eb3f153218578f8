"""A registry: upper apps name the people who read a version before it is released."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from experts.models import User

# Gives the versions a person was asked to read: a condition on Version, or their ids as a query.
Source = Callable[["User"], "Q | QuerySet"]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Called once per source from AppConfig.ready; a second call with the same one is ignored."""
    if source not in _sources:
        _sources.append(source)


def asked_to_read(user: User) -> Q:
    """The condition on Version that all sources give together; still part of one query."""
    condition = Q()
    for source in _sources:
        found = source(user)
        condition |= found if isinstance(found, Q) else Q(pk__in=found)
    return condition
