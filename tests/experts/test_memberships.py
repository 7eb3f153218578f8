"""A membership holds until its first day without rights, by the database's clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.prepared import Prepared, Slot
from experts.domain import memberships
from experts.enums import Role, Stage
from experts.models import Charter, Country, Membership, Person, User
from experts.querysets import TODAY, holding
from tests import factories as make

pytestmark = pytest.mark.django_db
# From the real day to the first day without rights, and whether the membership holds.
DAYS = [(None, True), (700, True), (1, True), (0, False), (-1, False), (-300, False)]
HOLDS = Prepared(
    lambda: Membership.objects.current().filter(person=Slot("person")).values_list("pk")
)


@pytest.mark.parametrize(("days", "holds"), DAYS)
def test_rights_last_until_the_day(days, holds):
    person = make.person(Role.COORDINATOR)
    make.ends(person, days)

    user = User.objects.get(pk=person.user_id)

    assert user.access.is_member == holds
    assert user.access.plans_sessions == holds
    assert Country.objects.visible_to(user).exists() == holds
    assert Charter.objects.visible_to(user).query.is_empty() == (not holds)


@pytest.mark.parametrize(("days", "holds"), DAYS)
def test_people_are_active_or_have_left(days, holds):
    person = make.person()
    make.ends(person, days)

    assert Person.objects.active().contains(person) == holds
    assert Person.objects.left().contains(person) == (not holds)


@pytest.mark.parametrize(("days", "status"), [(1, 200), (0, 403)])
def test_pages_open_until_the_day(as_user, days, status):
    by = make.user(Role.COORDINATOR)
    make.ends(by.person, days)

    assert as_user(by).get(reverse("session_new")).status_code == status


def test_who_never_was_a_member_holds_nothing():
    person = make.person()
    person.memberships.all().delete()

    assert not Person.objects.filter(holding("memberships")).exists()
    assert not Person.objects.active().exists()
    assert not Person.objects.left().exists()


def test_one_role_that_ended_does_not_end_another():
    person = make.person()
    make.ends(person)
    cop = make.cop(make.country("IT"))
    person.memberships.create(cop=cop, role=Role.EXPERT, stage=Stage.MEMBER, joined_on="2026-01-01")

    assert User.objects.get(pk=person.user_id).access.countries() == {cop.country_id}
    assert Person.objects.active().contains(person)
    assert not Person.objects.left().contains(person)


def test_a_question_that_was_written_once_gives_each_days_answer():
    person = make.person()
    found = []
    for days in (1, 0, 1, None):
        make.ends(person, days)
        found.append(len(HOLDS.all(person=person.pk)))

    assert found == [1, 0, 1, 1]
    assert timezone.now().date().isoformat() not in str(Membership.objects.current().query)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_day_is_the_one_in_utc(zone):
    make.person()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])

    days = Membership.objects.annotate(today=TODAY).values_list("today", flat=True)

    assert set(days) == {timezone.now().date()}


def test_on_any_day_those_hold_whose_first_day_without_rights_is_later():
    person, first = make.person(), date(2026, 2, 26)
    days = [first + timedelta(days=n) for n in range(7)]
    for day in days:
        person.memberships.create(
            cop=make.cop(person.country),
            role=Role.EXPERT,
            stage=Stage.MEMBER,
            joined_on=date(2026, 1, 1),
            left_on=day,
        )

    for on in days:
        rows = Membership.objects.filter(holding(on=on)).values_list("left_on", flat=True)
        assert set(rows) == {None, *(day for day in days if day > on)}
        people = Person.objects.filter(holding("memberships", on=on)).distinct()
        assert people.contains(person)


def begin(person: Person, **more) -> None:
    home = make.cop(person.country)
    values = {"role": Role.EXPERT, "stage": Stage.NEWCOMER, "on": timezone.now().date()}
    memberships.begin(person=person, cop=home, **values | more)


@pytest.mark.parametrize(("days", "rows"), [(None, 1), (20, 1), (1, 1), (0, 2), (-1, 2)])
def test_nobody_holds_a_role_twice(days, rows):
    person = make.person()
    make.ends(person, days)
    before = Membership.objects.get(person=person).left_on

    begin(person)
    begin(person)

    assert Membership.objects.filter(person=person).count() == rows
    assert Membership.objects.current().filter(person=person).count() == 1
    assert Membership.objects.earliest("pk").left_on == before


def test_another_role_begins_beside_the_first_with_its_own_end():
    person, until = make.person(), timezone.now().date() + timedelta(days=9)

    begin(person, role=Role.FACILITATOR, until=until)

    ends = dict(person.memberships.values_list("role", "left_on"))
    assert ends == {Role.EXPERT: None, Role.FACILITATOR: until}
