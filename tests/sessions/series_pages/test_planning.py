"""The page a series is planned on."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sessions.models import CopSession, Series
from tests import factories as make
from tests.sessions.test_pages import SOON, filled

pytestmark = pytest.mark.django_db


def repeated(**changes: str) -> dict[str, str]:
    """A series a coordinator of Bulgaria could type."""
    data = {"repeat": "weekly", "every": "", "ends": "count", "count": "4", "until": ""}
    return filled() | data | {"left_out": "", "shown": ""} | changes


def plan(client, **changes: str):
    """Shows the dates, then plans exactly those."""
    data = repeated(**changes)
    shown = client.post(reverse("series_new"), data | {"show": "1"})
    data |= {"shown": shown.context.get("digest", ""), "plan": "1"}
    return shown, client.post(reverse("series_new"), data)


def test_the_dates_are_shown_first_and_planned_then(client):
    shown, planned = plan(client)
    assert len(shown.context["preview"].dates) == 4
    assert not shown.headers.get("Location")
    series = Series.objects.get()
    assert planned.headers["Location"] == reverse("series_invite", args=[series.pk])
    assert series.sessions.count() == 4


def test_nothing_is_planned_that_was_not_shown(client):
    data = repeated(plan="1")
    first = client.post(reverse("series_new"), data)
    changed = data | {"shown": first.context["digest"], "count": "9"}
    second = client.post(reverse("series_new"), changed)
    assert first.context["is_stale"]
    assert "You changed something after the dates were shown." in second.content.decode()
    assert not Series.objects.exists()


def test_a_public_holiday_is_named_and_left_out_with_one_click(client):
    year = SOON.year + 1
    christmas = {"day": f"{year}-12-11", "clock": "10:00", "count": "3"}
    day = f"{year}-12-25"
    shown = client.post(reverse("series_new"), repeated(show="1", **christmas))
    assert "Public holiday: Christmas Day" in shown.content.decode()
    assert f'name="leave_out" value="{day}"' in shown.content.decode()
    left = client.post(reverse("series_new"), repeated(leave_out=day, **christmas))
    assert left.context["preview"].count == 2
    assert left.context["repeat"]["left_out"].value() == day
    back = client.post(reverse("series_new"), repeated(put_back=day, left_out=day, **christmas))
    assert back.context["preview"].count == 3


def test_a_skipped_hour_is_shown_with_a_warning(client):
    shown = client.post(
        reverse("series_new"), repeated(day="2027-03-27", clock="03:30", repeat="daily", show="1")
    )
    assert "The clocks skip 03:30 that night; it begins at 04:30" in shown.content.decode()


def test_a_doubled_hour_asks_which(client):
    night = {"day": "2027-10-30", "clock": "03:30", "repeat": "daily"}
    asked = client.post(reverse("series_new"), repeated(show="1", **night))
    assert "show this hour twice" in " ".join(asked.context["form"].errors["fold"])
    shown, _planned = plan(client, fold="1", **night)
    assert "This hour comes twice that night; the second is meant" in shown.content.decode()
    assert Series.objects.get().fold == 1


def test_case_6_the_page_names_the_countries_that_meet_at_another_hour(client):
    # Winter in Istanbul is another hour from Athens than summer.
    turkey = make.country("BG")
    turkey.zone = "Europe/Istanbul"
    turkey.save()
    shown = client.post(
        reverse("series_new"),
        repeated(day="2027-03-22", zone="Europe/Athens", count="3", show="1"),
    )
    ((country, hours),) = shown.context["preview"].elsewhere
    assert (country, hours.usual) == ("Bulgaria", "10:00")
    assert hours.others == [("Mon 22 Mar 2027", "11:00")]


@pytest.mark.parametrize(
    ("changes", "form", "sentence"),
    [
        ({"count": "501"}, "repeat", "less than or equal to 500"),
        ({"count": ""}, "repeat", "Say how many dates."),
        ({"ends": "until"}, "repeat", "Choose the last possible day."),
        ({"ends": "until", "until": "2020-01-01"}, "form", "The series ends before it begins."),
        (
            {"ends": "until", "until": "2099-01-01", "repeat": "daily"},
            "form",
            "more than 500 dates",
        ),
        ({"repeat": "weeks", "every": ""}, "repeat", "Say how many weeks."),
        ({"repeat": "weeks", "every": "9" * 30}, "repeat", "less than or equal to 52"),
        ({"repeat": "secondly"}, "repeat", "Select a valid choice."),
        ({"left_out": "tomorrow"}, "repeat", "Choose days from the list."),
        ({"zone": "GTB Standard Time"}, "form", "Select a valid choice."),
        ({"title": ""}, "form", "This field is required."),
        ({"minutes": "60"}, "form", "The steps add up to 90 minutes"),
    ],
)
def test_bad_input_says_what_to_do_keeps_what_was_typed_and_changes_nothing(
    client, changes, form, sentence
):
    page, planned = plan(client, **changes)
    answer = page if page.context[form].errors else planned
    said = " ".join(str(e) for errors in answer.context[form].errors.values() for e in errors)
    assert sentence in said
    assert answer.context["form"]["online_link"].value() == "https://meet.example.org/x"
    assert not Series.objects.exists()
    assert not CopSession.objects.exists()


@pytest.mark.parametrize(
    "junk",
    [
        {"left_out": "," * 7000},
        {"left_out": "\x00"},
        {"every": "-1", "count": "1e5", "until": "9999-99-99"},
        {"leave_out": "<script>", "put_back": "x" * 100},
        {"day": "2100-12-31", "count": "500"},
        {"repeat": "", "ends": "", "steps-TOTAL_FORMS": "x"},
    ],
)
def test_hostile_input_is_no_server_error(client, junk):
    assert client.post(reverse("series_new"), repeated(**junk)).status_code in {200, 400}
    assert not Series.objects.exists()


def test_more_rows_keeps_what_was_typed(client):
    page = client.post(reverse("series_new"), repeated(more_rows="1"))
    assert len(page.context["formset"].forms) == 5
    assert page.context["repeat"]["count"].value() == "4"
