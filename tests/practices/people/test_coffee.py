"""Coffee: nobody meets the same person twice in six rounds, and everybody is told once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_platform.common import needs
from experts.domain import sender
from experts.enums import Role
from experts.models import Message
from practices.domain.people import coffee, coffee_asking, coffee_pairing
from practices.domain.people.coffee_pairing import ROUNDS_APART, Taker, draw, pairs_in
from practices.enums import Met
from practices.models import CoffeeRound, CoffeeSeat, MemberChoice
from tests import factories as make
from tests.practices.people import small

LANGUAGES = ("bg", "de", "el", "en", "es", "it", "sv")


@st.composite
def takers(draw_from: st.DrawFn) -> list[Taker]:
    n = draw_from(st.integers(0, 14))
    return [
        Taker(
            key,
            draw_from(st.integers(1, 4)),
            draw_from(st.frozensets(st.sampled_from(LANGUAGES), max_size=3)),
        )
        for key in range(1, n + 1)
    ]


def rounds_of(people: list[Taker], n: int) -> list[coffee_pairing.Draw]:
    """So many rounds one after another, each knowing the six before it."""
    made: list[coffee_pairing.Draw] = []
    for _round in range(n):
        lately = made[-ROUNDS_APART:]
        met = set().union(*(pairs_in(one.groups) for one in lately)) if lately else set()
        made.append(draw(people, met, made[-1].alone if made else ()))
    return made


@settings(max_examples=40)
@given(takers())
def test_no_two_meet_twice_within_six_rounds(people):
    made = rounds_of(people, 2 * ROUNDS_APART)

    for start in range(len(made) - ROUNDS_APART + 1):
        window = made[start : start + ROUNDS_APART]
        times = Counter(pair for one in window for pair in pairs_in(one.groups))
        assert [pair for pair, n in times.items() if n > 1] == []


@given(takers())
def test_everybody_in_a_group_shares_a_language_with_everybody_else_in_it(people):
    speaks = {taker.id: taker.languages for taker in people}

    for one in rounds_of(people, 3):
        for first, second in map(sorted, pairs_in(one.groups)):
            assert speaks[first] & speaks[second]


@given(takers())
def test_everybody_is_in_one_group_or_told_that_nobody_was_left(people):
    for one in rounds_of(people, 3):
        seated = [key for group in one.groups for key in group]
        assert sorted([*seated, *one.alone]) == [taker.id for taker in people]
        assert {len(group) for group in one.groups} <= {2, 3}


@given(takers())
def test_two_who_fit_are_not_both_left_alone(people):
    speaks = {taker.id: taker.languages for taker in people}
    one = draw(people, set())

    assert [two for two in combinations(one.alone, 2) if speaks[two[0]] & speaks[two[1]]] == []


@given(takers())
def test_the_same_people_give_the_same_draw(people):
    assert draw(people, set()) == draw(list(reversed(people)), set())


def test_different_countries_come_first():
    english = frozenset({"en"})
    people = [
        Taker(1, 1, english),
        Taker(2, 1, english),
        Taker(3, 2, english),
        Taker(4, 2, english),
    ]

    crossed = {1: 1, 2: 1, 3: 2, 4: 2}
    assert all(crossed[a] != crossed[b] for a, b in draw(people, set()).groups)


def test_the_odd_one_out_joins_a_pair():
    people = [Taker(key, key, frozenset({"en"})) for key in (1, 2, 3)]

    assert [len(group) for group in draw(people, set()).groups] == [3]


def test_whoever_has_few_choices_is_not_left_over():
    """1 can talk to 2 alone; 2 could have been given to anybody."""
    people = [
        Taker(1, 1, frozenset({"sv"})),
        Taker(2, 2, frozenset({"sv", "en"})),
        Taker(3, 3, frozenset({"en"})),
        Taker(4, 4, frozenset({"en"})),
    ]

    assert draw(people, set()).alone == ()


@pytest.mark.django_db
def test_a_round_tells_everybody_once():
    people = [small.coffee_taker(code) for code in ("BG", "IT", "ES")]
    made = coffee.new_round(by=make.user(Role.COORDINATOR), at=make.NOW)

    told = Message.objects.filter(kind=coffee.KIND).values_list("person_id", flat=True)
    assert sorted(told) == sorted(person.pk for person in people)
    assert CoffeeSeat.objects.filter(pair__round=made).count() == 3


@pytest.mark.django_db
def test_six_rounds_in_the_database_repeat_no_pair():
    for code in ("BG", "BG", "IT", "IT", "ES", "ES", "EL", "EL"):
        small.coffee_taker(code)
    by = make.user(Role.PROJECT_MANAGER)
    for month in range(ROUNDS_APART):
        coffee.new_round(by=by, at=make.NOW + timedelta(days=30 * month))

    groups: dict[int, list[int]] = {}
    for pair, person in CoffeeSeat.objects.values_list("pair_id", "person_id"):
        groups.setdefault(pair, []).append(person)
    pairs = [frozenset(two) for group in groups.values() for two in combinations(group, 2)]
    assert len(pairs) == len(set(pairs)) >= 3 * ROUNDS_APART


@pytest.mark.django_db
def test_a_second_round_waits_two_weeks():
    for code in ("BG", "IT"):
        small.coffee_taker(code)
    by = make.user(Role.COORDINATOR)
    coffee.new_round(by=by, at=make.NOW)

    with pytest.raises(coffee.NoRound, match="two weeks"):
        coffee.new_round(by=by, at=make.NOW + timedelta(days=13))


@pytest.mark.django_db
def test_the_month_draws_its_round_once_however_often_the_clock_ticks():
    for code in ("BG", "IT"):
        small.coffee_taker(code)

    assert [coffee.monthly(make.NOW), coffee.monthly(make.NOW + timedelta(hours=1))] == [1, 0]
    assert CoffeeRound.objects.count() == 1


@pytest.mark.django_db
def test_people_who_left_or_are_away_are_not_drawn():
    here = [small.coffee_taker("BG"), small.coffee_taker("IT")]
    gone = small.coffee_taker("ES")
    small.leave(gone)
    away = small.expert("EL", away_from=make.NOW.date(), away_until=make.NOW.date())
    MemberChoice.objects.create(person=away, coffee=True)

    coffee.new_round(by=make.user(Role.COORDINATOR), at=make.NOW)

    drawn = CoffeeSeat.objects.values_list("person_id", flat=True)
    assert sorted(drawn) == sorted(person.pk for person in here)


@pytest.mark.django_db(transaction=True)
def test_the_mail_names_the_other_and_the_language(sink):
    small.coffee_taker("BG", name="Ana", languages=["bg", "en"])
    small.coffee_taker("IT", name="Bruno", languages=["it", "en"])
    coffee.new_round(by=make.user(Role.COORDINATOR), at=make.NOW)

    sender.send_due(at=make.NOW)

    texts = [mail.get_body(("plain",)).get_content() for mail in sink.mails]
    assert "Bruno, Italy, English" in next(t for t in texts if t.startswith("Hello Ana,"))


@pytest.mark.django_db
def test_one_of_a_pair_says_that_they_met(as_user):
    person = small.coffee_taker("BG")
    pair = small.coffee_pair("BG", person, small.coffee_taker("IT", name="Bruno"))
    client = as_user(person.user)

    assert "Bruno" in client.get(reverse("coffee")).content.decode()
    client.post(reverse("coffee_met", args=[pair.pk]), {"said": "met"})

    assert CoffeeSeat.objects.get(pair=pair, person=person).said == Met.MET


def asked(person, at) -> list[str]:
    return [need.title for need in needs.told([coffee_asking.of], person.user, at)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "days", "is_asked"),
    [
        (Met.UNSAID, 13, False),
        (Met.UNSAID, 14, True),
        (Met.NOT_YET, 27, False),
        (Met.NOT_YET, 28, True),
        (Met.MET, 28, False),
        (Met.NOT_MET, 28, False),
        (Met.UNSAID, 60, False),
    ],
)
def test_two_weeks_after_a_round_today_asks_whether_they_met(said, days, is_asked):
    one, other = small.coffee_taker("BG"), small.coffee_taker("IT", name="Ada Rossi")
    small.coffee_pair("BG", one, other)
    CoffeeRound.objects.update(made_on=make.NOW.date() - timedelta(days=days))
    CoffeeSeat.objects.filter(person=one).update(said=said)

    assert asked(one, make.NOW) == (["Did you meet? Ada Rossi"] if is_asked else [])


@pytest.mark.django_db
def test_not_yet_is_kept_by_one_press(as_user):
    one, other = small.coffee_taker("BG"), small.coffee_taker("IT")
    pair = small.coffee_pair("BG", one, other)

    as_user(one.user).post(reverse("coffee_met", args=[pair.pk]), {"said": "yet"})

    assert pair.seats.get(person=one).said == Met.NOT_YET
    assert "We met" in as_user(one.user).get(reverse("coffee")).content.decode()


@pytest.mark.django_db
def test_who_was_left_alone_is_not_asked():
    one = small.coffee_taker("BG")
    small.coffee_pair("BG", one)
    CoffeeRound.objects.update(made_on=make.NOW.date() - timedelta(days=20))

    assert asked(one, make.NOW) == []
