"""Undo on the page of a series."""

from __future__ import annotations

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from experts import reference
from experts.enums import Role
from sessions.models import Series, UndoWindow
from tests import factories as make
from tests.sessions.series.world import ALL, FOLLOWING, ONE, cancel, change, rows
from tests.sessions.series_pages.world import invited, upcoming

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _window(settings):
    settings.UNDO_SECONDS = 20


def undo_url() -> str:
    return reverse("session_undo", args=[UndoWindow.objects.latest("pk").pk])


def shown(client, series: Series) -> bool:
    return f'action="{undo_url()}"' in client.get(series.get_absolute_url()).content.decode()


@pytest.mark.parametrize("scope", [ALL, FOLLOWING, ONE])
def test_the_page_after_a_change_offers_undo_and_the_button_works(client, coordinator, scope):
    series = upcoming(coordinator)
    change(rows(series)[1], scope, clock=time(15, 0), at=timezone.now())
    landed = Series.objects.latest("pk")
    assert shown(client, landed)
    answer = client.post(undo_url(), follow=True)
    assert "Taken back. Nobody was told anything." in answer.content.decode()
    assert {row.wall_clock for row in rows(series)} == {time(10, 0)}
    assert Series.objects.count() == 1
    assert not shown(client, series)


def test_cancelling_and_asking_people_offer_undo_by_their_names(client, coordinator):
    series = upcoming(coordinator)
    for deed, words in (
        (lambda: invited(series, make.person()), "People invited to the series."),
        (lambda: cancel(rows(series)[0], ALL, at=timezone.now()), "Dates cancelled."),
    ):
        deed()
        assert words in client.get(series.get_absolute_url()).content.decode()
        assert shown(client, series)
    client.post(undo_url())
    assert all(row.cancelled_at is None for row in rows(series))


def test_an_offer_that_a_newer_change_made_void_is_not_shown(client, coordinator):
    series = upcoming(coordinator)
    change(rows(series)[0], ALL, clock=time(15, 0), at=timezone.now())
    series.refresh_from_db()
    series.version += 1
    series.save()
    assert not shown(client, series)


def test_too_late_is_said_on_the_page_of_the_series(client, coordinator):
    series = upcoming(coordinator)
    change(rows(series)[0], ALL, clock=time(15, 0), at=timezone.now())
    UndoWindow.objects.update(until=timezone.now())
    answer = client.post(undo_url(), follow=True)
    assert answer.redirect_chain[-1][0] == series.get_absolute_url()
    assert "It is too late: the mails are on their way." in answer.content.decode()
    assert not shown(client, series)


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        (Role.COORDINATOR, "IT", 404),
        (Role.EXPERT, "BG", 404),
        (Role.COORDINATOR, "BG", 302),
        (Role.PROJECT_MANAGER, "BG", 302),
    ],
)
def test_only_those_who_run_the_series_reach_the_undo(as_user, coordinator, role, code, status):
    series = upcoming(coordinator)
    change(rows(series)[0], ALL, clock=time(15, 0), at=timezone.now())
    other = as_user(make.user(role, code))
    assert other.get(undo_url()).status_code == 405
    assert other.post(undo_url()).status_code == status
    assert (UndoWindow.objects.get().undone_at is not None) == (status == 302)


def test_a_member_sees_no_offer(as_user, coordinator):
    series = upcoming(coordinator)
    change(rows(series)[0], ALL, clock=time(15, 0), at=timezone.now())
    assert not shown(as_user(make.user(Role.EXPERT, "BG")), series)


def test_the_offer_costs_as_much_on_a_page_of_three_dates_as_of_thirty(client, coordinator):
    counts = []
    for count in (3, 30):
        series = upcoming(coordinator, rule=f"FREQ=WEEKLY;COUNT={count}")
        change(rows(series)[0], ALL, clock=time(15, 0), at=timezone.now())
        reference.countries()
        with CaptureQueriesContext(connection) as queries:
            assert shown(client, series)
        counts.append(len(queries))
    assert counts[0] == counts[1]
