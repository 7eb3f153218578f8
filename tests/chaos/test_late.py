"""A worker that was off, a clock that jumped, and the nights on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from experts.domain import sender
from experts.enums import MessageState, Role
from experts.models import Message
from sessions.domain import notices, reminder_rules
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def reminders(sink) -> list[str]:
    return [subject for subject in sink.subjects() if subject.startswith("Reminder")]


def told_long_ago(day: date, clock: time, zone: str):
    """A session planned a month before with one guest who lives there, who knows of it."""
    start = datetime.combine(day, clock, UTC)
    planned_at = start - timedelta(days=30)
    coordinator = make.user(Role.COORDINATOR)
    session = make.cop_session(
        by=coordinator,
        at=planned_at,
        day=day,
        clock=clock,
        zone=zone,
        minutes=60,
        reminders=tuple(reminder_rules.usual(offset) for offset in ("-14d", "-3d", "-1d", "-1h")),
    )
    guest = make.person(zone=zone, account=False)
    make.invitation(session, guest, at=planned_at)
    Message.objects.filter(kind=notices.INVITATION).update(
        state=MessageState.SENT, sent_at=planned_at
    )
    return session


def test_a_worker_off_for_six_hours_reminds_late_of_what_is_ahead_and_not_of_what_is_past(sink):
    session = told_long_ago(date(2026, 12, 9), time(11), "Europe/Sofia")
    planned = Message.objects.filter(kind=notices.REMINDER)
    hour_before = planned.get(due_at=session.starts_at - HOUR)
    # Everything older went out in time; the worker is off from seven to one o'clock.
    planned.exclude(pk=hour_before.pk).update(state=MessageState.SENT)
    sender.send_due(at=session.starts_at + 2 * HOUR)
    assert reminders(sink) == []
    hour_before.refresh_from_db()
    assert hour_before.state == MessageState.WITHDRAWN


def test_security_37_a_clock_that_jumped_over_three_rungs_sends_one_reminder_not_three(sink):
    session = told_long_ago(date(2026, 12, 9), time(11), "Europe/Sofia")
    sender.send_due(at=session.starts_at - timedelta(minutes=30))
    assert len(reminders(sink)) == 1
    sender.send_due(at=session.starts_at - timedelta(minutes=20))
    assert len(reminders(sink)) == 1


# The day before each of these sessions has 23 or 25 hours.
NIGHTS = [
    ("Europe/Lisbon", date(2027, 3, 28)),
    ("Europe/Berlin", date(2027, 3, 28)),
    ("Europe/Athens", date(2027, 3, 28)),
    ("Europe/Lisbon", date(2026, 10, 25)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Europe/Athens", date(2026, 10, 25)),
]


@pytest.mark.parametrize(("zone", "day"), NIGHTS)
def test_on_the_night_the_clocks_change_the_day_before_is_at_the_same_hour(sink, zone, day):
    session = told_long_ago(day, time(18), zone)
    day_before = session.starts_at - timedelta(days=1)
    change = timedelta(hours=1 if day.month == 3 else -1)
    Message.objects.exclude(due_at=day_before + change).update(state=MessageState.SENT)
    sender.send_due(at=day_before + change - timedelta(minutes=1))
    assert reminders(sink) == []
    sender.send_due(at=day_before + change)
    assert len(reminders(sink)) == 1
