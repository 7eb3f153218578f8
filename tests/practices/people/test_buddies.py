"""Buddies: suggested with reasons, settled by people, both told once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import Message
from practices.domain.people import buddies, fitting
from practices.domain.people.fitting import Member
from practices.models import Buddyship
from tests import factories as make
from tests.practices.people import small

NEW = Member(1, "New", 1, "Bulgaria", frozenset({"bg", "en"}), "case_worker", "Case worker")


def other(key: int, country: int = 1, **more) -> Member:
    values = {"languages": frozenset({"en"}), "profession": "researcher"} | more
    return Member(key, f"Member {key}", country, f"Country {country}", **values)


def test_the_own_country_comes_first_then_the_role_then_a_light_load():
    found = fitting.buddies(
        NEW,
        [
            other(2, country=2, profession="case_worker"),
            other(3, load=2),
            other(4),
            other(5, profession="case_worker"),
        ],
    )

    assert [fit.member.id for fit in found] == [5, 4, 3, 2]


def test_nobody_without_a_shared_language_and_nobody_with_three_newcomers():
    people = [other(2, languages=frozenset({"sv"})), other(3, load=fitting.MOST_NEWCOMERS)]

    assert fitting.buddies(NEW, people) == []


def test_the_reasons_are_said():
    (fit,) = fitting.buddies(NEW, [other(2, load=1)])

    assert fit.reasons == (
        "Works in the same country",
        "Speaks English too",
        "Looks after 1 newcomer already",
    )


def test_people_to_know_come_from_different_countries():
    people = [other(2, country=2), other(3, country=2), other(4, country=3), other(5)]

    assert [fit.member.id for fit in fitting.to_know(NEW, people)] == [2, 4, 3, 5]


@pytest.mark.django_db
def test_both_are_told_once():
    newcomer, buddy = small.newcomer(), small.expert()
    by = make.user(Role.COORDINATOR)

    for _time in range(2):
        buddies.settle(newcomer_id=newcomer.pk, buddy_id=buddy.pk, by=by, at=make.NOW)

    told = Message.objects.filter(kind=buddies.KIND).values_list("person_id", flat=True)
    assert sorted(told) == sorted([newcomer.pk, buddy.pk])


@pytest.mark.django_db
def test_another_buddy_ends_the_first_one():
    newcomer, first, second = small.newcomer(), small.expert(), small.expert()
    for buddy in (first, second):
        buddies.settle(newcomer_id=newcomer.pk, buddy_id=buddy.pk, by=newcomer.user, at=make.NOW)

    current = Buddyship.objects.current().get()
    assert (current.buddy_id, Buddyship.objects.count()) == (second.pk, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", ["newcomer", "away", "left", "stranger to the languages", "themselves"]
)
def test_nobody_who_cannot_help_becomes_a_buddy(who):
    newcomer = small.newcomer(languages=["bg"])
    day = make.NOW.date()
    made = {
        "newcomer": lambda: small.newcomer(languages=["bg"]),
        "away": lambda: small.expert(languages=["bg"], away_from=day, away_until=day),
        "left": lambda: small.expert(languages=["bg"]),
        "stranger to the languages": lambda: small.expert(languages=["sv"]),
        "themselves": lambda: newcomer,
    }[who]()
    if who == "left":
        small.leave(made)

    with pytest.raises(buddies.NoBuddy):
        buddies.settle(newcomer_id=newcomer.pk, buddy_id=made.pk, by=newcomer.user, at=make.NOW)
    assert not Buddyship.objects.exists()


@pytest.mark.django_db
def test_a_coordinator_of_another_country_settles_nothing():
    newcomer, buddy = small.newcomer("BG"), small.expert("BG")

    with pytest.raises(Refused):
        buddies.settle(
            newcomer_id=newcomer.pk,
            buddy_id=buddy.pk,
            by=make.user(Role.COORDINATOR, "IT"),
            at=make.NOW,
        )


@pytest.mark.django_db
def test_the_coordinator_settles_it_from_the_list(as_user):
    newcomer, buddy = small.newcomer(name="Nina"), small.expert(name="Boris")
    client = as_user(make.user(Role.COORDINATOR))

    page = client.get(reverse("buddy_list")).content.decode()
    assert "1 newcomer has nobody to ask yet." in page
    assert "Boris" in page
    client.post(reverse("person_buddy", args=[newcomer.pk]), {"buddy": buddy.pk})

    assert Buddyship.objects.get().buddy == buddy
    assert "Every newcomer has a buddy." in client.get(reverse("buddy_list")).content.decode()
