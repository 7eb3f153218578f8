"""What a guest receives: words, one calendar entry, and never anybody else's address."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from experts.domain import sender
from sessions.domain import invitations, planning
from sessions.enums import Answer
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def calendar_part(mail):
    return next(part for part in mail.walk() if part.get_content_type() == "text/calendar")


def event(mail):
    return Calendar.from_ical(calendar_part(mail).get_content()).walk("VEVENT")[0]


def sent(sink, session, *people, at=make.NOW):
    for person in people:
        make.invitation(session, person)
    sender.send_due(at=at)
    return sink.mails


def test_lessons_1_and_2_the_method_stands_in_the_type_and_in_the_text(sink):
    mail = sent(sink, make.cop_session(), make.person())[0]
    part = calendar_part(mail)
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert "METHOD:REQUEST" in part.get_content()
    types = [p.get_content_type() for p in mail.walk() if not p.is_multipart()]
    assert types == ["text/plain", "text/html", "text/calendar", "application/ics"]


def test_lesson_3_the_reader_is_the_one_attendee_and_asked_to_answer(sink):
    first, second = make.person(), make.person()
    mails = sent(sink, make.cop_session(), first, second)
    for mail, person, other in ((mails[0], first, second), (mails[1], second, first)):
        attendee = event(mail)["ATTENDEE"]
        assert attendee == f"mailto:{person.email}"
        assert attendee.params["RSVP"] == "TRUE"
        assert other.email not in mail.as_string()


def test_lesson_5_the_uid_never_changes_and_the_sequence_counts_moves(sink):
    session = make.cop_session()
    sent(sink, session, make.person())
    for day in range(1, 6):
        session = planning.change_session(
            session_id=session.pk,
            version=session.version,
            plan=replace(make.plan(), day=date(2026, 12, day)),
            by=session.planned_by.user,
            at=make.NOW,
        )
        sender.send_due(at=make.NOW)
    events = [event(mail) for mail in sink.mails]
    assert len({str(e["UID"]) for e in events}) == 1
    assert [int(e["SEQUENCE"]) for e in events] == [0, 1, 2, 3, 4, 5]


def test_lesson_6_a_cancellation_takes_the_entry_back(sink):
    session = make.cop_session()
    sent(sink, session, make.person())
    by = session.planned_by.user
    planning.cancel_session(session_id=session.pk, reason="Flood", by=by, at=make.NOW)
    sender.send_due(at=make.NOW)
    mail = sink.mails[1]
    assert calendar_part(mail)["Content-Type"].params["method"] == "CANCEL"
    found = event(mail)
    assert found["STATUS"] == "CANCELLED"
    assert found["SEQUENCE"] == 1
    assert {"ORGANIZER", "ATTENDEE", "DTSTAMP"} <= set(found)
    assert "Flood" in mail.get_body(("plain",)).get_content()


def test_lesson_14_every_place_a_program_looks_has_the_way_in(sink):
    link = "https://meet.example.org/one"
    found = event(sent(sink, make.cop_session(), make.person())[0])
    assert found["LOCATION"] == link
    assert found["URL"] == link
    assert found["CONFERENCE"] == link
    assert link in found["DESCRIPTION"]


def test_calendar_case_20_the_zone_travels_with_the_event(sink):
    text = calendar_part(sent(sink, make.cop_session(), make.person())[0]).get_content()
    calendar = Calendar.from_ical(text)
    assert calendar.get_missing_tzids() == set()
    assert "DTSTART;TZID=Europe/Sofia:20261126T100000" in text


def test_calendar_case_19_lines_are_short_and_greek_stays_whole(sink):
    title = "Πρώτες συναντήσεις, με; σημεία\u2009στίξης " * 3
    mail = sent(sink, make.cop_session("EL", title=title), make.person())[0]
    raw = calendar_part(mail).get_payload(decode=True)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert event(mail)["SUMMARY"] == " ".join(title.split())


def test_security_24_and_calendar_case_24_a_line_break_adds_no_property(sink):
    session = make.cop_session(title="Meeting\r\nATTENDEE:mailto:evil@example.org")
    found = event(sent(sink, session, make.person())[0])
    assert found["ATTENDEE"] != "mailto:evil@example.org"


def test_the_readers_clock_stands_first_and_the_sessions_second(sink):
    guest = make.person(code="IT")
    mail = sent(sink, make.cop_session(), guest)[0]
    assert (
        "Thu 26 Nov 2026, 09:00–10:30 in your time zone "
        "(Thu 26 Nov 2026, 10:00–11:30 Sofia time), in 2 days"
    ) in mail.get_body(("plain",)).get_content()


def test_the_reminder_comes_a_day_before_and_says_what_was_answered(sink):
    session, guest = make.cop_session(), make.person()
    invitation = make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    token = invitations.link_token(invitation)
    invitations.answer_by_link(token=token, answer=Answer.YES, note="", at=make.NOW)
    due = datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert sender.send_due(at=due - timedelta(seconds=1)).sent == 0
    sender.send_due(at=due)
    reminder = sink.mails[-1]
    assert reminder["Subject"] == "Reminder: First meetings, tomorrow"
    assert "You said that you will come." in reminder.get_body(("plain",)).get_content()


def test_who_declined_is_not_reminded(sink):
    session = make.cop_session()
    invitation = make.invitation(session, make.person())
    token = invitations.link_token(invitation)
    invitations.answer_by_link(token=token, answer=Answer.NO, note="", at=make.NOW)
    sender.send_due(at=datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert [s for s in sink.subjects() if s.startswith("Reminder")] == []


def test_lesson_37_a_reminder_for_what_is_past_is_never_sent(sink):
    session = make.cop_session()
    make.invitation(session, make.person())
    sender.send_due(at=session.starts_at)
    assert sink.mails == []


def test_an_update_that_was_overtaken_is_not_sent(sink):
    session = make.cop_session()
    sent(sink, session, make.person())
    for day in (1, 2):
        session = planning.change_session(
            session_id=session.pk,
            version=session.version,
            plan=replace(make.plan(), day=date(2026, 12, day)),
            by=session.planned_by.user,
            at=make.NOW,
        )
    sender.send_due(at=make.NOW)
    assert len(sink.subjects()) == 2
    assert event(sink.mails[1])["DTSTART"].dt.day == 2


def test_a_retried_mail_holds_the_same_calendar_text(sink):
    session, guest = make.cop_session(), make.person()
    sink.refuse[guest.email] = "451 later"
    make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    sink.refuse.clear()
    sender.send_due(at=make.NOW + timedelta(minutes=1))
    assert event(sink.mails[0])["DTSTAMP"].dt == make.NOW


def test_security_23_markup_and_links_typed_by_people_are_not_live(sink):
    title = "<b>Click</b> https://evil.example"
    mail = sent(sink, make.cop_session(title=title), make.person())[0]
    html = mail.get_body(("html",)).get_content()
    assert "<b>Click</b>" not in html
    assert 'href="https://evil.example' not in html
    assert "https://evil.example" not in mail.get_body(("plain",)).get_content()
