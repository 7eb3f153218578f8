"""A coordinator writes down when somebody leaves, and takes it back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cop_platform.common.refusals import NotPossible, Refused
from experts import reference
from experts.domain import audit, memberships
from experts.enums import Role, Stage
from experts.models import AuditEvent, Membership, Person, User
from tests import factories as make

# Of one page, as everywhere.
MOST_STATEMENTS = 12
pytestmark = pytest.mark.django_db
DEEDS = ["last day set", "last day taken back"]


def in_days(days: int) -> date:
    return timezone.now().date() + timedelta(days=days)


def leave(person: Person, by: User, days: int = 20) -> None:
    memberships.leave(
        membership_id=person.memberships.earliest("pk").pk,
        last_day=in_days(days),
        by=by,
        at=timezone.now(),
    )


def stay(person: Person, by: User) -> None:
    pk = person.memberships.earliest("pk").pk
    memberships.stay(membership_id=pk, by=by, at=timezone.now())


def ends(person: Person) -> list[date | None]:
    return list(person.memberships.order_by("pk").values_list("left_on", flat=True))


def deeds() -> list[str]:
    found = AuditEvent.objects.filter(deed__in=DEEDS).order_by("pk")
    return list(found.values_list("deed", flat=True))


def page_of(person: Person) -> str:
    return reverse("membership_end", args=[person.memberships.earliest("pk").pk])


def another_role(person: Person, role: str, code: str = "BG") -> Membership:
    cop = make.cop(make.country(code))
    return Membership.objects.create(
        person=person, cop=cop, role=role, stage=Stage.MEMBER, joined_on="2026-01-01"
    )


@pytest.fixture
def by() -> User:
    return make.user(Role.COORDINATOR)


def test_a_last_day_is_written_down_and_stands_on_the_card(as_user, by):
    person, client = make.person(), as_user(by)
    card = client.get(person.get_absolute_url()).content.decode()
    assert page_of(person) in card

    answer = client.post(page_of(person), {"last_day": in_days(20).isoformat()}, follow=True)

    assert answer.redirect_chain[0][0] == person.get_absolute_url()
    assert f"Leaves on {date_format(in_days(20), 'j M Y')}" in answer.content.decode()
    assert ends(person) == [in_days(21)]
    assert person.memberships.current().exists()


def test_it_is_taken_back(as_user, by):
    person, client = make.person(), as_user(by)
    leave(person, by)

    url = reverse("membership_stay", args=[person.memberships.get().pk])
    pages = [client.post(url, follow=True).content.decode() for _ in range(2)]

    assert ["Leaves on" in page for page in pages] == [False, False]
    assert ends(person) == [None]
    assert deeds() == DEEDS


def test_said_again_it_is_another_day_and_the_same_day_is_no_deed(by):
    person = make.person()

    for days in (20, 20, 30):
        leave(person, by, days)

    assert ends(person) == [in_days(31)]
    assert deeds() == ["last day set"] * 2
    event = AuditEvent.objects.filter(deed="last day set").latest("pk")
    assert event.detail == {
        "cop": make.cop(make.country()).pk,
        "last_day": in_days(30).isoformat(),
    }


@pytest.mark.parametrize(
    ("role", "code", "allowed"),
    [
        (Role.COORDINATOR, "BG", True),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.COORDINATOR, "IT", False),
        (Role.FACILITATOR, "BG", False),
        (Role.EXPERT, "BG", False),
        (Role.PARTNER, "BG", False),
        (Role.AUTHOR, "BG", False),
        (Role.PLATFORM_ADMIN, "BG", False),
    ],
)
def test_who_writes_it_down_and_takes_it_back(role, code, allowed):
    someone, person = make.user(role, code), make.person()
    if allowed:
        leave(person, someone)
        stay(person, someone)
        assert deeds() == DEEDS
        return
    for deed in (leave, stay):
        with pytest.raises(Refused):
            deed(person, someone)
    assert deeds() == []


@pytest.mark.parametrize("days", [0, 1, 730])
def test_days_that_fit(by, days):
    person = make.person()

    leave(person, by, days)

    assert ends(person) == [in_days(days + 1)]
    assert User.objects.get(pk=person.user_id).access.is_member


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (lambda: in_days(-1).isoformat(), "Choose a day from today on, at most two years ahead."),
        (lambda: in_days(732).isoformat(), "Choose a day from today on, at most two years ahead."),
        (lambda: "9999-12-31", "Choose a day between the years 2000 and 2100."),
        (lambda: "soon", "Enter a valid date."),
        (lambda: "", "This field is required."),
    ],
)
def test_other_days_are_refused_beside_the_field(as_user, by, typed, sentence):
    person = make.person()

    page = as_user(by).post(page_of(person), {"last_day": typed()})

    assert page.status_code == 200
    assert page.context["form"].errors == {"last_day": [sentence]}
    assert page.context["form"]["last_day"].value() == typed()
    assert ends(person) == [None]


def test_the_page_shows_the_day_that_was_written_down(as_user, by):
    person = make.person()
    leave(person, by)

    page = as_user(by).get(page_of(person))

    assert page.context["form"]["last_day"].value() == in_days(20)


def test_all_roles_in_the_community_end_and_those_elsewhere_stay(by):
    person = make.person()
    another_role(person, Role.FACILITATOR)
    another_role(person, Role.EXPERT, "IT")

    leave(person, by)

    assert ends(person) == [in_days(21), in_days(21), None]


def test_a_role_that_ended_before_keeps_its_day(by):
    person = make.person()
    make.ends(person, -30)
    held = another_role(person, Role.FACILITATOR)

    memberships.leave(membership_id=held.pk, last_day=in_days(20), by=by, at=timezone.now())
    memberships.stay(membership_id=held.pk, by=by, at=timezone.now())

    assert ends(person) == [in_days(-30), None]


def test_the_last_coordinator_hands_over_first(as_user, by):
    page = as_user(by).post(page_of(by.person), {"last_day": in_days(20).isoformat()})

    sentence = "Nobody else would coordinate this community. Hand it over first."
    assert page.context["form"].errors == {"last_day": [sentence]}
    assert ends(by.person) == [None]


def test_one_of_two_coordinators_leaves_and_the_other_one_stays(by):
    other = make.user(Role.COORDINATOR)

    leave(by.person, other, 40)

    for days in (20, 60):
        with pytest.raises(NotPossible):
            leave(other.person, by, days)
    assert ends(other.person) == [None]


@pytest.mark.parametrize("switched_off", [True, False])
def test_a_coordinator_without_an_account_is_no_other_one(by, switched_off):
    other = make.person(Role.COORDINATOR, account=switched_off)
    User.objects.filter(person=other).update(is_active=False)

    with pytest.raises(NotPossible):
        leave(by.person, by)


def test_a_coordinator_of_another_country_is_no_other_one(by):
    make.person(Role.COORDINATOR, "IT")

    with pytest.raises(NotPossible):
        leave(by.person, by)


@pytest.mark.parametrize("role", [Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN])
def test_the_last_one_who_answers_for_the_project_stays(role):
    manager = make.user(Role.PROJECT_MANAGER)
    person = manager.person if role == Role.PROJECT_MANAGER else make.person(role)

    with pytest.raises(NotPossible, match="Invite somebody to it first"):
        leave(person, manager)

    make.person(role)
    leave(person, manager)
    assert ends(person) == [in_days(21)]


def test_nothing_changes_where_the_deed_cannot_be_written_down(by, monkeypatch):
    def broken(**_more):
        raise RuntimeError

    person = make.person()
    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError):
        leave(person, by)

    assert ends(person) == [None]


def test_what_has_ended_is_not_there_any_more(as_user, by):
    person = make.person()
    make.ends(person)
    pk, client = person.memberships.get().pk, as_user(by)

    answers = [
        client.get(reverse("membership_end", args=[pk])),
        client.post(reverse("membership_end", args=[pk]), {"last_day": in_days(9).isoformat()}),
        client.post(reverse("membership_stay", args=[pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert ends(person) == [in_days(0)]


@pytest.mark.parametrize(
    ("role", "code", "sees", "may"),
    [
        (Role.COORDINATOR, "BG", True, True),
        (Role.PROJECT_MANAGER, "BG", True, True),
        (Role.PLATFORM_ADMIN, "BG", True, False),
        (Role.COORDINATOR, "IT", False, False),
        (Role.EXPERT, "BG", False, False),
    ],
)
def test_who_reads_the_last_day_on_the_card(as_user, by, role, code, sees, may):
    person = make.person()
    leave(person, by)

    page = as_user(make.user(role, code)).get(person.get_absolute_url()).content.decode()

    assert ("Leaves on" in page) is sees
    assert (page_of(person) in page) is may


def test_the_person_reads_it_too(as_user, by):
    person = make.person()
    leave(person, by)

    page = as_user(person.user).get(person.get_absolute_url()).content.decode()

    assert "Leaves on" in page
    assert page_of(person) not in page


def test_a_community_one_stays_in_with_one_role_is_not_left(as_user, by):
    person = make.person()
    leave(person, by)
    another_role(person, Role.FACILITATOR)

    page = as_user(by).get(person.get_absolute_url()).content.decode()

    assert "Leaves on" not in page


def test_a_card_with_three_communities_asks_no_more_than_one_with_one(as_user):
    person, client = make.person(), as_user(make.user(Role.PROJECT_MANAGER))
    counts = []
    for code in (None, "IT", "ES"):
        if code:
            another_role(person, Role.EXPERT, code)
        reference.countries()
        client.get(person.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(person.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2] <= MOST_STATEMENTS
