"""A session as calendar text: what every program needs to find, and never finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from experts.domain import sender
from sessions.domain import calendar_text, feeds, planning, reply_address, zone_rules
from sessions.models import CopSession, Invitation, Series
from tests import factories as make
from tests.sessions import calendars

pytestmark = pytest.mark.django_db
PAGE = "https://cop.example.org/sessions/1/"


def text_of(session: CopSession, method: str = calendar_text.REQUEST) -> str:
    asked = session.invitations.first() or make.invitation(session, make.person())
    asked = Invitation.objects.select_related("session__series", "person").get(pk=asked.pk)
    return calendar_text.message(asked, method=method, page=PAGE)


def event_of(text: str):
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    return event


def move(session: CopSession, **changes) -> CopSession:
    return planning.change_session(
        session_id=session.pk,
        version=session.version,
        plan=replace(make.plan(), **changes),
        by=session.planned_by.user,
        at=make.NOW + timedelta(hours=1),
    )


def test_case_19_long_greek_text_is_folded_between_letters():
    text = text_of(make.cop_session("EL", title="Σύντομα, λοιπόν; " * 11))
    raw = text.encode()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert [line.decode() for line in lines]
    assert "\\," in text
    assert "\\;" in text


def test_case_20_every_zone_named_is_described():
    for zone in ("Europe/Athens", "Atlantic/Azores", "Europe/Istanbul"):
        text = text_of(make.cop_session("EL", zone=zone))
        calendar = Calendar.from_ical(text)
        assert calendar.get_missing_tzids() == set()
        assert f"DTSTART;TZID={zone}:20261126T100000" in text
        # Trimmed: the zone's rules of the years around, not of a century.
        assert len(text) < 4000


@pytest.mark.parametrize(
    "name", ["Europe/Sofia", "Europe/Dublin", "Atlantic/Azores", "Africa/Casablanca", "Asia/Tehran"]
)
def test_case_20_the_rules_written_are_the_zones_own_to_the_hour(name):
    rules = zone_rules.between(name, date(2025, 6, 1), date(2028, 6, 1))
    assert b"RDATE" not in rules.to_ical()
    written = [
        (part["DTSTART"].dt - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td)
        for part in rules.subcomponents
    ]
    zone = ZoneInfo(name)
    hour = datetime(2025, 6, 2, tzinfo=UTC)
    while hour < datetime(2028, 5, 30, tzinfo=UTC):
        onset, offset = max(pair for pair in written if pair[0] <= hour.replace(tzinfo=None))
        assert offset == hour.astimezone(zone).utcoffset(), (hour, onset)
        hour += timedelta(hours=1)


def test_case_24_a_lone_cr_adds_no_property():
    session = make.cop_session(title="One\rATTENDEE:mailto:evil@example.org")
    session.place = "Hall\r\nX-EVIL:1"
    event = event_of(text_of(session))
    assert "X-EVIL" not in event
    assert event["ATTENDEE"] != "mailto:evil@example.org"


def test_case_27_and_lesson_b3_a_request_has_one_attendee_who_is_asked():
    session = make.cop_session()
    make.invitation(session, make.person())
    make.invitation(session, make.person())
    event = event_of(text_of(session))
    assert not isinstance(event["ATTENDEE"], list)
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["SEQUENCE"] == 0
    uid = event["UID"]
    moved = move(session, day=date(2026, 12, 1))
    again = event_of(text_of(moved))
    assert (again["SEQUENCE"], again["UID"]) == (1, uid)


def test_case_28_a_better_purpose_keeps_the_sequence_and_moves_the_stamp():
    session = make.cop_session()
    before = event_of(text_of(session))
    after = event_of(text_of(move(session, purpose="We meet.")))
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 0)
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert after[name].dt - before[name].dt == timedelta(hours=1)


def test_who_is_invited_later_gets_a_stamp_of_that_moment():
    session = make.cop_session()
    late = make.invitation(session, make.person(), at=make.NOW + timedelta(hours=3))
    text = calendar_text.message(late, method=calendar_text.REQUEST, page=PAGE)
    assert event_of(text)["DTSTAMP"].dt == make.NOW + timedelta(hours=3)


def test_case_36_the_mail_has_the_parts_of_rfc_6047_with_one_method(sink):
    session, guest = make.cop_session(), make.person()
    invitation = make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    mail = sink.mails[0]
    assert mail.get_content_type() == "multipart/mixed"
    alternative, attached = list(mail.iter_parts())
    assert alternative.get_content_type() == "multipart/alternative"
    types = [part.get_content_type() for part in alternative.iter_parts()]
    assert types == ["text/plain", "text/html", "text/calendar"]
    inline = list(alternative.iter_parts())[2]
    assert inline.get_content_charset() == "utf-8"
    assert attached.get_filename() == "invite.ics"
    assert {p["Content-Type"].params["method"] for p in (inline, attached)} == {"REQUEST"}
    text = inline.get_payload(decode=True)
    assert b"METHOD:REQUEST" in text
    assert attached.get_payload(decode=True).replace(b"\r\n", b"\n") == text.replace(b"\r\n", b"\n")
    address = reply_address.of_invitation(invitation)
    assert mail["Reply-To"] == address
    assert event_of(text.decode())["ORGANIZER"] == f"mailto:{address}"


def test_case_37_conference_names_its_value_and_feature():
    text = text_of(make.cop_session()).replace("\r\n ", "")
    assert "CONFERENCE;FEATURE=VIDEO;LABEL=Join online;VALUE=URI:https://meet.example.org/one" in (
        text.replace('"', "")
    )


def test_case_38_no_time_floats():
    for method in (calendar_text.REQUEST, calendar_text.CANCEL, calendar_text.DECLINECOUNTER):
        for name in ("DTSTART", "DTEND", "DTSTAMP"):
            moment = event_of(text_of(make.cop_session(), method))[name].dt
            assert moment.tzinfo is not None


def test_case_40_a_mail_is_a_request_never_a_publish(sink):
    make.invitation(make.cop_session(), make.person())
    sender.send_due(at=make.NOW)
    assert b"METHOD:PUBLISH" not in sink.mails[0].as_bytes()


def test_lesson_b6_couchers_8557_a_cancel_has_all_that_programs_look_for():
    event = event_of(text_of(make.cop_session(), calendar_text.CANCEL))
    assert {"ORGANIZER", "ATTENDEE", "DTSTAMP", "UID", "SEQUENCE"} <= set(event)
    assert event["STATUS"] == "CANCELLED"
    assert "RSVP" not in event["ATTENDEE"].params


def test_lesson_b14_indico_6938_every_place_carries_the_link():
    link = "https://meet.example.org/one"
    event = event_of(text_of(make.cop_session(place="Hall 1", mode="hybrid")))
    assert event["LOCATION"] == f"Hall 1, {link}"
    assert (event["URL"], event["CONFERENCE"]) == (link, link)
    assert link in event["DESCRIPTION"]
    assert PAGE in event["DESCRIPTION"]


def test_without_a_link_the_page_is_the_url_and_the_place_stands_alone():
    event = event_of(text_of(make.cop_session(place="Hall 1", online_link="", mode="onsite")))
    assert (event["LOCATION"], event["URL"]) == ("Hall 1", PAGE)
    assert "CONFERENCE" not in event


def test_lesson_b15_and_b24_a_workshop_of_days_is_all_day_with_an_exclusive_end():
    session = make.cop_session()
    session.last_day = session.wall_day + timedelta(days=2)
    session.ends_at += timedelta(days=2)
    session.save()
    text = text_of(session)
    assert "DTSTART;VALUE=DATE:20261126\r\n" in text
    assert "DTEND;VALUE=DATE:20261129\r\n" in text
    assert "VTIMEZONE" not in text


def test_case_44_and_lesson_b9_an_update_of_one_date_names_its_place_and_no_rule():
    session = make.cop_session()
    series = Series.objects.create(
        title="Weekly",
        rule="FREQ=WEEKLY;COUNT=3",
        wall_day=session.wall_day,
        wall_clock=session.wall_clock,
        zone=session.zone,
        minutes=90,
        planned_by=session.planned_by,
        planned_at=make.NOW,
        changed_at=make.NOW,
    )
    session.series, session.original_start = series, session.starts_at
    session.save()
    moved = move(session, day=date(2026, 11, 30))
    text = text_of(moved)
    assert "RECURRENCE-ID;TZID=Europe/Sofia:20261126T100000" in text
    assert "DTSTART;TZID=Europe/Sofia:20261130T100000" in text
    event = event_of(text)
    assert event["UID"] == f"{series.uid}@demo.example"
    assert "RRULE" not in event
    assert event["UID"] != f"{session.uid}@demo.example"


def test_lessons_b4_and_b5_five_moves_count_to_five_under_one_uid_in_mails_and_feeds(sink):
    session, guest = make.cop_session(), make.person()
    make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    feed = calendars.feed(guest)
    found = feeds.find(feeds.token(feed))
    published = [event_of(feeds.render(feeds.look(found, make.NOW)).decode())]
    for day in range(1, 6):
        session = move(session, day=date(2026, 12, day))
        sender.send_due(at=make.NOW + timedelta(hours=1))
        published.append(event_of(feeds.render(feeds.look(found, make.NOW)).decode()))
    mailed = []
    for mail in sink.mails:
        part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
        mailed.append(event_of(part.get_content()))
    for events in (mailed, published):
        assert [int(e["SEQUENCE"]) for e in events] == [0, 1, 2, 3, 4, 5]
    assert len({str(e["UID"]) for e in mailed + published}) == 1
    assert [e["DTSTART"].dt for e in mailed] == [e["DTSTART"].dt for e in published]


def test_security_38_a_move_while_the_invitation_waits_sends_what_is_true_then(sink):
    session, guest = make.cop_session(), make.person()
    make.invitation(session, guest)
    move(session, day=date(2026, 12, 1))
    sender.send_due(at=make.NOW + timedelta(hours=1))
    found = []
    for mail in sink.mails:
        part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
        found.append(event_of(part.get_content()))
    assert {int(e["SEQUENCE"]) for e in found} == {1}
    assert {e["DTSTART"].dt.day for e in found} == {1}


def test_security_24_a_name_with_quotes_or_breaks_stays_a_name():
    guest = make.person(name='Ana "Nika"; X=1, Petrova')
    session = make.cop_session()
    event = event_of(text_of_person(session, guest))
    assert event["ATTENDEE"].params["CN"] == "Ana 'Nika'; X=1, Petrova"
    assert event["ATTENDEE"] == f"mailto:{guest.email}"


def text_of_person(session, guest) -> str:
    invitation = make.invitation(session, guest)
    return calendar_text.message(invitation, method=calendar_text.REQUEST, page=PAGE)


def test_a_long_mailbox_has_no_room_for_a_token(settings):
    invitation = make.invitation(make.cop_session(), make.person())
    settings.REPLY_MAILBOX = f"{'x' * 40}@example.org"
    assert reply_address.of_invitation(invitation) == f"{'x' * 40}@example.org"
    settings.REPLY_MAILBOX = "Community <cop@example.org>"
    assert reply_address.of_invitation(invitation).startswith("cop+r-")
