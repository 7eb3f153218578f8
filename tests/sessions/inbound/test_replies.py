"""Answers that come back from calendar programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest

from experts.domain import sender
from experts.models import Message
from sessions.domain import (
    invitations,
    notices,
    planning,
    reply_address,
)
from sessions.enums import Answer, AnsweredBy, InboundResult
from sessions.models import CopSession, InboundMail, Invitation
from tests import factories as make
from tests.sessions.inbound.world import LATER, answer_of, received, reply, swapped

pytestmark = pytest.mark.django_db


def move(session: CopSession, day: int = 1) -> CopSession:
    session.refresh_from_db()
    return planning.change_session(
        session_id=session.pk,
        version=session.version,
        plan=replace(make.plan(), day=date(2026, 12, day)),
        by=session.planned_by.user,
        at=make.NOW,
    )


@pytest.mark.parametrize(
    ("partstat", "answer"),
    [("ACCEPTED", Answer.YES), ("TENTATIVE", Answer.MAYBE), ("DECLINED", Answer.NO)],
)
def test_case_31_a_reply_writes_the_record_of_page_and_link(invited, session, partstat, answer):
    row = received(reply(invited, partstat, comment="I bring cake"))
    assert (row.result, row.method) == (InboundResult.APPLIED, "REPLY")
    invitation = Invitation.objects.get()
    assert (invitation.answer, invitation.answered_by) == (answer, AnsweredBy.MAIL)
    assert (invitation.note, invitation.answered_sequence) == ("I bring cake", 0)
    assert invitation.replied_stamp == LATER


def test_lesson_b10_nextcloud_calendar_8748_link_and_mail_write_one_record(invited, session):
    received(reply(invited, "ACCEPTED"))
    token = invitations.link_token(Invitation.objects.get())
    at = LATER + timedelta(minutes=5)
    invitations.answer_by_link(token=token, answer=Answer.NO, note="", at=at)
    assert answer_of(session) == Answer.NO
    # A mail written before the link was used comes late.
    late = received(reply(invited, "ACCEPTED", LATER + timedelta(minutes=1)), at)
    assert late.result == InboundResult.IGNORED
    assert answer_of(session) == Answer.NO
    received(reply(invited, "TENTATIVE", at + timedelta(minutes=1)), at + timedelta(minutes=2))
    assert Invitation.objects.get().answer == Answer.MAYBE


def test_lesson_b11_tutanota_2807_a_reply_never_raises_the_sequence(invited, session):
    row = received(swapped(reply(invited), ("SEQUENCE:0", "SEQUENCE:7")))
    session.refresh_from_db()
    assert (row.result, session.sequence) == (InboundResult.APPLIED, 0)
    assert move(session).sequence == 1


def test_lesson_b12_tmail_975_with_equal_stamps_the_newest_reply_wins(invited, session):
    received(reply(invited, "ACCEPTED"))
    received(reply(invited, "DECLINED"))
    assert answer_of(session) == Answer.NO
    older = received(reply(invited, "ACCEPTED", LATER - timedelta(minutes=1)))
    assert older.result == InboundResult.IGNORED
    assert answer_of(session) == Answer.NO


def test_lesson_b13_tutanota_11148_the_organiser_inside_the_text_decides_nothing(invited, session):
    organizer = reply_address.of_invitation(Invitation.objects.get())
    raw = reply(invited)
    mail = message_from_bytes(raw, policy=policy.default)
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    text = part.get_content().replace("\r\n ", "").replace(organizer, "other@google.example")
    part.set_content(text, subtype="calendar", params={"method": "REPLY"})
    assert received(mail.as_bytes()).result == InboundResult.APPLIED


def test_lesson_b7_nextcloud_server_53949_outlook_replies_without_organizer(invited, session):
    raw = reply(invited)
    mail = message_from_bytes(raw, policy=policy.default)
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    lines = part.get_content().replace("\r\n ", "").split("\r\n")
    text = "\r\n".join(line for line in lines if not line.startswith("ORGANIZER"))
    part.set_content(text, subtype="calendar", params={"method": "REPLY"})
    del mail["From"]
    mail["From"] = "another.address@outlook.example"
    assert "ORGANIZER" not in mail.as_string()
    assert received(mail.as_bytes()).result == InboundResult.APPLIED


def test_a_reply_is_read_once_however_often_it_comes(invited, session):
    raw = reply(invited, "ACCEPTED")
    first = received(raw)
    received(reply(invited, "DECLINED", LATER + timedelta(minutes=1)))
    again = received(raw, LATER + timedelta(days=1))
    assert (again.pk, again.result) == (first.pk, InboundResult.APPLIED)
    assert answer_of(session) == Answer.NO
    assert InboundMail.objects.count() == 2


def test_a_token_survives_a_mail_server_that_changes_the_case(invited, session):
    address = reply_address.of_invitation(Invitation.objects.get())
    assert len(address.partition("@")[0]) <= 64
    assert received(swapped(reply(invited), (address, address.lower()))).result == "applied"


def test_without_a_token_the_invited_persons_own_address_counts(invited, session, guest):
    address = reply_address.of_invitation(Invitation.objects.get())
    bare = reply_address.without_token()
    assert received(swapped(reply(invited), (address, bare))).result == InboundResult.APPLIED
    strange = swapped(reply(invited), (address, bare))
    mail = message_from_bytes(strange, policy=policy.default)
    del mail["From"]
    mail["From"] = "stranger@example.net"
    row = received(mail.as_bytes())
    assert row.result == InboundResult.NEEDS_REVIEW
    assert "differ" in row.reason


def test_case_31_a_forwarded_invitation_is_not_accepted_but_shown(invited, session, guest):
    raw = swapped(reply(invited), (guest.email, "colleague@example.net"))
    row = received(raw)
    assert (row.result, row.session) == (InboundResult.NEEDS_REVIEW, session)
    assert "passed on" in row.reason
    assert answer_of(session) == Answer.NONE


def test_case_31_a_reply_with_two_attendees_needs_a_person(invited, session):
    two = "ATTENDEE:mailto:x@example.org\r\nDTSTAMP"
    row = received(swapped(reply(invited), ("DTSTAMP", two)))
    assert row.result == InboundResult.NEEDS_REVIEW
    assert answer_of(session) == Answer.NONE


def test_a_token_of_another_session_or_a_taken_back_invitation_proves_nothing(
    invited, session, guest
):
    other = make.invitation(make.cop_session(by=session.planned_by.user), guest)
    own = Invitation.objects.get(session=session)
    raw = swapped(
        reply(invited), (reply_address.of_invitation(own), reply_address.of_invitation(other))
    )
    assert received(raw).result == InboundResult.NEEDS_REVIEW
    own.generation += 1
    own.save()
    assert received(reply(invited)).result == InboundResult.NEEDS_REVIEW
    assert Invitation.objects.get(pk=own.pk).answer == Answer.NONE


def test_case_32_a_reply_to_an_older_time_is_kept_and_the_person_asked_again(
    invited, session, sink
):
    move(session)
    sender.send_due(at=make.NOW)
    row = received(reply(invited, "ACCEPTED"))
    assert row.result == InboundResult.IGNORED
    assert "earlier time" in row.reason
    assert answer_of(session) == Answer.NONE
    received(reply(invited, "ACCEPTED", LATER + timedelta(minutes=1)))
    sender.send_due(at=LATER)
    assert [s for s in sink.subjects() if s.startswith("Please answer again")] == [
        "Please answer again: First meetings"
    ]
    newest = sink.mails[-1].as_bytes(policy=policy.SMTP)
    assert received(reply(newest, "ACCEPTED", LATER + timedelta(minutes=5)), LATER).result == (
        InboundResult.APPLIED
    )
    assert Invitation.objects.get().answered_sequence == 1


def test_case_32_nobody_is_asked_twice_while_the_mail_about_the_move_is_on_its_way(
    invited, session
):
    move(session)
    received(reply(invited, "ACCEPTED"))
    assert not Message.objects.filter(kind=notices.ASK_AGAIN).exists()


def test_a_reply_after_the_start_or_to_a_cancelled_session_changes_nothing(invited, session):
    late = received(reply(invited), session.starts_at)
    assert (late.result, answer_of(session)) == (InboundResult.IGNORED, "")
    planning.cancel_session(
        session_id=session.pk, reason="Flood", by=session.planned_by.user, at=make.NOW
    )
    row = received(reply(invited))
    assert (row.result, row.reason) == (InboundResult.IGNORED, "This session was cancelled.")
    assert not Message.objects.filter(kind=notices.ASK_AGAIN).exists()
