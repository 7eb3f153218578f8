"""Fair times: the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories as make


@pytest.mark.django_db
def test_the_page_answers_at_once_with_ten_times_and_their_reasons(as_user, by):
    page = as_user(by).get(reverse("fair_times"))
    assert len(page.context["lines"]) == 10
    assert all(line.reasons for line in page.context["lines"])
    assert "Fits everybody&#x27;s working hours." in page.content.decode()


@pytest.mark.django_db
def test_a_time_is_handed_on_to_a_new_session(as_user, by):
    client = as_user(by)
    line = client.get(reverse("fair_times")).context["lines"][0]
    form = client.get(f"{reverse('session_new')}?{line.plan_query}").context["form"]
    wall = line.when.wall
    assert form["day"].value() == wall.date()
    assert form["clock"].value() == wall.time()
    assert form["zone"].value() == "Europe/Sofia"
    assert len(form["host_cops"].value()) == 2


@pytest.mark.django_db
def test_three_times_are_put_into_a_poll(as_user, by):
    client = as_user(by)
    lines = client.get(reverse("fair_times")).context["lines"][:3]
    query = {"slot": [line.slot for line in lines], "zone": "Europe/Rome", "minutes": "60"}
    page = client.get(reverse("poll_new"), query)
    rows = [form["day"].value() for form in page.context["formset"] if form["day"].value()]
    assert rows == [line.when.wall.date() for line in lines]
    assert page.context["form"]["zone"].value() == "Europe/Rome"
    assert page.context["form"]["minutes"].value() == 60


@pytest.mark.django_db
def test_a_poll_is_filled_with_suggestions_by_one_click(as_user, by):
    typed = {
        "title": "Kept",
        "kind": "regular",
        "host_cops": [str(make.cop(make.country(c)).pk) for c in ("BG", "IT")],
        "zone": "Europe/Sofia",
        "minutes": "90",
        "slots-TOTAL_FORMS": "1",
        "slots-INITIAL_FORMS": "0",
        "slots-0-day": "2027-05-11",
        "slots-0-clock": "10:00",
        "suggest": "1",
    }
    page = as_user(by).post(reverse("poll_new"), typed)
    days = [form["day"].value() for form in page.context["formset"] if form["day"].value()]
    assert len(days) == 6
    assert days[0] == "2027-05-11"
    assert page.context["form"]["title"].value() == "Kept"
    assert not page.context["form"].errors
    missing = as_user(by).post(reverse("poll_new"), typed | {"minutes": "x"})
    assert "Choose the host communities" in missing.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "day=x",
        "day=9999-01-01",
        "clock=25:99",
        "zone=Mars/Base",
        "hosts=x",
        "hosts=999999",
        "minutes=0",
    ],
)
@pytest.mark.parametrize("name", ["session_new", "poll_new"])
def test_a_time_handed_on_that_is_none_is_refused(as_user, by, name, query):
    assert as_user(by).get(f"{reverse(name)}?{query}").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("slot", ["x", "2027-99-01T10:00", "9999-01-01T10:00", "", "2027-05-11"])
def test_a_slot_handed_on_that_is_none_is_refused(as_user, by, slot):
    assert as_user(by).get(reverse("poll_new"), {"slot": slot}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"weeks": "9"},
        {"weeks": "0"},
        {"countries": "XX"},
        {"first_day": "9999-12-31"},
        {"minutes": "99999999999"},
        {"zone": "Mars/Base"},
        {"people": "x"},
        {"room": "999999999999999999999999"},
        {"facilitator": "-1"},
    ],
)
def test_what_the_finder_cannot_understand_is_said_beside_the_field(as_user, by, changes):
    query = {
        "countries": "BG",
        "first_day": "2027-03-08",
        "weeks": "2",
        "minutes": "90",
        "zone": "Europe/Sofia",
    }
    client = as_user(by)
    assert client.get(reverse("fair_times"), query).status_code == 200
    page = client.get(reverse("fair_times"), query | changes)
    assert page.status_code == 400
    assert next(iter(changes)) in page.context["form"].errors


@pytest.mark.django_db
def test_some_people_alone_can_be_looked_at(as_user, by):
    expert = make.person(code="IT")
    query = {
        "countries": ["BG", "IT"],
        "first_day": (timezone.now().date() + timedelta(days=3)).isoformat(),
        "weeks": "1",
        "minutes": "90",
        "zone": "Europe/Sofia",
        "people": [expert.pk],
    }
    page = as_user(by).get(reverse("fair_times"), query)
    assert page.context["found"].guests == 1
    assert page.context["chosen"] == {expert.pk}
