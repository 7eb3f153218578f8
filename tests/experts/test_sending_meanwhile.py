"""What the sender does while it waits for the mail server, and what must not be lost by it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import OperationalError, connection

from experts.domain import claiming, sender
from experts.domain.message_kinds import Mail
from experts.enums import MessageState
from experts.models import Message
from tests import factories as make
from tests.experts.outgoing import due, kind
from tests.experts.test_mail_server_faults import SMTP, server

pytestmark = pytest.mark.django_db(transaction=True)


def takes_mails(said, *, before_taken=lambda: None, mails: int = 99):
    """Takes so many mails, then hangs up; `said` gets every word it heard."""

    def talk(stream) -> None:
        stream.write(b"220 here\r\n")
        taken = 0
        for word in iter(stream.readline, b""):
            said.append(word[:4].upper())
            if said[-1] != b"DATA":
                stream.write(b"250 OK\r\n")
                continue
            stream.write(b"354 go on\r\n")
            b"".join(iter(stream.readline, b".\r\n"))
            before_taken()
            stream.write(b"250 taken\r\n")
            taken += 1
            if taken == mails:
                return

    return talk


def test_the_next_mail_is_written_while_the_server_takes_the_one_before(settings):
    first, second = make.person(), make.person()
    written, was_written = threading.Event(), []

    def render(_message, person, _at) -> Mail:
        if person == second:
            written.set()
        return Mail("News", "Hello")

    of = kind("test_ahead", render=render).name
    due(first, of=of)
    due(second, of=of)
    talk = takes_mails([], before_taken=lambda: was_written.append(written.wait(5)))
    with server(talk) as settings.EMAIL_PORT:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        assert sender.send_due(at=make.NOW).sent == 2
    assert was_written == [True, True]


def test_a_mail_that_was_taken_is_written_down_though_the_line_breaks_at_once(settings):
    first, second = due(make.person()), due(make.person())
    with server(takes_mails([], mails=1)) as settings.EMAIL_PORT:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        result = sender.send_due(at=make.NOW)
    rows = Message.objects.in_bulk([first.pk, second.pk])
    assert (result.sent, result.retried) == (1, 1)
    assert [rows[m.pk].state for m in (first, second)] == [MessageState.SENT, MessageState.PLANNED]


def test_a_database_that_is_away_while_a_mail_is_written_ahead_costs_no_mail(sink):
    first, second = make.person(), make.person()
    tries = []

    def render(_message, person, _at) -> Mail:
        tries.append(person)
        if tries.count(second) == 1 and person == second:
            raise OperationalError
        return Mail("News", "Hello")

    of = kind("test_away", render=render).name
    due(first, of=of)
    due(second, of=of)
    assert sender.send_due(at=make.NOW).sent == 2
    assert tries == [first, second, second]
    assert [m["To"] for m in sink.mails] == [first.email, second.email]


def test_a_mail_that_cannot_be_written_ahead_is_set_aside_alone(sink):
    people = [make.person() for _ in range(3)]

    def render(_message, person, _at) -> Mail:
        if person == people[1]:
            raise ValueError
        return Mail("News", "Hello")

    of = kind("test_bad", render=render).name
    for person in people:
        due(person, of=of)
    result = sender.send_due(at=make.NOW)
    assert (result.sent, result.parked) == (2, 1)
    assert [m["To"] for m in sink.mails] == [people[0].email, people[2].email]


@contextmanager
def somebody_changes(message: Message) -> Iterator[None]:
    """Its row is held by another connection; who waits for it here is told after two seconds."""
    other = psycopg2.connect(**connection.get_connection_params())
    with connection.cursor() as own, other.cursor() as cursor:
        cursor.execute("SELECT FROM experts_message WHERE id = %s FOR UPDATE", [message.pk])
        own.execute("SET lock_timeout = '2s'")
        yield
        own.execute("RESET lock_timeout")
    other.close()


def leases() -> list:
    return list(Message.objects.order_by("pk").values_list("lease_until", flat=True))


def test_a_lease_is_prolonged_without_waiting_for_what_somebody_changes():
    first, second = due(make.person()), due(make.person())
    claim = claiming.claim(make.NOW)
    before = claim.until

    with somebody_changes(first):
        claim.prolong([first.pk, second.pk])

    assert claim.until > before
    assert leases() == [before, claim.until]


def test_mails_are_given_back_without_waiting_for_what_somebody_changes():
    first, second = due(make.person()), due(make.person())
    claim = claiming.claim(make.NOW)

    with somebody_changes(first):
        claim.release([first.pk, second.pk])

    assert leases() == [claim.until, None]
