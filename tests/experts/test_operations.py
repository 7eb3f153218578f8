"""The operator's page: one sentence on how sending stands, then the figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from experts.domain import health, operations
from experts.enums import Role, Suppressed
from experts.models import Heartbeat, Message, SendingPause, SuppressedAddress
from sessions.domain import notices
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make.user(Role.PLATFORM_ADMIN)


def beat(minutes: int = 0) -> None:
    for name in (health.TICK, health.WORKER):
        at = make.NOW - timedelta(minutes=minutes)
        Heartbeat.objects.update_or_create(name=name, defaults={"at": at})


def message(**values) -> Message:
    session = make.cop_session()
    invitation = make.invitation(session, make.person())
    found = Message.objects.filter(kind=notices.INVITATION, object_id=invitation.pk)
    Message.objects.update(due_at=make.NOW + timedelta(days=1))
    found.update(**values)
    return found.get()


def test_with_signs_of_life_and_nothing_late_everything_flows(admin):
    beat()
    assert operations.build(admin, make.NOW).flows


def test_a_silent_worker_is_said_in_minutes(admin):
    beat(12)
    assert operations.build(admin, make.NOW).alarms == [
        "The worker has been silent for 12 minutes: mails wait until it runs again.",
        "The clock that wakes the sender last ticked 12 minutes ago: start the beat.",
    ]


def test_a_worker_that_never_ran_is_said(admin):
    assert "no sign of life yet" in operations.build(admin, make.NOW).alarms[0]


def test_a_mail_that_is_due_for_long_is_an_alarm_but_not_while_sending_is_paused(admin):
    beat()
    message(due_at=make.NOW - timedelta(hours=3))
    page = operations.build(admin, make.NOW)
    assert page.alarms == [
        "The oldest mail has been due for 3 hours: the mail server may not answer."
    ]
    assert (page.figures.due, page.oldest_due) == (1, "3 hours")
    SendingPause.objects.create(since=make.NOW, reason="person")
    paused = operations.build(admin, make.NOW)
    assert (paused.alarms, paused.flows) == ([], False)


def test_what_mail_servers_said_within_the_hour_is_counted(admin):
    message(state="failed", last_error="550 no such user", due_at=make.NOW)
    message(state="failed", last_error="550 long ago", due_at=make.NOW - timedelta(days=1))
    Message.objects.filter(last_error="550 no such user").update(due_at=make.NOW)
    Message.objects.filter(last_error="550 long ago").update(due_at=make.NOW - timedelta(days=1))
    found = operations.build(admin, make.NOW).problems
    assert [(problem.reason, problem.mails) for problem in found] == [("550 no such user", 1)]


def test_the_page_shows_addresses_that_get_no_mail_and_lets_them_be_trusted(as_user, admin):
    row = SuppressedAddress.objects.create(
        email="gone@example.org", since=make.NOW, why=Suppressed.BOUNCE, detail="550 gone"
    )
    client = as_user(admin)
    assert "gone@example.org" in client.get(reverse("operations")).content.decode()
    answer = client.post(reverse("address_trust", args=[row.pk]))
    assert answer.url == reverse("operations")
    assert not SuppressedAddress.objects.exists()


def test_the_page_costs_the_same_for_one_mail_and_three(as_user, admin, django_assert_num_queries):
    client, url = as_user(admin), reverse("operations")
    message()
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)
    message()
    message()
    with django_assert_num_queries(9):
        client.get(url)
