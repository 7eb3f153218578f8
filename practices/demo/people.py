"""The demo's members to members: buddies, coffee, offers, help, thanks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from experts.domain import outbox
from experts.enums import Role
from experts.models import Membership, Person
from practices.domain.people import coffee_pairing, fitting, match_telling, members
from practices.domain.people.coffee_pairing import ROUNDS_APART, Pair, Taker
from practices.enums import HelpKind, Met, NoteKind, Wish
from practices.models import (
    Buddyship,
    CoffeePair,
    CoffeeRound,
    CoffeeSeat,
    Exchange,
    ExchangeMatch,
    HelpGiven,
    MemberChoice,
    Note,
)

_LINES = 72
_THANKS = (
    "Thank you for the two-column sheet. It saved me an afternoon.",
    "You answered within an hour, on a Friday. That helped a whole family.",
    "Thanks for sitting through my first session and telling me what you saw.",
    "Your list of offices is on our wall now.",
    "Thank you for the translation; our mentors read it aloud to each other.",
)
_EXCHANGES = (
    (Wish.OFFER, "Two hours of advice on certificates of nurses", 90),
    (Wish.NEED, "Somebody who knows how nurses get certificates recognised", 60),
    (Wish.OFFER, "Picture cards for first interviews, printed", 120),
    (Wish.NEED, "Cards with pictures for people who do not read yet", 45),
    (Wish.OFFER, "Practice talks with employers, online", 80),
    (Wish.NEED, "A partner for talks with small employers", 30),
    (Wish.OFFER, "Reading the easy-language version of your guide", 70),
    (Wish.NEED, "Second reader for an easy guide to the portfolio", 40),
    (Wish.OFFER, "Experience with childcare during portfolio cafes", 100),
    (Wish.NEED, "How to pay for childcare at a portfolio evening", 50),
    (Wish.OFFER, "Interpreting between Arabic and English for one meeting", 60),
    (Wish.NEED, "Ideas for volunteers who want to stay longer", 90),
)


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    if MemberChoice.objects.exists():
        return
    experts = _experts()
    if len(experts) < 2:
        return
    _choices(experts)
    _buddies(anchor)
    _coffee(experts, anchor)
    _notes(experts, anchor)
    _exchanges(experts, anchor)
    _help(experts, anchor)


def _experts() -> list[Person]:
    """The experts, a country after the other in turns, so that neighbours come from elsewhere."""
    rows = Membership.objects.current().filter(role=Role.EXPERT, person__country__isnull=False)
    people = [row.person for row in rows.select_related("person__country").order_by("person_id")]
    turns: dict[int | None, int] = {}
    placed = []
    for person in people:
        turns[person.country_id] = turns.get(person.country_id, 0) + 1
        placed.append((turns[person.country_id], person.country_id or 0, person.pk, person))
    return [entry[-1] for entry in sorted(placed, key=lambda entry: entry[:3])]


def _choices(experts: list[Person]) -> None:
    """Two thirds take part in coffee, a third shows what they gave."""
    MemberChoice.objects.bulk_create(
        MemberChoice(person=person, coffee=n % 3 != 0, stream_open=n % 3 == 1)
        for n, person in enumerate(experts)
    )


def _buddies(anchor: date) -> None:
    """A buddy for every second newcomer; the others wait for their coordinator."""
    known = members.as_members(members.who_can_be_known(anchor))
    for person in list(members.newcomers().select_related("country", "expert").order_by("pk"))[::2]:
        fits = fitting.buddies(members.as_member(person), known)
        lead = Person.objects.filter(
            memberships__role=Role.COORDINATOR, country=person.country_id
        ).first()
        if fits and lead:
            Buddyship.objects.create(
                newcomer=person,
                buddy_id=fits[0].member.id,
                confirmed_by=lead,
                since=anchor - timedelta(days=20),
            )


def _coffee(experts: list[Person], anchor: date) -> None:
    """Six rounds, a month apart, the last one this month."""
    willing = set(MemberChoice.objects.filter(coffee=True).values_list("person_id", flat=True))
    takers = [
        Taker(person.pk, person.country_id, frozenset(person.languages))
        for person in experts
        if person.pk in willing
    ]
    lately: list[set[Pair]] = []
    for number in range(1, ROUNDS_APART + 1):
        made_on = anchor.replace(day=1) - relativedelta(months=ROUNDS_APART - number)
        made = CoffeeRound.objects.create(number=number, made_on=made_on)
        drawn = coffee_pairing.draw(takers, set().union(*lately))
        lately.append(coffee_pairing.pairs_in(drawn.groups))
        groups = [*drawn.groups, *((key,) for key in drawn.alone)]
        pairs = CoffeePair.objects.bulk_create(CoffeePair(round=made) for _group in groups)
        CoffeeSeat.objects.bulk_create(
            CoffeeSeat(pair=pair, person_id=key, said=_said(number, n))
            for n, (pair, group) in enumerate(zip(pairs, groups, strict=True))
            for key in group
        )


def _said(number: int, place: int) -> Met:
    """Most met; of the last round nobody has said anything, of the one before some not yet."""
    if number == ROUNDS_APART:
        return Met.UNSAID
    if number == ROUNDS_APART - 1 and place % 4 == 1:
        return Met.NOT_YET
    return Met.NOT_MET if place % 4 == 3 else Met.MET


def _notes(experts: list[Person], anchor: date) -> None:
    """Twenty thanks across borders; half of them are shown."""
    n = len(experts)
    for place in range(20):
        at = _noon(anchor - timedelta(days=5 + 9 * place))
        Note.objects.create(
            kind=NoteKind.THANKS,
            sender=experts[place % n],
            receiver=experts[(place + 1) % n],
            words=_THANKS[place % len(_THANKS)],
            at=at,
            shown_at=at if place % 2 == 0 else None,
        )


def _exchanges(experts: list[Person], anchor: date) -> None:
    for place, (wish, words, days) in enumerate(_EXCHANGES):
        person = experts[(place * 7) % len(experts)]
        made = Exchange.objects.create(
            person=person,
            wish=wish,
            words=words,
            languages=["en", *[code for code in person.languages if code != "en"][:1]],
            until=anchor + timedelta(days=days),
            added_at=_noon(anchor - timedelta(days=2 + place)),
        )
        match_telling.tell(made, anchor, made.added_at)
    # Told of days long past: nobody gets a mail about them now.
    matches = ExchangeMatch.objects.values_list("pk", flat=True)
    outbox.withdraw(kinds=[match_telling.KIND], object_ids=matches)


def _help(experts: list[Person], anchor: date) -> None:
    """Lines over half a year; colleagues and countries in turns."""
    kinds, n = list(HelpKind), len(experts)
    HelpGiven.objects.bulk_create(
        HelpGiven(
            person=experts[(place * 5) % n],
            kind=kinds[(place // 6) % 3 if place % 3 else place % len(kinds)],
            minutes=(15, 30, 45, 60, 90, 120)[place % 6],
            on=anchor - timedelta(days=1 + (place * 5) % 170),
            to_person=experts[(place * 5 + 1) % n] if place % 2 == 0 else None,
            to_country=experts[(place * 5 + 2) % n].country if place % 2 else None,
        )
        for place in range(_LINES)
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
