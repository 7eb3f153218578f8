"""One date is changed or cancelled, the others stay."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from cop_platform.common.refusals import NotPossible
from sessions.domain import (
    series_edit,
    series_text,
)
from tests import factories as make
from tests.sessions.series.world import (
    ONE,
    cancel,
    change,
    clocks,
    events,
    invite,
    others,
    page,
    reader,
    request_text,
    rows,
)

pytestmark = pytest.mark.django_db


def test_lesson_b8_nextcloud_server_60159_one_date_changes_and_no_other():
    series, guest = make.series(), make.person()
    invite(series, guest)
    before = clocks(series)
    second = rows(series)[1]
    outcome = change(second, ONE, clock=time(15, 0))
    assert clocks(series) == [before[0], "03.12. 15:00", *before[2:]]
    assert len(outcome.moved) == 1
    assert outcome.told == [(guest.name, 1)]
    master, override = events(request_text(series, guest))
    assert not others(master)
    assert override["RECURRENCE-ID"].dt == second.original_start
    assert override["DTSTART"].dt.hour == 15
    assert (master["SEQUENCE"], override["SEQUENCE"]) == (0, 1)
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=4"
    series.refresh_from_db()
    assert (series.rule, series.sequence) == ("FREQ=WEEKLY;COUNT=4", 0)


def test_case_29_and_lesson_b9_nextcloud_calendar_7057_cancelling_one_date_cancels_one(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    second = rows(series)[1]
    outcome = cancel(second, ONE)
    assert (len(outcome.cancelled), outcome.told) == (1, [(guest.name, 1)])
    second.refresh_from_db()
    assert [bool(s.cancelled_at) for s in rows(series)] == [False, True, False, False]
    text = series_text.cancel_some(series, [second], reader(series, guest), page)
    (entry,) = events(text)
    assert "METHOD:CANCEL" in text
    assert entry["RECURRENCE-ID"].dt == second.original_start
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)
    assert entry["UID"].startswith(str(series.uid))
    assert "RRULE" not in entry
    (master,) = events(request_text(series, guest))
    assert [d.dt for d in master["EXDATE"].dts] == [second.original_start]
    assert master["STATUS"] == "CONFIRMED"


def test_a_cancelled_date_is_brought_back_with_its_guests():
    series, guest = make.series(), make.person()
    invite(series, guest)
    second = rows(series)[1]
    cancel(second, ONE)
    series.refresh_from_db()
    outcome = series_edit.bring_back(
        series_id=series.pk,
        day=date(2026, 12, 3),
        version=series.version,
        by=series.planned_by.user,
        at=make.NOW + timedelta(hours=1),
    )
    assert (len(outcome.added), outcome.told) == (1, [(guest.name, 1)])
    (master,) = events(request_text(series, guest))
    assert "EXDATE" not in master
    assert master["SEQUENCE"] == 2


def test_a_day_left_out_at_first_can_take_place_after_all():
    series, guest = make.series(left_out=(date(2026, 12, 3),), steps=(("All", 90),)), make.person()
    invite(series, guest)
    series_edit.bring_back(
        series_id=series.pk,
        day=date(2026, 12, 3),
        version=series.version,
        by=series.planned_by.user,
        at=make.NOW + timedelta(hours=1),
    )
    series.refresh_from_db()
    assert series.exceptions == []
    assert [s.wall_day.day for s in rows(series)] == [26, 3, 10, 17]
    back = rows(series)[1]
    assert list(back.steps.values_list("title", flat=True)) == ["All"]
    assert back.invitations.get().person == guest


@pytest.mark.parametrize("day", [date(2026, 12, 4), date(2026, 11, 26)])
def test_only_days_of_the_rule_that_do_not_take_place_come_back(day):
    series = make.series()
    with pytest.raises(NotPossible):
        series_edit.bring_back(
            series_id=series.pk,
            day=day,
            version=series.version,
            by=series.planned_by.user,
            at=make.NOW,
        )
