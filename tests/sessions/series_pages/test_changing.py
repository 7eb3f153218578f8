"""The page of a series, and changes with their preview."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts import reference
from experts.enums import Role
from experts.models import Message
from sessions.domain import series_notices
from sessions.models import Series
from tests import factories as make
from tests.sessions.series_pages.world import invited, upcoming
from tests.sessions.test_pages import SOON

pytestmark = pytest.mark.django_db


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
