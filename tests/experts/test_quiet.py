"""Quiet hours and free weekends, as rules over time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.times import to_utc, to_wall
from experts.domain.quiet import Habits, fitted

ZONES = ["Europe/Lisbon", "Europe/Berlin", "Europe/Athens", "Atlantic/Reykjavik", "UTC"]
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
habits = st.builds(
    Habits,
    quiet_from=st.integers(0, 23),
    quiet_until=st.integers(0, 23),
    weekends=st.booleans(),
)


def at_wall(text: str, zone: str = "Europe/Athens") -> datetime:
    return to_utc(datetime.fromisoformat(text), zone, fold=0)


def fit(due: str, *, until: str | None = None, now: str = "2026-11-01T12:00", **kept: object):
    not_after = at_wall(until) if until else None
    found = fitted(
        at_wall(due), "Europe/Athens", Habits(**kept), not_after=not_after, at=at_wall(now)
    )
    return to_wall(found, "Europe/Athens").isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("due", "sent"),
    [
        ("2026-11-25T20:59", "2026-11-25T20:59"),
        ("2026-11-25T21:00", "2026-11-26T08:00"),
        ("2026-11-26T07:59", "2026-11-26T08:00"),
        ("2026-11-26T08:00", "2026-11-26T08:00"),
    ],
)
def test_what_is_due_in_the_night_comes_in_the_morning(due, sent):
    assert fit(due) == sent


def test_a_reminder_whose_morning_is_too_late_comes_the_evening_before():
    assert fit("2026-11-26T07:00", until="2026-11-26T08:00") == "2026-11-25T20:59"


def test_a_late_plan_has_no_evening_before_and_sends_when_due():
    sent = fit("2026-11-26T07:00", until="2026-11-26T08:00", now="2026-11-26T05:00")
    assert sent == "2026-11-26T07:00"


def test_a_free_weekend_waits_for_monday_or_comes_on_friday():
    assert fit("2026-11-28T10:00", weekends=False) == "2026-11-30T08:00"
    before_monday = fit("2026-11-29T10:00", until="2026-11-30T08:00", weekends=False)
    assert before_monday == "2026-11-27T20:59"


def test_equal_hours_mean_no_quiet_hours():
    assert fit("2026-11-26T03:00", quiet_from=8, quiet_until=8) == "2026-11-26T03:00"


@given(due=instants, zone=st.sampled_from(ZONES), kept=habits)
def test_without_an_end_it_never_comes_early_and_always_at_a_free_hour(due, zone, kept):
    found = fitted(due, zone, kept, not_after=None, at=due)
    assert due <= found <= due + timedelta(days=4)
    assert kept.is_free(to_wall(found, zone))


@given(due=instants, zone=st.sampled_from(ZONES), kept=habits, hours=st.integers(1, 72))
def test_it_is_never_moved_to_or_past_its_end(due, zone, kept, hours):
    end = due + timedelta(hours=hours)
    found = fitted(due, zone, kept, not_after=end, at=due - timedelta(days=9))
    assert found < end


@given(due=instants, zone=st.sampled_from(ZONES), kept=habits, hours=st.integers(1, 72))
def test_fitting_twice_changes_nothing(due, zone, kept, hours):
    end, at = due + timedelta(hours=hours), due - timedelta(days=9)
    once = fitted(due, zone, kept, not_after=end, at=at)
    assert fitted(once, zone, kept, not_after=end, at=at) == once
