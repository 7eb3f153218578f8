"""Coffee across countries: who takes part, the rounds, and what became of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit, outbox
from experts.models import Person, User
from practices import permissions
from practices.domain.people import coffee_pairing, members
from practices.domain.people.coffee_pairing import ROUNDS_APART, Draw, Pair, Taker
from practices.enums import Met
from practices.models import CoffeePair, CoffeeRound, CoffeeSeat, MemberChoice

KIND = "coffee_pair"
# Less than this between two rounds, and nobody had the time to meet.
DAYS_APART = 14


class NoRound(NotPossible):
    """No round can be drawn now; the message says why."""


@dataclass(frozen=True)
class Table:
    """What somebody sees of a pair of theirs: who else sits in it, and what is said of it."""

    pair: CoffeePair
    others: tuple[Person, ...]
    mine: CoffeeSeat


@dataclass(frozen=True)
class RoundFigures:
    """A round in numbers, for those who draw them: nobody's name."""

    round: CoffeeRound
    people: int
    pairs: int
    alone: int
    met: int


def takes_part(person: Person) -> bool:
    """Whether somebody wants to be drawn."""
    return MemberChoice.objects.filter(person=person, coffee=True).exists()


def choose(*, by: User, coffee: bool) -> None:
    """Takes part from the next round on, or no longer."""
    permissions.may_contribute(by)
    MemberChoice.objects.update_or_create(person=by.person, defaults={"coffee": coffee})


@transaction.atomic
def new_round(*, by: User | None, at: datetime) -> CoffeeRound:
    """Draws the pairs of a round and tells everybody once; `by` is None for the month's own.

    Raises NoRound where fewer than two take part, or the last round is not two weeks old.
    """
    if by is not None:
        permissions.may_draw_coffee(by)
    last = CoffeeRound.objects.select_for_update().order_by("-number").first()
    day = at.date()
    if last and (day - last.made_on).days < DAYS_APART:
        raise NoRound(_("The last round is not two weeks old: people are still finding a day."))
    takers = _takers(at)
    if len(takers) < 2:
        raise NoRound(_("A round needs two people who take part."))
    made = CoffeeRound.objects.create(
        number=last.number + 1 if last else 1, made_on=day, made_by=by.person if by else None
    )
    _seat(made, coffee_pairing.draw(takers, _met_lately(made), _alone_in(last)), at)
    if by is not None:
        audit.record(deed="coffee drawn", about=made, by=by, at=at)
    return made


def monthly(at: datetime) -> int:
    """Draws the month's round where nobody did, on any tick of the month; gives its pairs."""
    day = at.date()
    if CoffeeRound.objects.filter(made_on__gte=day.replace(day=1)).exists():
        return 0
    try:
        return new_round(by=None, at=at).pairs.count()
    except NoRound:
        return 0


@transaction.atomic
def say(*, pair_id: int, said: str, by: User) -> None:
    """Keeps what one of a pair says became of it."""
    seat = CoffeeSeat.objects.select_for_update().get(pair_id=pair_id, person=by.person)
    seat.said = Met(said)
    seat.save(update_fields=["said"])


def tables_of(person: Person) -> list[Table]:
    """Somebody's own pairs, the newest first; three queries."""
    seats = Prefetch("seats", CoffeeSeat.objects.select_related("person__country"))
    pairs = CoffeePair.objects.filter(seats__person=person).select_related("round")
    return [
        Table(
            pair,
            tuple(seat.person for seat in pair.seats.all() if seat.person_id != person.pk),
            next(seat for seat in pair.seats.all() if seat.person_id == person.pk),
        )
        for pair in pairs.prefetch_related(seats)[: 2 * ROUNDS_APART]
    ]


def figures() -> list[RoundFigures]:
    """The last rounds in numbers; three queries."""
    rounds = CoffeeRound.objects.prefetch_related("pairs__seats")[: 2 * ROUNDS_APART]
    return [_figures(one) for one in rounds]


def _figures(one: CoffeeRound) -> RoundFigures:
    groups = [list(pair.seats.all()) for pair in one.pairs.all()]
    together = [group for group in groups if len(group) > 1]
    return RoundFigures(
        round=one,
        people=sum(map(len, groups)),
        pairs=len(together),
        alone=len(groups) - len(together),
        met=sum(any(seat.said == Met.MET for seat in group) for group in together),
    )


def _takers(at: datetime) -> list[Taker]:
    """Members who want to be drawn, and are here."""
    willing = members.taking_part().filter(choice__coffee=True)
    here = willing.exclude(members.away(at.date()))
    rows = here.values_list("pk", "country_id", "languages")
    return [Taker(key, country, frozenset(languages)) for key, country, languages in rows]


def _met_lately(now: CoffeeRound) -> set[Pair]:
    """Every two who sat together in the rounds before this one."""
    seats = CoffeeSeat.objects.filter(pair__round__number__gte=now.number - ROUNDS_APART)
    groups: dict[int, list[int]] = {}
    for pair, person in seats.values_list("pair_id", "person_id"):
        groups.setdefault(pair, []).append(person)
    return coffee_pairing.pairs_in(groups.values())


def _alone_in(last: CoffeeRound | None) -> set[int]:
    """Those for whom nobody was left last time."""
    if last is None:
        return set()
    pairs = last.pairs.prefetch_related("seats")
    groups = [[seat.person_id for seat in pair.seats.all()] for pair in pairs]
    return {group[0] for group in groups if len(group) == 1}


def _seat(made: CoffeeRound, draw: Draw, at: datetime) -> None:
    """Writes the groups down and tells everybody of theirs."""
    groups = [*draw.groups, *((key,) for key in draw.alone)]
    pairs = CoffeePair.objects.bulk_create(CoffeePair(round=made) for _group in groups)
    seated = [(pair, key) for pair, group in zip(pairs, groups, strict=True) for key in group]
    CoffeeSeat.objects.bulk_create(CoffeeSeat(pair=pair, person_id=key) for pair, key in seated)
    people = members.by_key(key for _pair, key in seated)
    rows = [(pair.pk, people[key], f"{KIND}:{made.pk}:{key}") for pair, key in seated]
    outbox.plan_many(kind=KIND, rows=rows, due_at=at, at=at)
