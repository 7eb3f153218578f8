"""Several dates cancelled, and a series as calendar text."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from cop_platform.common.refusals import NotPossible
from experts.domain import sender
from experts.models import Message
from sessions.domain import (
    series_text,
)
from sessions.enums import Answer
from tests import factories as make
from tests.sessions.series.world import (
    ALL,
    FOLLOWING,
    SOFIA_26,
    answer,
    calendar_of,
    cancel,
    events,
    invite,
    others,
    reader,
    request_text,
    rows,
)

pytestmark = pytest.mark.django_db


def test_cancelling_all_takes_the_series_out_of_every_calendar(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    sender.send_due(at=make.NOW)
    outcome = cancel(rows(series)[0], ALL)
    assert (len(outcome.cancelled), outcome.told) == (4, [(guest.name, 1)])
    sender.send_due(at=make.NOW)
    (mail,) = sink.mails[1:]
    (entry,) = events(calendar_of(mail))
    assert mail["Subject"] == "Cancelled: First meetings"
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)
    assert not others(entry)
    assert {"ORGANIZER", "ATTENDEE", "DTSTAMP"} <= set(entry)
    assert "Flood" in mail.get_body(("plain",)).get_content()
    assert not Message.objects.planned().exists()


def test_cancelling_the_rest_keeps_what_took_place(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    sender.send_due(at=make.NOW)
    later = SOFIA_26 + timedelta(days=8)
    outcome = cancel(rows(series)[2], ALL, at=later)
    assert (len(outcome.cancelled), outcome.past) == (2, 2)
    series.refresh_from_db()
    assert series.rule == "FREQ=WEEKLY;COUNT=2"
    sender.send_due(at=later)
    mail = sink.mails[-1]
    assert mail["Subject"] == "Dates cancelled: First meetings"
    (entry,) = events(calendar_of(mail))
    assert "METHOD:REQUEST" in calendar_of(mail)
    assert entry["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=2"


def test_cancelling_following_leaves_the_dates_before():
    series = make.series()
    cancel(rows(series)[1], FOLLOWING)
    assert [bool(s.cancelled_at) for s in rows(series)] == [False, True, True, True]
    with pytest.raises(NotPossible):
        cancel(rows(series)[1], FOLLOWING)


def test_the_master_says_the_rule_with_until_in_utc_and_exceptions_in_the_zone():
    series = make.series(rule="FREQ=WEEKLY;UNTIL=20261217", left_out=(date(2026, 12, 3),))
    guest = make.person()
    invite(series, guest)
    text = request_text(series, guest)
    assert "RRULE:FREQ=WEEKLY;UNTIL=20261217T215959Z" in text
    assert "EXDATE;TZID=Europe/Sofia:20261203T100000" in text
    assert "DTSTART;TZID=Europe/Sofia:20261126T100000" in text
    assert Calendar.from_ical(text).get_missing_tzids() == set()
    assert text.count("ATTENDEE") == 1


def test_each_date_answered_differently_stands_beside_the_rule():
    series, guest = make.series(), make.person()
    invite(series, guest)
    answer(rows(series)[1], guest, Answer.NO)
    master, *beside = events(request_text(series, guest))
    assert master["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert [e["ATTENDEE"].params["PARTSTAT"] for e in beside] == ["DECLINED"]


def test_the_second_of_a_doubled_hour_is_written_in_utc():
    series = make.series(
        rule="FREQ=DAILY;COUNT=2", day=date(2027, 10, 31), clock=time(3, 30), fold=1
    )
    guest = make.person()
    invite(series, guest)
    text = request_text(series, guest)
    assert "DTSTART:20271031T013000Z" in text
    assert "RECURRENCE-ID;TZID=Europe/Sofia:20271031T033000" in text


def test_one_person_is_taken_out_and_the_sequence_stays():
    series, guest = make.series(), make.person()
    invite(series, guest)
    text = series_text.cancel(series, rows(series)[0], reader(series, guest), "https://x.example")
    (entry,) = events(text)
    assert (entry["SEQUENCE"], entry["STATUS"]) == (0, "CANCELLED")
    assert entry["ATTENDEE"] == f"mailto:{guest.email}"


@pytest.mark.parametrize("title", ["Ωρα, με; σημεία\r\nATTENDEE:mailto:evil@example.org"])
def test_hostile_words_add_no_property(title):
    series, guest = make.series(title=title), make.person()
    invite(series, guest)
    text = request_text(series, guest)
    assert events(text)[0]["ATTENDEE"] == f"mailto:{guest.email}"
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
