"""What a mail server does wrong: too busy, refusing, hanging, hanging up. No mail is lost by it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core import mail
from django.db import OperationalError, connection

from experts.domain import sender
from experts.domain.closing import Closing
from experts.domain.ledger import Ledger
from experts.domain.message_kinds import Mail
from experts.enums import MessageState
from experts.models import Message
from tests import factories as make
from tests.experts.outgoing import due, kind
from tests.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@contextmanager
def server(talk) -> Iterator[int]:
    """A listener whose every connection is `talk(stream)`; gives its port."""
    listener = socket.create_server(("127.0.0.1", free_port()))
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                line, _address = listener.accept()
            except OSError:
                return
            with line, line.makefile("rwb", buffering=0) as stream:
                talk(stream)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        done.set()
        listener.close()


def hangs_up_after_data(texts: list[bytes]):
    """Takes a whole mail and hangs up without an answer to it."""

    def talk(stream) -> None:
        stream.write(b"220 here\r\n")
        for word in iter(stream.readline, b""):
            if word.upper().startswith(b"DATA"):
                stream.write(b"354 go on\r\n")
                texts.append(b"".join(iter(stream.readline, b".\r\n")))
                return
            stream.write(b"250 OK\r\n")

    return talk


def test_a_mail_whose_answer_is_lost_is_tried_again_with_the_same_id(settings, sink):
    message, texts = due(make.person()), []
    good = settings.EMAIL_PORT
    with server(hangs_up_after_data(texts)) as settings.EMAIL_PORT:
        assert sender.send_due(at=make.NOW).retried == 1
    settings.EMAIL_PORT = good
    assert sender.send_due(at=make.NOW + make.minutes(1)).sent == 1
    assert message.message_id.encode() in texts[0]
    assert sink.mails[0]["Message-ID"] == message.message_id


def test_a_server_that_hangs_costs_one_time_out_and_one_attempt(settings):
    settings.EMAIL_TIMEOUT = 1
    silence = threading.Event()
    first, second = due(make.person()), due(make.person())
    with server(lambda _stream: silence.wait(5)) as settings.EMAIL_PORT:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        assert sender.send_due(at=make.NOW).retried == 1
        silence.set()
    rows = Message.objects.in_bulk([first.pk, second.pk])
    assert [rows[m.pk].attempts for m in (first, second)] == [1, 0]
    assert {row.lease_until for row in rows.values()} == {None}


def test_one_that_is_refused_does_not_hold_up_the_next(sink):
    refused, put_off, good = (make.person() for _ in range(3))
    sink.refuse |= {refused.email: "550 5.7.1 no", put_off.email: "451 later"}
    for person in (refused, put_off, good):
        due(person)
    result = sender.send_due(at=make.NOW)
    assert (result.failed, result.retried, result.sent) == (1, 1, 1)
    assert [m["To"] for m in sink.mails] == [good.email]


def test_a_line_of_the_text_that_begins_with_a_dot_arrives_as_it_is(sink):
    text = "One\n.two\n..three\n"
    dots = kind("test_dots", render=lambda _m, _p, _at: Mail("Dots", text))
    due(make.person(), of=dots.name)
    sender.send_due(at=make.NOW)
    assert sink.mails[0].get_content().splitlines()[:3] == ["One", ".two", "..three"]


def test_a_backend_without_smtp_takes_mails_as_well(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    message = due(make.person())
    assert sender.send_due(at=make.NOW).sent == 1
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [message.message_id]


def test_a_database_that_restarts_after_the_servers_yes_costs_no_second_mail(sink, monkeypatch):
    """The connection is really cut, at the worst moment there is."""
    message = due(make.person())
    write, cuts = Closing.write, []

    def cut_once(closing):
        if not cuts:
            cuts.append(cut())
        return write(closing)

    monkeypatch.setattr(Closing, "write", cut_once)
    assert sender.send_due(at=make.NOW).sent == 1
    message.refresh_from_db()
    assert (message.state, len(sink.mails), cuts) == (MessageState.SENT, 1, [True])


def test_a_ledger_that_is_cut_off_while_a_row_is_closed_costs_no_second_mail(sink, monkeypatch):
    person = make.person()
    messages = [due(person), due(person)]
    begin, cuts = Ledger._begin, []

    def cut_after(ledger, closing):
        begin(ledger, closing)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [ledger._line.get_backend_pid()])
        cuts.append(closing.message.pk)

    monkeypatch.setattr(Ledger, "_begin", cut_after)
    assert sender.send_due(at=make.NOW).sent == 2
    assert (len(sink.mails), cuts) == (2, [messages[0].pk])
    assert not Message.objects.exclude(state=MessageState.SENT).exists()


def cut() -> bool:
    """Has the server end our connection, as it does when it restarts."""
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return True


def test_a_connection_that_is_cut_between_two_batches_is_made_anew(sink, monkeypatch):
    monkeypatch.setattr(sender, "RESTART_SECONDS", 0.0)
    due(make.person())
    cut()
    assert sender.send_due(at=make.NOW).sent == 1
