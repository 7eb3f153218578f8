"""Small worlds of members to members: newcomers, coffee, offers, thanks, help."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from experts.enums import Stage
from experts.models import Expert, Person
from practices.enums import HelpKind, NoteKind, Wish
from practices.models import (
    CoffeePair,
    CoffeeRound,
    CoffeeSeat,
    Exchange,
    ExchangeMatch,
    HelpGiven,
    MemberChoice,
    Note,
)
from tests import factories as make
from tests.practices.world import member

_rounds = count(100)


def expert(code: str = "BG", *, profession: str = "case_worker", **more: Any) -> Person:
    """A member with a profession; fields of the expertise by their names."""
    own = {
        key: more.pop(key) for key in ("groups", "years", "away_from", "away_until") if key in more
    }
    person = member(code, **more)
    Expert.objects.create(person=person, profession=profession, **own)
    return person


def newcomer(code: str = "BG", *, joined: date | None = None, **more: Any) -> Person:
    """An expert at the beginning of the membership."""
    person = expert(code, **more)
    person.memberships.update(
        stage=Stage.NEWCOMER, joined_on=joined or date.today() - timedelta(days=3)
    )
    return person


def leave(person: Person) -> None:
    """Ends every membership today."""
    make.ends(person)


def coffee_taker(code: str = "BG", **more: Any) -> Person:
    """A member who wants to be drawn."""
    person = member(code, **more)
    MemberChoice.objects.create(person=person, coffee=True)
    return person


def coffee_pair(code: str = "BG", *people: Person) -> CoffeePair:
    """A drawn pair."""
    made = CoffeeRound.objects.create(number=next(_rounds), made_on=date(2020, 1, 1))
    pair = CoffeePair.objects.create(round=made)
    for person in people or (member(code), member(code)):
        CoffeeSeat.objects.create(pair=pair, person=person)
    return pair


def thanks(code: str = "BG", **more: Any) -> Note:
    """A word of thanks, not shown to others."""
    values: dict[str, Any] = {
        "kind": NoteKind.THANKS,
        "words": "Thank you for the form.",
        "at": make.NOW,
    }
    values |= {"sender": more.pop("sender", None) or member(code)}
    values |= {"receiver": more.pop("receiver", None) or member(code)}
    return Note.objects.create(**values | more)


def exchange(code: str = "BG", *, person: Person | None = None, **more: Any) -> Exchange:
    """An offer that stands for long."""
    values: dict[str, Any] = {
        "person": person or member(code),
        "wish": Wish.OFFER,
        "words": "Advice on certificates of nurses",
        "languages": ["en"],
        "until": date(2099, 1, 1),
        "added_at": make.NOW,
    }
    return Exchange.objects.create(**values | more)


def exchange_match(person: Person) -> ExchangeMatch:
    """What this person offers is needed in Greece, and both were told."""
    offer, need = exchange(person=person), exchange("EL", wish=Wish.NEED)
    return ExchangeMatch.objects.create(offer=offer, need=need, found_at=make.NOW)


def help_line(code: str = "BG", *, person: Person | None = None, **more: Any) -> HelpGiven:
    """Half an hour of advice."""
    values: dict[str, Any] = {
        "person": person or member(code),
        "kind": HelpKind.ADVICE,
        "minutes": 30,
        "on": make.NOW.date(),
    }
    return HelpGiven.objects.create(**values | more)
