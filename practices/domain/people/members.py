"""Who takes part: members of today, as the parts that bring people together see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from experts.enums import Role, Stage
from experts.models import Membership, Person
from experts.querysets import PersonQuerySet
from practices.domain.people.fitting import Member

# Nobody reads a longer list of people who might fit.
MOST_CANDIDATES = 300


def taking_part() -> PersonQuerySet:
    """Members of today; those who keep accounts and do nothing else take no part."""
    current = Membership.objects.current().exclude(role=Role.PLATFORM_ADMIN)
    return Person.objects.filter(pk__in=current.values("person"))


def newcomers() -> PersonQuerySet:
    """Those at the beginning of a membership."""
    current = Membership.objects.current().filter(stage=Stage.NEWCOMER)
    return taking_part().filter(pk__in=current.values("person"))


def away(today: date) -> Q:
    """People who said that they are away today; a missing first or last day leaves it open."""
    begun = Q(expert__away_from__isnull=True) | Q(expert__away_from__lte=today)
    open_end = Q(expert__away_until__isnull=True) & Q(expert__away_from__isnull=False)
    return begun & (Q(expert__away_until__gte=today) | open_end)


def who_can_be_known(today: date) -> PersonQuerySet:
    """Members who are in the directory, settled in, have an account, and are not away."""
    present = taking_part().filter(in_directory=True, user__is_active=True)
    return present.exclude(pk__in=newcomers().values("pk")).exclude(away(today))


def as_members(people: PersonQuerySet) -> list[Member]:
    """People with what is needed to see who fits, in one query."""
    load = Count("looks_after", filter=Q(looks_after__ended_on__isnull=True))
    rows = people.select_related("country", "expert").annotate(load=load).order_by("pk")
    return [as_member(row, load=row.load) for row in rows[:MOST_CANDIDATES]]


def as_member(person: Person, *, load: int = 0) -> Member:
    """One person, with country and expertise loaded."""
    expert = getattr(person, "expert", None)
    return Member(
        id=person.pk,
        name=person.name,
        country_id=person.country_id,
        country=person.country.name if person.country else "",
        languages=frozenset(person.languages),
        profession=expert.profession if expert else "",
        profession_name=str(expert.get_profession_display()) if expert else "",
        groups=frozenset(expert.groups) if expert else frozenset(),
        ask_me_about=person.ask_me_about,
        load=load,
    )


def by_key(keys: Iterable[int]) -> dict[int, Person]:
    """People with their country, by key."""
    return Person.objects.select_related("country").in_bulk(list(keys))
