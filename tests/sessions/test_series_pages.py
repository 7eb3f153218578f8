"""The pages of series: planning with a preview, one link for a guest, changes shown first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from experts import reference
from experts.enums import Role
from experts.models import Message
from sessions.domain import series_invitations, series_notices
from sessions.enums import Answer
from sessions.models import CopSession, Invitation, Series, SeriesInvitation
from tests import factories as make
from tests.sessions.test_pages import SOON, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)


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


def upcoming(coordinator, **more) -> Series:
    return make.series("BG", by=coordinator, day=SOON, at=timezone.now(), **more)


def invited(series, *people) -> None:
    by = series.planned_by.user
    series_invitations.invite(series_id=series.pk, people=people, by=by, at=timezone.now())


# Planning


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


# The page of a series


def test_the_page_of_a_series_asks_as_often_for_three_dates_as_for_thirty(client, coordinator):
    counts = []
    for count in (3, 30):
        series = upcoming(coordinator, rule=f"FREQ=WEEKLY;COUNT={count}")
        invited(series, *(make.person() for _n in range(count // 3)))
        reference.countries()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(series.get_absolute_url())
        assert len(page.context["page"].coming) == count
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_member_sees_the_dates_and_no_names(as_user, coordinator):
    series, guest = upcoming(coordinator), make.person()
    invited(series, guest)
    page = as_user(make.user(Role.EXPERT, "BG")).get(series.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert guest.name not in text
    assert reverse("series_invite", args=[series.pk]) not in text


def test_people_are_invited_once_for_all_dates(client, coordinator):
    series, guest = upcoming(coordinator), make.person()
    url = reverse("series_invite", args=[series.pk])
    page = client.post(url, {"people": str(guest.pk)})
    assert page.headers["Location"] == series.get_absolute_url()
    assert Message.objects.filter(kind=series_notices.INVITATION).count() == 1
    assert guest not in client.get(url).context["candidates"]
    bad = client.post(url, {"people": "9999999"})
    assert bad.status_code == 200
    assert bad.context["form"].errors


# Changing and cancelling


def change_form(client, session) -> dict[str, str]:
    """What a browser would send back of the page, with nothing changed."""
    page = client.get(reverse("series_change", args=[session.pk]))
    form, formset, scope = (page.context[name] for name in ("form", "formset", "scope"))
    data = {
        "steps-TOTAL_FORMS": str(len(formset.forms)),
        "steps-INITIAL_FORMS": str(formset.initial_form_count()),
    }
    fields = [*form, *scope, *(field for row in formset for field in row)]
    for field in fields:
        value = field.value()
        if value in (None, False, []):
            continue
        data[field.html_name] = value if isinstance(value, list) else str(value)
    return data


def test_a_change_is_shown_before_it_happens_and_then_done(client, coordinator):
    series, guest = upcoming(coordinator), make.person()
    invited(series, guest)
    session = series.sessions.order_by("starts_at")[1]
    url = reverse("series_change", args=[session.pk])
    data = change_form(client, session) | {"scope": "following", "clock": "15:00"}
    messages = Message.objects.count()
    shown = client.post(url, data | {"show": "1"})
    text = shown.content.decode()
    assert "1 person gets a mail." in text
    assert "3 sessions move:" in text
    assert guest.name in text
    assert Message.objects.count() == messages
    done = client.post(url, data | {"confirm": "1", "shown": shown.context["digest"]})
    session.refresh_from_db()
    assert done.headers["Location"] == session.series.get_absolute_url()
    assert session.series.follows == series
    assert session.wall_clock.hour == 15


def test_what_was_not_shown_is_not_done(client, coordinator):
    series = upcoming(coordinator)
    session = series.sessions.order_by("starts_at")[1]
    url = reverse("series_change", args=[session.pk])
    data = change_form(client, session) | {"scope": "all", "clock": "15:00"}
    shown = client.post(url, data | {"show": "1"})
    changed = data | {"clock": "16:00", "confirm": "1", "shown": shown.context["digest"]}
    page = client.post(url, changed)
    assert page.context["is_stale"]
    session.refresh_from_db()
    assert session.wall_clock.hour == 10


def test_an_overtaken_change_says_so_and_changes_nothing(client, coordinator):
    series = upcoming(coordinator)
    session = series.sessions.first()
    url = reverse("series_change", args=[session.pk])
    data = change_form(client, session) | {"scope": "all", "clock": "15:00"}
    Series.objects.update(version=7)
    page = client.post(url, data | {"show": "1"})
    assert "Somebody else changed this series" in page.content.decode()
    session.refresh_from_db()
    assert session.wall_clock.hour == 10


@pytest.mark.parametrize(
    "junk",
    [
        {"scope": "everything"},
        {"series_version": "9" * 40},
        {"session_version": "x"},
        {"clock": "99:99"},
        {"day": "2099-12-31"},
        {"steps-TOTAL_FORMS": "-5"},
    ],
)
def test_hostile_changes_are_no_server_error(client, coordinator, junk):
    session = upcoming(coordinator).sessions.first()
    data = change_form(client, session) | {"scope": "all", "confirm": "1"} | junk
    page = client.post(reverse("series_change", args=[session.pk]), data)
    assert page.status_code in {200, 400}
    session.refresh_from_db()
    assert session.wall_day == SOON


def test_dates_are_cancelled_after_a_preview(client, coordinator):
    series, guest = upcoming(coordinator), make.person()
    invited(series, guest)
    session = series.sessions.order_by("starts_at")[2]
    url = reverse("series_cancel", args=[session.pk])
    scope = client.get(url + "?scope=following").context["scope"]
    data = {f.html_name: f.value() or "" for f in scope} | {"reason": "Flood"}
    assert data["scope"] == "following"
    shown = client.post(url, data | {"show": "1"})
    assert "2 sessions are cancelled:" in shown.content.decode()
    assert series.sessions.filter(cancelled_at__isnull=False).count() == 0
    client.post(url, data | {"confirm": "1", "shown": shown.context["digest"]})
    assert series.sessions.filter(cancelled_at__isnull=False).count() == 2


def test_a_date_is_brought_back_after_a_preview(client, coordinator):
    day = SOON + timedelta(days=7)
    series = upcoming(coordinator, left_out=(day,))
    url = reverse("series_bring_back", args=[series.pk])
    data = {"day": day.isoformat(), "series_version": str(series.version)}
    shown = client.post(url, data | {"show": "1"})
    assert "1 date takes place after all:" in shown.content.decode()
    client.post(url, data | {"confirm": "1", "shown": shown.context["digest"]})
    assert series.sessions.count() == 4
    assert client.post(url, {"day": "2030-01-01", "series_version": "x"}).status_code == 200


def test_a_session_of_no_series_has_no_such_page(client, coordinator):
    session = make.cop_session("BG", by=coordinator, day=SOON)
    for name in ("series_change", "series_cancel"):
        assert client.get(reverse(name, args=[session.pk])).status_code == 404


def test_a_date_of_a_series_leads_to_the_series(client, coordinator):
    session = upcoming(coordinator).sessions.first()
    text = client.get(session.get_absolute_url()).content.decode()
    assert reverse("series_detail", args=[session.series_id]) in text
    assert reverse("series_change", args=[session.pk]) in text
    assert reverse("session_edit", args=[session.pk]) not in text


# A guest's page


@pytest.fixture
def guest_page(client, coordinator):
    series = upcoming(coordinator)
    invited(series, make.person())
    token = series_invitations.link_token(SeriesInvitation.objects.get())
    return reverse("series_answer", args=[token])


def answers() -> list[str]:
    found = Invitation.objects.order_by("session__starts_at")
    return list(found.values_list("answer", flat=True))


def test_case_45_looking_changes_nothing_and_posting_twice_answers_once(client, guest_page):
    before = (answers(), Message.objects.count())
    for _n in range(2):
        assert client.get(guest_page).status_code == 200
        assert client.head(guest_page).status_code == 200
    assert (answers(), Message.objects.count()) == before
    for _n in range(2):
        client.post(guest_page, {"everything": "yes"})
    assert answers() == ["yes"] * 4


def test_a_guest_answers_each_date(client, guest_page):
    keys = list(Invitation.objects.order_by("session__starts_at").values_list("pk", flat=True))
    page = client.post(guest_page, {f"date-{keys[0]}": "yes", f"date-{keys[2]}": "no"})
    assert answers() == ["yes", "", "no", ""]
    assert "Your answers were saved." in page.content.decode()
    assert not page.cookies


@pytest.mark.parametrize(
    "junk", [{}, {"everything": "perhaps"}, {"date-999999": "yes"}, {"everything": "x" * 10**6}]
)
def test_nonsense_from_a_guest_changes_nothing(client, guest_page, junk):
    page = client.post(guest_page, junk)
    assert page.status_code == 200
    assert "alert" in page.content.decode()
    assert set(answers()) == {Answer.NONE}


def test_a_guests_page_speaks_arabic_from_right_to_left(client, guest_page):
    text = client.get(f"{guest_page}?lang=ar").content.decode()
    assert 'dir="rtl"' in text
    assert "Or answer for each date" not in text


@pytest.mark.parametrize("token", ["1.x", "x", "9" * 40 + ".y", "0.0"])
def test_a_wrong_link_opens_nothing(client, token):
    assert client.get(reverse("series_answer", args=[token])).status_code == 404


def test_a_revoked_link_opens_nothing(client, guest_page):
    SeriesInvitation.objects.update(generation=2)
    assert client.get(guest_page).status_code == 404


def test_a_cancelled_date_is_shown_and_not_asked(client, guest_page):
    session = CopSession.objects.order_by("starts_at").first()
    session.cancelled_at, session.cancel_reason = timezone.now(), "Flood"
    session.save()
    page = client.get(guest_page)
    assert "Flood" in page.content.decode()
    assert page.context["coming"] == 3
    client.post(guest_page, {"everything": "yes"})
    assert answers() == ["", "yes", "yes", "yes"]
