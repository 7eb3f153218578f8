"""The directory, and what a person sets about oneself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from experts import reference
from experts.domain import audit, preferences
from experts.models import Country, Expert, Person, User
from experts.querysets import PersonQuerySet

# More words than anybody asks with; each one is looked for.
MOST_WORDS = 8


@dataclass(frozen=True)
class PersonFilter:
    """The cleaned fields of the directory's filter bar."""

    q: str = ""
    country: Country | None = None
    profession: str = ""
    language: str = ""
    group: str = ""


def apply(people: PersonQuerySet, wanted: PersonFilter) -> PersonQuerySet:
    """Narrows the directory; the search reads only what a card shows, every word of it."""
    for word in wanted.q.split()[:MOST_WORDS]:
        people = people.filter(Q(name__icontains=word) | Q(ask_me_about__icontains=word))
    if wanted.country:
        people = people.filter(country=wanted.country)
    if wanted.profession:
        people = people.filter(expert__profession=wanted.profession)
    if wanted.language:
        people = people.filter(languages__contains=[wanted.language])
    if wanted.group:
        people = people.filter(expert__groups__contains=[wanted.group])
    return people


@dataclass(frozen=True)
class Row:
    """A person in the directory, in plain values."""

    url: str
    name: str
    profession: str
    country: str
    groups: str
    languages: tuple[str, ...]
    ask_me_about: str


def with_row(people: PersonQuerySet) -> PersonQuerySet:
    """With what a row of the directory says, and no more."""
    return people.select_related("expert").only(
        *("name", "country_id", "languages", "ask_me_about"),
        *("expert__profession", "expert__groups"),
    )


def rows(people: Iterable[Person]) -> list[Row]:
    """From people `with_row`; asks nothing."""
    return [_row(person, getattr(person, "expert", None)) for person in people]


def _row(person: Person, expert: Expert | None) -> Row:
    return Row(
        url=person.get_absolute_url(),
        name=person.name,
        profession=str(expert.get_profession_display()) if expert else "",
        country=reference.code(person.country_id),
        groups=expert.group_names if expert else "",
        languages=tuple(person.languages),
        ask_me_about=person.ask_me_about,
    )


@dataclass(frozen=True)
class Profile:
    """What a person may change about oneself."""

    name: str
    zone: str
    language: str
    languages: list[str]
    ask_me_about: str
    in_directory: bool


@dataclass(frozen=True)
class Workload:
    """How many reviews an expert takes at a time, and on which days nobody asks them."""

    most_reviews: int
    away_from: date | None
    away_until: date | None


@transaction.atomic
def save_workload(*, by: User, workload: Workload, at: datetime) -> None:
    """Stores how much one takes on oneself; of people who are no experts nothing is stored."""
    expert = Expert.objects.select_for_update().filter(person=by.person).first()
    if expert is None:
        return
    for name, value in vars(workload).items():
        setattr(expert, name, value)
    expert.save(update_fields=list(vars(workload)))
    audit.record(deed="workload saved", about=expert, by=by, at=at, country_id=by.person.country_id)


@transaction.atomic
def save_profile(*, by: User, profile: Profile, at: datetime) -> None:
    """Stores one's own profile; other people's are out of reach by construction.

    What waits for the person follows a new clock or language.
    """
    person: Person = by.person
    moved = (person.zone, person.language) != (profile.zone, profile.language)
    for name, value in vars(profile).items():
        setattr(person, name, value)
    person.save(update_fields=list(vars(profile)))
    audit.record(deed="profile saved", about=person, by=by, at=at, country_id=person.country_id)
    if moved:
        preferences.plan_anew(person, at=at)
