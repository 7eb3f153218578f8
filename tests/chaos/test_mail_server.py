"""A mail server that refuses, hangs or is away, and rows that cannot be written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from experts.domain import sender
from experts.enums import MessageState
from experts.models import Message, Person
from sessions.models import CopSession
from tests.chaos import world
from tests.ports import free_port

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
FEW = 12


def send_through_the_day() -> None:
    """Ticks as of now and after each pause that a refusal may cost."""
    at = timezone.now()
    for pause in [timedelta(), *sender.BACK_OFF]:
        at += pause
        sender.send_due(at=at)


@pytest.mark.parametrize("number", [1, 7, FEW])
def test_security_34_451_at_the_first_the_seventh_or_the_last_mail_costs_that_mail_a_delay(
    sink, book, number
):
    world.invited(FEW)
    planned = world.due_ids()
    sink.answers[number] = "451 Try again later"
    send_through_the_day()
    book.check(f"451 at mail {number} of {FEW}", planned, sink)


def test_security_34_550_for_one_address_is_final_for_that_one_alone(sink, book):
    world.invited(FEW)
    refused = Message.objects.due(timezone.now()).select_related("person")[4]
    sink.refuse[refused.person.email] = "550 No such user"
    planned = [one for one in world.due_ids() if one != refused.message_id]
    send_through_the_day()
    book.check("550 for one address", planned, sink)
    refused.refresh_from_db()
    assert refused.state == MessageState.FAILED
    assert "No such user" in refused.last_error


def test_security_34_a_mail_server_that_hangs_costs_one_time_out_a_tick(sink, book, settings):
    settings.EMAIL_TIMEOUT = 1
    world.invited(FEW)
    planned = world.due_ids()
    sink.answers[4] = sink.HANG
    send_through_the_day()
    book.check("mail server hangs", planned, sink)


def test_security_34_a_mail_server_that_is_away_loses_nothing(sink, book, settings):
    world.invited(FEW)
    planned = world.due_ids()
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    sender.send_due(at=timezone.now())
    settings.EMAIL_PORT = there
    send_through_the_day()
    book.check("mail server refuses connections", planned, sink)


def test_security_34_a_line_dropped_after_the_data_sends_that_mail_again_with_the_same_id(
    book, settings, sink
):
    """The server has taken the mail, and its answer never came: nobody can know."""
    world.invited(FEW)
    planned = world.due_ids()
    dropping = Dropper(sink)
    controller = Controller(dropping, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_PORT = controller.port
    try:
        send_through_the_day()
    finally:
        controller.stop()
    book.check("line dropped after DATA", planned, sink, may_double=1)


class Dropper:
    """Hands mails to a sink, and hangs up once after the fifth was taken."""

    def __init__(self, sink) -> None:
        self._sink = sink

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        answer = await self._sink.handle_DATA(server, session, envelope)
        if len(self._sink.mails) == 5:
            server.transport.close()
        return answer


def test_rows_that_cannot_be_written_hold_nobody_up(sink, book):
    """A line break and control characters past every form, and a person whose row is gone."""
    session = world.invited(FEW)
    CopSession.objects.filter(pk=session.pk).update(title="Broken\r\nBcc: all@example.org\x0b")
    poisoned = world.due_ids()
    gone = Person.objects.get(email="guest3@example.org")
    lost = gone.contacts.values_list("message_id", flat=True)
    planned = [one for one in poisoned if one not in set(lost)]
    gone.delete()
    send_through_the_day()
    book.check("line break and control characters in a title, a deleted person", planned, sink)
    assert all("\n" not in mail["Subject"] and mail["Bcc"] is None for mail in sink.mails)
