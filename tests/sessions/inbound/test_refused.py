"""Mails that are no answer, or none that counts by itself."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions.domain import (
    inbound,
    reply_address,
)
from sessions.enums import Answer, InboundResult
from sessions.models import Invitation
from tests.sessions.inbound.world import answer_of, received, reply

pytestmark = pytest.mark.django_db


def plain(to: str, text: str = "Sorry, I am ill.", **headers: str) -> bytes:
    lines = ["From: somebody@example.org", f"To: {to}", "Message-ID: <a@b>"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()


def test_words_written_by_hand_reach_the_coordinator_and_automatic_ones_nobody(invited, session):
    address = reply_address.of_invitation(Invitation.objects.get())
    row = received(plain(address))
    assert (row.result, row.session) == (InboundResult.NEEDS_REVIEW, session)
    assert row.calendar == "Sorry, I am ill."
    away = received(
        plain(address, Auto_Submitted="auto-replied", Message_ID="<c@d>").replace(
            b"Message-ID: <a@b>\r\n", b""
        )
    )
    assert away.result == InboundResult.IGNORED


BROKEN = [
    b"",
    b"\xff\xfe\x00",
    b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
    b"Content-Type: text/calendar; charset=nonsense\r\n\r\n\x00\xff",
    b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"
    b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x--",
    b"From: a@b, c@d\r\nMessage-ID: " + b"x" * 5000 + b"\r\n\r\nhello",
    b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n"
    b"UID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
]


@pytest.mark.parametrize("raw", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_answer_of_ours_is_ignored_with_a_reason(raw, db):
    row = received(raw)
    assert row.result == InboundResult.IGNORED
    assert row.reason


def test_broken_calendar_text_to_a_persons_address_is_shown(invited, session):
    address = reply_address.of_invitation(Invitation.objects.get())
    text = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nnonsense"
    row = received(plain(address, text, Content_Type="text/calendar; method=REPLY"))
    assert (row.result, row.session) == (InboundResult.NEEDS_REVIEW, session)


def test_a_mail_larger_than_the_limit_is_not_read(invited, session):
    raw = reply(invited) + b"x" * 5_000_001
    row = received(raw)
    assert (row.result, row.reason) == (
        InboundResult.NEEDS_REVIEW,
        "The mail is too large to be read.",
    )
    assert answer_of(session) == Answer.NONE


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_reply_damaged_anywhere_never_raises(invited, session, data):
    raw = bytearray(reply(invited))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    row = received(bytes(raw))
    assert row.result in InboundResult.values


def test_one_mail_that_breaks_us_is_kept_and_the_next_one_counts(invited, session, monkeypatch):
    def breaks(*_args):
        raise RuntimeError

    monkeypatch.setitem(inbound._HANDLERS, "REPLY", breaks)
    assert received(reply(invited)).result == InboundResult.IGNORED
    monkeypatch.undo()
    assert received(reply(invited)).result == InboundResult.APPLIED
