"""The pause switch: mails are planned as ever, none is sent, and few may touch it."""

from __future__ import annotations

import threading
from datetime import timedelta

import psycopg2
import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from experts.domain import accounts, claiming, contact_log, sender, sending
from experts.enums import MessageState, PauseReason, Role
from experts.models import AuditEvent, Message, SendingPause
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
STEERING = {Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN}
READING = STEERING | {Role.COORDINATOR}


def offer() -> Message:
    """A mail that is due: the offer of an account."""
    accounts.invite(
        by=make.user(Role.PROJECT_MANAGER),
        cop=make.cop(make.country()),
        role=Role.EXPERT,
        name="New",
        email="new@example.org",
        at=timezone.now(),
    )
    return Message.objects.get(kind=accounts.INVITATION_KIND)


def later():
    return timezone.now() + timedelta(minutes=10)


def test_a_paused_sender_sends_nothing_and_a_resumed_one_everything(sink):
    admin = make.user(Role.PLATFORM_ADMIN)
    sending.pause(by=admin, at=timezone.now())
    message = offer()

    assert sender.send_due(at=later()) == sender.Drained()
    message.refresh_from_db()
    assert (message.state, message.attempts, sink.mails) == (MessageState.PLANNED, 0, [])

    sending.resume(by=admin, at=timezone.now())
    assert sender.send_due(at=later()).sent == 1
    assert [mail["Message-ID"] for mail in sink.mails] == [message.message_id]


def test_pausing_and_resuming_twice_is_one_deed_each():
    admin = make.user(Role.PLATFORM_ADMIN)
    for deed in (sending.pause, sending.pause, sending.resume, sending.resume):
        deed(by=admin, at=timezone.now())

    deeds = AuditEvent.objects.filter(actor=admin.public_code).order_by("pk")
    assert list(deeds.values_list("deed", "detail")) == [
        ("sending paused", {"reason": "person"}),
        ("sending resumed", {"reason": "person"}),
    ]


def test_a_second_pause_keeps_who_began_the_first():
    first, second = make.user(Role.PLATFORM_ADMIN), make.user(Role.PROJECT_MANAGER)
    sending.pause(by=first, at=timezone.now())
    sending.pause(by=second, at=timezone.now())
    assert SendingPause.objects.get().by == first.person


def test_there_is_one_row_at_most():
    with pytest.raises(IntegrityError):
        SendingPause.objects.create(id=2, since=timezone.now(), reason=PauseReason.PERSON)


def test_at_a_standstill_no_other_process_takes_mails():
    other = psycopg2.connect(**connection.get_connection_params())
    other.autocommit = True
    with other.cursor() as cursor:
        for block, free in ((sending.standstill(), False), (connection.cursor(), True)):
            with block:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [sender.CLAIM_LOCK])
                assert cursor.fetchone() == (free,)
    other.close()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", ["sending_pause", "sending_resume"])
def test_the_switch_is_for_those_who_answer_for_all_countries(as_user, role, name):
    before = name == "sending_resume"
    if before:
        sending.pause(by=make.user(Role.PLATFORM_ADMIN), at=timezone.now())
    answer = as_user(make.user(role)).post(reverse(name))
    assert answer.status_code == (302 if role in STEERING else 403)
    assert SendingPause.objects.exists() is (before if role not in STEERING else not before)


@pytest.mark.parametrize("role", sorted(READING))
def test_the_outbox_says_that_it_is_paused_and_how_many_mails_wait(as_user, role):
    admin = make.user(Role.PLATFORM_ADMIN)
    sending.pause(by=admin, at=timezone.now())
    reader = as_user(make.user(role))
    words = reader.get(reverse("message_list")).content.decode()
    assert "Sending is paused; 0 mails wait to go out." in words
    assert f"Paused by {admin.person.name}." in words

    offer()
    Message.objects.update(person=make.person())

    words = reader.get(reverse("message_list")).content.decode()
    assert "Sending is paused; 1 mail waits to go out." in words
    assert ("Resume sending" in words) is (role in STEERING)
    assert "Pause sending" not in words


def test_without_a_pause_the_outbox_offers_one_to_those_who_may(as_user):
    for role in READING:
        words = as_user(make.user(role)).get(reverse("message_list")).content.decode()
        assert ("Pause sending" in words) is (role in STEERING)
        assert "Resume sending" not in words


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        (Role.PLATFORM_ADMIN, ["No mail leaves the platform"]),
        (Role.PROJECT_MANAGER, ["No mail leaves the platform"]),
        # Late mails are no fault of the mail server now, and a coordinator cannot resume.
        (Role.COORDINATOR, []),
        (Role.EXPERT, []),
    ],
)
def test_today_reminds_those_who_can_resume(as_user, role, titles):
    offer()
    Message.objects.update(due_at=timezone.now() - timedelta(hours=1), person=make.person())
    sending.pause(by=make.user(Role.PLATFORM_ADMIN), at=timezone.now())
    needs = as_user(make.user(role)).get("/").context["needs"]
    # The pulse of the quarter waits for every member of a community.
    found = [need.title for need in needs if need.url != reverse("health_pulse")]
    assert found == titles


def test_what_waited_is_not_late_when_sending_goes_on():
    admin = make.user(Role.PLATFORM_ADMIN)
    sending.pause(by=admin, at=timezone.now())
    offer()
    Message.objects.update(due_at=timezone.now() - timedelta(hours=1))
    sending.resume(by=admin, at=timezone.now())
    standing = contact_log.standing(admin, timezone.now())
    assert (standing.due, standing.late, standing.needs_a_look) == (1, 0, False)


@pytest.mark.parametrize("paused", [True, False])
def test_where_the_outbox_stands_is_one_statement(paused, django_assert_num_queries):
    admin = make.user(Role.PLATFORM_ADMIN)
    if paused:
        sending.pause(by=admin, at=timezone.now())
    assert admin.access.is_admin
    with django_assert_num_queries(1):
        standing = contact_log.standing(admin, timezone.now())
    assert bool(standing.paused_since) is paused


def test_a_sender_that_stands_still_within_its_claim_loses_it(monkeypatch):
    monkeypatch.setattr(claiming, "FROZEN", timedelta(seconds=0.3))
    holds, woken, lost = threading.Event(), threading.Event(), []

    def stand_still() -> None:
        try:
            with transaction.atomic():
                claiming.claim(make.NOW)
                holds.set()
                woken.wait(20)
                Message.objects.exists()
        except Error as error:
            lost.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=stand_still)
    other.start()
    assert holds.wait(20)
    claiming.claim(make.NOW)
    woken.set()
    other.join()

    assert len(lost) == 1
