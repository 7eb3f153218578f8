"""All talk: what was said on everything a person sees, narrowed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from experts.models import Country, User
from practices.domain.talk import discussed, following
from practices.querysets import CommentQuerySet


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; with both countries, to what is said between the two."""

    country: Country | None = None
    other: Country | None = None
    kind: str = ""
    unread: bool = False


def find(user: User, wanted: Wanted) -> CommentQuerySet:
    """The comments that stand, the newest first.

    Those that keep their writer's name have no country either.
    """
    found = discussed.comments(user).standing()
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.unread:
        found = found.exclude(by__user=user)
        if until := following.read_until(user):
            found = found.filter(at__gt=until)
    countries = [country for country in (wanted.country, wanted.other) if country]
    if len(countries) == 2 and countries[0] != countries[1]:
        first, second = countries
        found = found.named()
        found = found.filter(_said_to(first, second) | _said_to(second, first))
    elif countries:
        found = found.named().filter(by__country=countries[0])
    return found.with_people().order_by("-at", "-pk")


def _said_to(writer: Country, other: Country) -> Q:
    """What people of one country said to the other: in answer to its people, or on what is its."""
    meant = Q(quoted__by__country=other, quoted__unnamed=False) | discussed.of_country(other.pk)
    return Q(by__country=writer) & meant
