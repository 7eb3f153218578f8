"""A registry: upper apps name the people who read a version before it is released."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from experts.models import Person, User

# Gives the versions a person was asked to read: a condition on Version, or their ids as a query.
Source = Callable[["User"], "Q | QuerySet"]

# Gives everybody who is asked, in work that is still open, to read the version of this id.
PeopleSource = Callable[[int], "Iterable[Person]"]

_sources: list[Source] = []
_people: list[PeopleSource] = []


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


def register_people(source: PeopleSource) -> None:
    """Called once per source from AppConfig.ready; a second call with the same one is ignored."""
    if source not in _people:
        _people.append(source)


def people_asked(version_id: int) -> list[Person]:
    """Everybody with open work on a version, each once, by id."""
    found = {person.pk: person for source in _people for person in source(version_id)}
    return [found[pk] for pk in sorted(found)]
