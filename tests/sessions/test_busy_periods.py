"""Weeks in which a country cannot well meet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent
from sessions.domain import busy_periods
from sessions.models import BusyPeriod
from tests import factories as make

pytestmark = pytest.mark.django_db
SOON = (timezone.now() + timedelta(days=30)).date()


def filled(**changes: str) -> dict[str, str]:
    data = {
        "country": "BG",
        "name": "Exam weeks",
        "first_day": SOON.isoformat(),
        "last_day": (SOON + timedelta(days=13)).isoformat(),
    }
    return data | changes


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PARTNER, Role.PROJECT_MANAGER])
def test_those_who_speak_for_a_country_enter_and_take_away(as_user, role):
    make.country("BG")
    client = as_user(make.user(role, "BG"))
    assert client.post(reverse("busy_list"), filled()).status_code == 302
    period = BusyPeriod.objects.get()
    assert "Exam weeks" in client.get(reverse("busy_list")).content.decode()
    client.post(reverse("busy_remove", args=[period.pk]))
    assert not BusyPeriod.objects.exists()
    deeds = AuditEvent.objects.filter(object_kind="cop_sessions.busyperiod")
    assert set(deeds.values_list("deed", flat=True)) == {
        "busy period entered",
        "busy period removed",
    }


@pytest.mark.parametrize("role", [Role.EXPERT, Role.FACILITATOR])
def test_others_see_the_weeks_and_change_none(as_user, role):
    period = make.busy_period("BG", first_day=SOON, last_day=SOON)
    client = as_user(make.user(role, "BG"))
    page = client.get(reverse("busy_list"))
    assert "Exam weeks" in page.content.decode()
    assert "Enter a period" not in page.content.decode()
    client.post(reverse("busy_list"), filled(name="Mine"))
    assert client.post(reverse("busy_remove", args=[period.pk])).status_code == 404
    assert [p.name for p in BusyPeriod.objects.all()] == ["Exam weeks"]


def test_a_partner_of_another_country_is_refused(as_user):
    make.country("BG")
    italian = make.user(Role.PARTNER, "IT")
    page = as_user(italian).post(reverse("busy_list"), filled())
    assert "country" in page.context["form"].errors
    with pytest.raises(Refused):
        make.busy_period("BG", by=italian)
    assert not BusyPeriod.objects.exists()


def test_entering_twice_is_entering_once():
    partner = make.user(Role.PARTNER, "BG")
    assert make.busy_period("BG", by=partner) == make.busy_period("BG", by=partner)
    assert BusyPeriod.objects.count() == 1
    period = BusyPeriod.objects.get()
    for _twice in range(2):
        busy_periods.remove(period_id=period.pk, by=partner, at=make.NOW)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"last_day": (SOON - timedelta(days=1)).isoformat()}, "last_day", "before the first"),
        ({"last_day": (SOON + timedelta(days=400)).isoformat()}, "last_day", "a year long"),
        ({"first_day": "9999-01-01"}, "first_day", "between the years 2000 and 2100"),
        ({"first_day": ""}, "first_day", "required"),
        ({"name": "x" * 300}, "name", "Please shorten"),
        ({"country": "XX"}, "country", "Select a valid choice"),
    ],
)
def test_bad_input_says_what_to_do_and_changes_nothing(as_user, changes, field, sentence):
    client = as_user(make.user(Role.COORDINATOR, "BG"))
    page = client.post(reverse("busy_list"), filled(**changes))
    assert sentence in " ".join(page.context["form"].errors[field])
    assert page.context["form"]["first_day"].value() == filled(**changes)["first_day"]
    assert not BusyPeriod.objects.exists()


def test_the_list_asks_as_often_for_many_as_for_one(as_user, django_assert_max_num_queries):
    client = as_user(make.user(Role.COORDINATOR, "BG"))
    for number in range(5):
        make.busy_period("BG", name=f"Weeks {number}", first_day=SOON, last_day=date(2099, 1, 1))
    with django_assert_max_num_queries(9):
        client.get(reverse("busy_list"))
