"""What comes back: delivery reports and complaints, believed only about mails we really sent."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from experts import provider_events
from experts.domain import sender
from experts.enums import MessageState, Suppressed
from experts.models import Message, SuppressedAddress
from tests import factories as make
from tests.experts.outgoing import due

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = """\
From: MAILER-DAEMON@mx.example.net
To: community@demo.example
Subject: Delivery report
Message-ID: <report-{number}@mx.example.net>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

What follows is for machines.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} said the mail server

--b
Content-Type: {returned_as}

Message-ID: {message_id}
Subject: Whatever

--b--
"""
COMPLAINT = """\
From: abuse@provider.example.net
To: community@demo.example
Message-ID: <complaint-1@provider.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

Somebody pressed a button.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1
Version: 1
{recipient}

--b
Content-Type: message/rfc822

Message-ID: {message_id}
Subject: Whatever

--b--
"""


def sent() -> Message:
    """A mail that went out."""
    message = due(make.person())
    sender.send_due(at=make.NOW)
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    return message


def report(message: Message, action: str, status: str, **other: object) -> str:
    values = {
        "number": f"{action}-{status}",
        "message_id": message.message_id,
        "address": message.person.email,
        "returned_as": "text/rfc822-headers",
    }
    return REPORT.format(**values | other, action=action, status=status)


@pytest.fixture
def receive(tmp_path, capsys):
    """Receives a raw mail as a cron job would; gives the line that the command prints."""

    def run(raw: str) -> dict[str, object]:
        (tmp_path / "one.eml").write_bytes(raw.replace("\n", "\r\n").encode())
        call_command("receive_mail", eml=[str(tmp_path / "one.eml")])
        return json.loads(capsys.readouterr().out)[0]

    return run


@pytest.mark.parametrize("returned_as", ["text/rfc822-headers", "message/rfc822"])
def test_an_address_that_does_not_exist_gets_no_mail_any_more(sink, receive, returned_as):
    message = sent()
    line = receive(report(message, "failed", "5.1.1", returned_as=returned_as))
    message.refresh_from_db()
    assert line == {
        "message_id": "<report-failed-5.1.1@mx.example.net>",
        "method": "DSN",
        "uid": None,
        "result": "applied",
        "reason": "",
    }
    assert (message.state, message.bounced_at is None) == (MessageState.BOUNCED, False)
    row = SuppressedAddress.objects.get()
    assert (row.email, row.why, row.message) == (message.person.email, Suppressed.BOUNCE, message)


@pytest.mark.parametrize("status", ["5.2.2", "4.4.7", "5.7.1"])
def test_a_mail_that_fails_for_another_reason_bounces_and_the_address_stays_good(
    sink, receive, status
):
    message = sent()
    receive(report(message, "failed", status))
    message.refresh_from_db()
    assert message.state == MessageState.BOUNCED
    assert message.last_error.startswith(status)
    assert not SuppressedAddress.objects.exists()


def test_a_mail_that_was_delivered_says_so(sink, receive):
    message = sent()
    assert receive(report(message, "delivered", "2.0.0"))["result"] == "applied"
    message.refresh_from_db()
    assert (message.state, message.delivered_at is None) == (MessageState.SENT, False)


def test_a_mail_that_is_late_changes_nothing(sink, receive):
    message = sent()
    assert receive(report(message, "delayed", "4.4.1"))["result"] == "ignored"
    message.refresh_from_db()
    assert (message.state, message.delivered_at) == (MessageState.SENT, None)


def test_a_report_about_an_unknown_mail_is_ignored(sink, receive):
    message = sent()
    raw = report(message, "failed", "5.1.1", message_id="<guessed@demo.example>")
    assert receive(raw)["result"] == "ignored"
    assert not SuppressedAddress.objects.exists()


def test_a_report_about_another_address_is_ignored(sink, receive):
    message, victim = sent(), make.person()
    assert receive(report(message, "failed", "5.1.1", address=victim.email))["result"] == "ignored"
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert not SuppressedAddress.objects.exists()


def test_a_report_about_a_mail_that_never_left_is_ignored(receive):
    message = due(make.person())
    assert receive(report(message, "failed", "5.1.1"))["result"] == "ignored"


def test_the_same_report_twice_is_one_bounce(sink, receive):
    message = sent()
    for _delivery in range(2):
        assert receive(report(message, "failed", "5.1.1"))["result"] == "applied"
    assert SuppressedAddress.objects.count() == 1


@pytest.mark.parametrize("named", [True, False])
def test_a_complaint_ends_all_mails_to_the_address(sink, receive, named):
    message = sent()
    recipient = f"Original-Rcpt-To: {message.person.email}" if named else "Arrival-Date: today"
    line = receive(COMPLAINT.format(message_id=message.message_id, recipient=recipient))
    assert (line["method"], line["result"]) == ("DSN", "applied")
    assert SuppressedAddress.objects.get().why == Suppressed.COMPLAINT


def test_a_report_that_is_broken_is_ignored(receive):
    broken = REPORT.partition("Final-Recipient")[0].format(number=1) + "\n--b--\n"
    assert receive(broken)["result"] == "ignored"


@pytest.mark.parametrize(
    ("reject_reason", "is_suppressed"), [("bounced", True), ("timed_out", False)]
)
def test_a_providers_webhook_says_the_same(sink, reject_reason, is_suppressed):
    message = sent()
    provider_events.tracked(
        event=SimpleNamespace(
            event_type="bounced",
            recipient=message.person.email,
            metadata={"message_id": message.message_id},
            reject_reason=reject_reason,
            mta_response="550 no",
            description="",
        )
    )
    message.refresh_from_db()
    assert message.state == MessageState.BOUNCED
    assert SuppressedAddress.objects.exists() is is_suppressed


def test_a_refusal_of_the_address_itself_suppresses_it_and_the_next_mail_stays_here(sink):
    person = make.person()
    sink.refuse[person.email] = "550 5.1.1 no such user"
    first, second = due(person), due(person, at=make.NOW + make.minutes(1))
    sender.send_due(at=make.NOW)
    sink.refuse.clear()
    sender.send_due(at=make.NOW + make.minutes(1))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (MessageState.FAILED, MessageState.WITHDRAWN)
    assert second.not_sent == "suppressed"
