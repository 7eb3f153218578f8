"""How many reviews an expert takes, and when they are away, is theirs to say."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from experts.enums import Profession, Role
from experts.models import AuditEvent, Expert
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    person = make.person(name="Zoe")
    Expert.objects.create(person=person, profession=Profession.CASE_WORKER)
    return person


def form(person, **more):
    values = {
        "name": person.name,
        "zone": person.zone,
        "language": person.language,
        "languages": person.languages,
        "ask_me_about": "",
        "most_reviews": "2",
        "away_from": "2026-12-01",
        "away_until": "2026-12-20",
    }
    return values | more


def stored(person):
    return Expert.objects.values_list("most_reviews", "away_from", "away_until").get(person=person)


def test_an_expert_says_how_much_they_take_and_when_they_are_away(as_user, expert):
    client = as_user(expert.user)
    assert 'name="most_reviews"' in client.get(reverse("profile")).content.decode()
    assert client.post(reverse("profile"), form(expert)).status_code == 302
    assert stored(expert) == (2, date(2026, 12, 1), date(2026, 12, 20))
    assert AuditEvent.objects.filter(deed="workload saved").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("away_until", "2026-11-30", "This day is before the one you leave on."),
        ("away_from", "9999-01-01", "2100"),
        ("away_from", "soon", "valid date"),
        ("most_reviews", "-1", "greater than or equal to 0"),
        ("most_reviews", "99999999999", "less than or equal to 20"),
        ("most_reviews", "", "required"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_nothing_is_stored(
    as_user, expert, field, value, sentence
):
    answer = as_user(expert.user).post(reverse("profile"), form(expert, **{field: value}))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert stored(expert) == (3, None, None)


def test_a_form_without_these_fields_keeps_what_is_stored(as_user, expert):
    Expert.objects.update(most_reviews=7)
    fields = {k: v for k, v in form(expert).items() if not k.startswith(("most", "away"))}
    as_user(expert.user).post(reverse("profile"), fields)
    assert stored(expert) == (7, None, None)


def test_who_is_no_expert_has_no_such_fields(as_user):
    person = make.person(Role.COORDINATOR)
    client = as_user(person.user)
    assert 'name="most_reviews"' not in client.get(reverse("profile")).content.decode()
    assert client.post(reverse("profile"), form(person)).status_code == 302


def test_those_who_assign_see_it_on_the_persons_page_and_nobody_else(as_user, expert):
    Expert.objects.update(most_reviews=2, away_until=date(2026, 12, 20))
    url = reverse("person_detail", args=[expert.pk])
    seen = {
        code: "Reviews at a time" in as_user(make.user(role, code)).get(url).content.decode()
        for role, code in [(Role.COORDINATOR, "BG"), (Role.COORDINATOR, "IT"), (Role.EXPERT, "ES")]
    }
    assert seen == {"BG": True, "IT": False, "ES": False}
    page = as_user(make.user(Role.PROJECT_MANAGER)).get(url).content.decode()
    assert "Sun 20 Dec 2026" in page
