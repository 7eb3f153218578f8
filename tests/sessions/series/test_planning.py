"""A series is planned: one session for each date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cop_platform.common.refusals import Refused
from cop_platform.common.times import TwiceThatDay
from experts.enums import Role
from experts.models import AuditEvent
from sessions.domain.recurrence import BadRule
from sessions.models import CopSession, Series
from tests import factories as make
from tests.sessions.series.world import clocks, rows

pytestmark = pytest.mark.django_db


def test_each_date_is_a_session_with_everything_the_first_one_has():
    material = make.material("BG")
    series = make.series(
        "BG", "EL", steps=(("News", 30), ("Method", 60)), materials=(material,), purpose="Why"
    )
    found = rows(series)
    assert [s.wall_day.isoformat() for s in found] == [
        "2026-11-26",
        "2026-12-03",
        "2026-12-10",
        "2026-12-17",
    ]
    for session in found:
        assert session.original_start == session.starts_at
        assert list(session.steps.values_list("title", "minutes")) == [("News", 30), ("Method", 60)]
        assert sorted(session.country_codes) == ["BG", "EL"]
        assert list(session.materials.all()) == [material]
        assert session.purpose == "Why"
    assert len({s.uid for s in found}) == 4
    assert {s.calendar_uid for s in found} == {str(series.uid)}


def test_the_first_date_is_the_first_that_fits_the_rule():
    series = make.series(rule="FREQ=WEEKLY;COUNT=2;BYDAY=MO")
    assert series.wall_day == date(2026, 11, 30)
    assert [s.wall_day.day for s in rows(series)] == [30, 7]


def test_days_left_out_get_no_session_and_are_remembered():
    series = make.series(left_out=(date(2026, 12, 3), date(2026, 12, 4)))
    assert [s.wall_day.day for s in rows(series)] == [26, 10, 17]
    assert series.exceptions == [date(2026, 12, 3)]


def test_three_dates_and_thirty_take_the_same_number_of_queries():
    by, counts = make.user(Role.COORDINATOR), []
    assert by.access.plans_sessions  # loaded once a request
    for count in (3, 30):
        with CaptureQueriesContext(connection) as queries:
            make.series(rule=f"FREQ=WEEKLY;COUNT={count}", by=by, steps=(("All", 90),))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_lesson_b33_indico_3105_ten_oclock_stays_ten_over_the_change_of_clocks():
    series = make.series(
        rule="FREQ=WEEKLY;COUNT=3", day=date(2027, 3, 22), zone="Europe/Athens", fold=None
    )
    assert clocks(series) == ["22.03. 10:00", "29.03. 10:00", "05.04. 10:00"]
    assert [s.starts_at.hour for s in rows(series)] == [8, 7, 7]


def test_a_doubled_hour_must_be_chosen():
    night = {"day": date(2027, 10, 31), "clock": time(3, 30)}
    with pytest.raises(TwiceThatDay):
        make.series(rule="FREQ=DAILY;COUNT=2", **night)
    assert not Series.objects.exists()
    series = make.series(rule="FREQ=DAILY;COUNT=2", fold=1, **night)
    assert rows(series)[0].starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("fold", [None, 0, 1])
def test_a_skipped_hour_is_read_as_before_the_change(fold):
    series = make.series(
        rule="FREQ=DAILY;COUNT=2", day=date(2027, 3, 27), clock=time(3, 30), fold=fold
    )
    assert [s.starts_at.hour for s in rows(series)] == [1, 1]
    assert [s.wall_clock for s in rows(series)] == [time(3, 30)] * 2


def test_nothing_is_written_when_one_date_cannot_be(monkeypatch):
    by = make.user(Role.COORDINATOR)
    monkeypatch.setattr("sessions.domain.copies.give_parts", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make.series(by=by)
    assert not Series.objects.exists()
    assert not CopSession.objects.exists()
    assert not AuditEvent.objects.filter(deed="series planned").exists()


def test_a_series_of_no_date_is_refused():
    with pytest.raises(BadRule, match="Every date is left out"):
        make.series(rule="FREQ=DAILY;COUNT=1", left_out=(date(2026, 11, 26),))


def test_only_a_coordinator_of_a_host_plans():
    with pytest.raises(Refused):
        make.series("BG", by=make.user(Role.COORDINATOR, "IT"))
