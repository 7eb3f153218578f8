"""Rounds and people out of the database, as the plain values that panels are reckoned with.

The number of questions asked of the database is the same for one round and for three hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from experts import reference
from experts.enums import Profession, Role
from experts.models import Membership, Person, User
from feedback.reviews.domain import conflicts, identity
from feedback.reviews.domain.panel.shapes import Expert, Item
from feedback.reviews.models import ReviewRound


@dataclass(frozen=True)
class Board:
    """Everything at once: the rounds, who could be asked, and the names to say it with.

    Of each round only those countries are in it whose experts the reader may ask; the panel is
    the whole one, since quotas count within it. `languages` names the language of each version.
    """

    items: tuple[Item, ...]
    pool: tuple[Expert, ...]
    people: dict[int, Person]
    countries: dict[int, str]
    languages: dict[int, str]


def board(rounds: Sequence[ReviewRound], user: User, today: date) -> Board:
    """The board of some rounds `with_version`, for one who asks experts on `today`."""
    prefetch_related_objects(list(rounds), "countries")
    names = {country.pk: country.name for country in reference.countries()}
    scopes = {r.pk: r.scope() or set(names) for r in rounds}
    own = set(names) if user.access.is_manager else set(user.access.countries(Role.COORDINATOR))
    asks = own & set().union(*scopes.values())
    people = {person.pk: person for person in experts_of(asks, user)}
    loads = identity.asked_in_open_rounds(people.values())
    pool = tuple(expert_of(person, loads.get(person.pk, 0)) for person in people.values())
    asked = identity.asked_in([*_keys(rounds), *(r.previous_id for r in rounds if r.previous_id)])
    panels = identity.on_panels(_keys(rounds))
    materials = {r.version.material for r in rounds}
    barred = conflicts.about(materials, people.values())
    items = [
        _item(
            review_round,
            scope=scopes[review_round.pk] & asks,
            today=today,
            members=panels.get(review_round.pk, []),
            asked=asked.get(review_round.pk, set()),
            before=asked.get(review_round.previous_id or 0, set()),
            barred=barred[review_round.version.material_id],
        )
        for review_round in rounds
    ]
    return Board(
        items=tuple(items),
        pool=pool,
        people=people,
        countries=names,
        languages={r.pk: r.version.get_language_display() for r in rounds},
    )


def expert_of(person: Person, load: int = 0) -> Expert:
    """A person as panels are reckoned with; the profile of an expert comes along, or its usual."""
    expert = getattr(person, "expert", None)
    return Expert(
        key=person.pk,
        name=person.name,
        country=person.country_id or 0,
        profession=expert.profession if expert else Profession.CASE_WORKER,
        languages=frozenset(person.languages),
        years=expert.years if expert else 0,
        load=load,
        most=expert.most_reviews if expert else 3,
        away_from=expert.away_from if expert else None,
        away_until=expert.away_until if expert else None,
        topics=person.ask_me_about,
    )


def experts_of(countries: Iterable[int], user: User) -> Iterable[Person]:
    """Experts of some countries whom the user sees and who have an account, in a fixed order."""
    members = Membership.objects.current().filter(role=Role.EXPERT, cop__country__in=countries)
    return (
        Person.objects.visible_to(user)
        .filter(
            pk__in=members.values("person_id"), user__is_active=True, country__in=list(countries)
        )
        .select_related("country", "expert")
        .order_by("country__code", "name", "pk")
    )


def _item(
    review_round: ReviewRound,
    *,
    scope: set[int],
    today: date,
    members: list[Person],
    asked: set[int],
    before: set[int],
    barred: dict[int, list[str]],
) -> Item:
    version = review_round.version
    return Item(
        key=review_round.pk,
        title=version.material.title,
        code=version.material.code,
        number=version.number,
        language=version.language,
        countries=tuple(sorted(scope)),
        due_on=review_round.due_on,
        today=today,
        type=version.material.type,
        audience=version.material.audience,
        wanted=review_round.panel_size,
        practitioners=review_round.quota_practitioners,
        lived=review_round.quota_lived,
        members=tuple(expert_of(person) for person in members),
        asked=frozenset(asked),
        before=frozenset(before),
        barred={key: tuple(reasons) for key, reasons in barred.items()},
    )


def _keys(rounds: Iterable[ReviewRound]) -> list[int]:
    return [review_round.pk for review_round in rounds]
