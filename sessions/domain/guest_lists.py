"""Whom to ask to a session: the ways of choosing people, each giving names before anything goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from experts.models import Charter, Country, Membership, Person, Topic, User
from experts.querysets import PersonQuerySet
from sessions.enums import AskedThrough
from sessions.models import CopSession, Invitation

SHOWN = 300
PROFESSION, ROLE = "profession", "role"


@dataclass(frozen=True)
class Wanted:
    """How people are chosen; `role` is "profession:KEY" or "role:KEY", `quota` people by country.

    `everywhere` looks beyond the host communities, in the directory of the whole project.
    """

    how: AskedThrough = AskedThrough.PERSON
    q: str = ""
    topic: Topic | None = None
    role: str = ""
    everywhere: bool = False
    quota: Mapping[Country, int] = field(default_factory=dict)


@dataclass(frozen=True)
class GuestList:
    """People to choose from, who of them is ticked, who was asked already, what is missing."""

    people: list[Person]
    ticked: set[int]
    asked: list[Invitation]
    short: list[tuple[Country, int]]


def propose(session: CopSession, user: User, wanted: Wanted) -> GuestList:
    """People this person may see, who were not asked yet; by country and name.

    Everybody found by a community, a topic or a role is ticked; of a country's quota as many as
    asked for; nobody of a search by name.
    """
    people = list(
        _found(session, user, wanted)
        .exclude(session_invitations__session=session)
        .select_related("country", "expert")
        .distinct()
        .order_by("country__code", "name", "pk")[:SHOWN]
    )
    asked = list(session.invitations.select_related("person__country", "person__expert"))
    ticked = {p.pk for p in people}
    short: list[tuple[Country, int]] = []
    if wanted.how == AskedThrough.PERSON:
        ticked = set()
    elif wanted.how == AskedThrough.QUOTA:
        ticked, short = _by_quota(people, [i.person for i in asked], wanted.quota)
        people.sort(key=lambda p: (p.country.code if p.country else "", p.pk not in ticked))
    return GuestList(people, ticked, asked, short)


def _found(session: CopSession, user: User, wanted: Wanted) -> PersonQuerySet:
    everybody = Person.objects.visible_to(user).active()
    hosts = everybody.filter(pk__in=_members_of(session))
    if wanted.how == AskedThrough.PERSON and wanted.q:
        return everybody.filter(Q(name__icontains=wanted.q) | Q(ask_me_about__icontains=wanted.q))
    reach = everybody if wanted.everywhere else hosts
    if wanted.how == AskedThrough.TOPIC:
        return reach.filter(_about(wanted.topic)) if wanted.topic else reach.none()
    if wanted.how == AskedThrough.ROLE:
        return reach.filter(_in_role(wanted.role)) if wanted.role else reach.none()
    if wanted.how == AskedThrough.QUOTA:
        return everybody.filter(country__in=[c for c, n in wanted.quota.items() if n])
    return hosts


def _members_of(session: CopSession) -> QuerySet[Membership, Any]:
    current = Membership.objects.current().filter(cop__in=session.host_cops.all())
    return current.values("person_id")


def _about(topic: Topic) -> Q:
    """Members of communities whose charter has a topic of that name, and who offers to be asked."""
    charters = Charter.objects.current().filter(topics__name=topic.name)
    current = Membership.objects.current().filter(cop__in=charters.values("cop_id"))
    return Q(pk__in=current.values("person_id")) | Q(ask_me_about__icontains=topic.name)


def _in_role(role: str) -> Q:
    kind, _sep, key = role.partition(":")
    if kind == PROFESSION:
        return Q(expert__profession=key)
    return Q(pk__in=Membership.objects.current().filter(role=key).values("person_id"))


def _by_quota(
    people: list[Person], asked: Iterable[Person], quota: Mapping[Country, int]
) -> tuple[set[int], list[tuple[Country, int]]]:
    """As many of each country as wanted, and the countries that have fewer left."""
    before: dict[int | None, Counter[str]] = {}
    for person in asked:
        before.setdefault(person.country_id, Counter())[_profession(person)] += 1
    chosen: set[int] = set()
    short: list[tuple[Country, int]] = []
    for country, number in quota.items():
        own = [person for person in people if person.country_id == country.pk]
        chosen |= balanced(own, number, before.get(country.pk, Counter()))
        if len(own) < number:
            short.append((country, len(own)))
    return chosen, short


def balanced(people: list[Person], number: int, before: Counter[str]) -> set[int]:
    """Keys of `number` people, the rarest profession first, counting who was asked `before`."""
    counts, left = Counter(before), list(people)
    chosen: set[int] = set()
    while left and len(chosen) < number:
        # Members without a profession are asked when the experts are exhausted.
        person = min(left, key=lambda p: (not _profession(p), counts[_profession(p)]))
        left.remove(person)
        counts[_profession(person)] += 1
        chosen.add(person.pk)
    return chosen


def _profession(person: Person) -> str:
    expert = getattr(person, "expert", None)
    return expert.profession if expert else ""
