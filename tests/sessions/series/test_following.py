"""This and all following: one series ends, another begins."""

from __future__ import annotations

from collections import Counter
from datetime import time, timedelta

import pytest

from experts.domain import sender
from experts.models import AuditEvent, Message
from sessions.domain import (
    notices,
    series_edit,
)
from sessions.enums import Answer
from sessions.models import Series
from tests import factories as make
from tests.sessions.series.world import (
    ALL,
    FOLLOWING,
    ONE,
    answer,
    calendar_of,
    cancel,
    change,
    clocks,
    events,
    invite,
    rows,
)

pytestmark = pytest.mark.django_db


def news(**where) -> list[Message]:
    return list(Message.objects.filter(**where).exclude(kind=notices.REMINDER).order_by("pk"))


def test_case_35_following_ends_the_series_and_begins_another(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    sender.send_due(at=make.NOW)
    third = rows(series)[2]
    outcome = change(third, FOLLOWING, clock=time(14, 0))
    new = Series.objects.get(follows=series)
    series.refresh_from_db()
    assert (series.rule, new.rule) == ("FREQ=WEEKLY;COUNT=2", "FREQ=WEEKLY;COUNT=2")
    assert clocks(series) == ["26.11. 10:00", "03.12. 10:00"]
    assert clocks(new) == ["10.12. 14:00", "17.12. 14:00"]
    assert new.uid != series.uid
    assert series.sequence == 1
    assert (len(outcome.moved), outcome.told) == (2, [(guest.name, 1)])
    sender.send_due(at=make.NOW)
    (mail,) = sink.mails[1:]
    assert "RANGE" not in mail.as_string()
    (entry,) = events(calendar_of(mail))
    assert entry["UID"].startswith(str(new.uid))
    attached = next(p for p in mail.walk() if p.get_filename() == "earlier-dates.ics")
    (ends,) = events(attached.get_content().decode())
    assert ends["UID"].startswith(str(series.uid))
    assert (ends["RRULE"].to_ical(), ends["SEQUENCE"]) == (b"FREQ=WEEKLY;COUNT=2", 1)
    text = mail.get_body(("plain",)).get_content()
    assert "From here on the dates are a calendar entry of their own" in text


def test_lesson_b16_w3c_calendar_22_and_24_the_preview_is_what_happens_and_each_gets_one_mail():
    series, first, second, third = make.series(), make.person(), make.person(), make.person()
    invite(series, first, second, third)
    for session in rows(series)[2:]:
        answer(session, third, Answer.NO)
    anchor = rows(series)[2]
    at = make.NOW + timedelta(minutes=5)
    before = (Message.objects.count(), AuditEvent.objects.count(), clocks(series))

    def deed():
        return change(anchor, FOLLOWING, clock=time(14, 0), at=at)

    shown = series_edit.rehearse(deed)
    assert (Message.objects.count(), AuditEvent.objects.count(), clocks(series)) == before
    assert Series.objects.count() == 1
    assert shown.told == sorted([(first.name, 1), (second.name, 1)])
    assert shown.not_told == [third.name]
    assert deed() == shown
    sent = Counter(m.person_id for m in news(created_at=at))
    assert sent == {first.pk: 1, second.pk: 1}


def test_following_from_the_first_date_is_all():
    series = make.series()
    change(rows(series)[0], FOLLOWING, clock=time(14, 0))
    assert Series.objects.get() == series
    assert clocks(series)[3] == "17.12. 14:00"


def test_a_guest_of_one_date_hears_of_that_date_alone(sink):
    series, guest, single = make.series(), make.person(), make.person()
    invite(series, guest)
    make.invitation(rows(series)[3], single)
    sender.send_due(at=make.NOW)
    change(rows(series)[0], ALL, clock=time(14, 0))
    sender.send_due(at=make.NOW)
    mail = next(m for m in sink.mails[2:] if m["To"] == single.email)
    (entry,) = events(calendar_of(mail))
    assert "RRULE" not in entry
    assert entry["RECURRENCE-ID"].dt == entry["DTSTART"].dt == rows(series)[3].starts_at
    assert "26 Nov" not in mail.get_body(("plain",)).get_content()


def test_who_declined_an_occurrence_is_not_told_about_it(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    sender.send_due(at=make.NOW)
    second = rows(series)[1]
    answer(second, guest, Answer.NO)
    change(second, ONE, clock=time(16, 0))
    cancel(rows(series)[1], ONE)
    sender.send_due(at=make.NOW)
    assert len(sink.mails) == 1
    change(rows(series)[0], ALL, clock=time(14, 0))
    sender.send_due(at=make.NOW)
    text = sink.mails[1].get_body(("plain",)).get_content()
    assert "10 Dec" in text
    assert "3 Dec" not in text


def test_reminders_follow_the_new_time_and_the_old_ones_never_go():
    series, guest = make.series(), make.person()
    invite(series, guest)
    change(rows(series)[0], ALL, clock=time(14, 0))
    due = Message.objects.planned().filter(kind=notices.REMINDER).order_by("due_at")
    assert [m.due_at.hour for m in due] == [12] * 4
