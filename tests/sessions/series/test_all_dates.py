"""All dates are changed."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import sender
from experts.enums import Role
from experts.models import Message
from sessions.domain import (
    series_edit,
)
from sessions.domain.planning import EditedMeanwhile, SessionOver
from sessions.domain.recurrence import BadRule
from sessions.domain.series import RoomTaken, slots_of
from sessions.models import CopSession, Room, Series
from tests import factories as make
from tests.sessions.series.world import (
    ALL,
    FOLLOWING,
    ONE,
    SOFIA_26,
    as_planned,
    calendar_of,
    change,
    clocks,
    events,
    invite,
    request_text,
    rows,
    seen,
)

pytestmark = pytest.mark.django_db


def test_all_dates_move_and_everybody_gets_one_mail(sink):
    series, first, second = make.series(), make.person(), make.person()
    invite(series, first, second)
    sender.send_due(at=make.NOW)
    outcome = change(rows(series)[0], ALL, clock=time(14, 0))
    assert clocks(series) == ["26.11. 14:00", "03.12. 14:00", "10.12. 14:00", "17.12. 14:00"]
    assert (outcome.mails, len(outcome.moved)) == (2, 4)
    sender.send_due(at=make.NOW)
    mails = sink.mails[2:]
    assert sorted(m["To"] for m in mails) == sorted([first.email, second.email])
    (master,) = events(calendar_of(mails[0]))
    assert (master["SEQUENCE"], master["DTSTART"].dt.hour) == (1, 14)
    assert "METHOD:REQUEST" in calendar_of(mails[0])


def test_five_moves_of_all_dates_show_sequence_0_to_5(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    sender.send_due(at=make.NOW)
    for hour in range(11, 16):
        change(rows(series)[0], ALL, clock=time(hour, 0))
        sender.send_due(at=make.NOW)
    masters = [events(calendar_of(mail))[0] for mail in sink.mails]
    assert [int(m["SEQUENCE"]) for m in masters] == [0, 1, 2, 3, 4, 5]
    assert len({str(m["UID"]) for m in masters}) == 1


def test_the_wall_time_of_all_dates_is_kept_over_the_change_of_clocks():
    series = make.series(day=date(2027, 3, 24), rule="FREQ=WEEKLY;COUNT=2")
    change(rows(series)[0], ALL, clock=time(14, 0))
    assert [s.starts_at.hour for s in rows(series)] == [12, 11]


def test_another_day_moves_all_dates_by_as_many_days():
    series = make.series(rule="FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH", left_out=(date(2026, 12, 1),))
    change(rows(series)[0], ALL, day=date(2026, 11, 27))
    series.refresh_from_db()
    assert [s.wall_day.isoformat()[5:] for s in rows(series)] == ["11-27", "12-04", "12-09"]
    assert series.exceptions == [date(2026, 12, 2)]
    assert series.rule == "FREQ=WEEKLY;COUNT=4;BYDAY=WE,FR"


def test_dates_may_pass_over_each_others_place_and_room():
    series = make.series()
    room = Room.objects.create(name="Blue", country=make.country("BG"))
    series.sessions.update(room=room)
    change(rows(series)[0], ALL, day=date(2026, 12, 3))
    assert [s.wall_day.isoformat()[5:] for s in rows(series)] == [
        "12-03",
        "12-10",
        "12-17",
        "12-24",
    ]
    assert {s.room for s in rows(series)} == {room}


def test_a_room_that_is_taken_stops_the_move_and_nothing_changes():
    series = make.series()
    room = Room.objects.create(name="Blue", country=make.country("BG"))
    series.sessions.update(room=room)
    other = make.cop_session(day=date(2026, 12, 11))
    CopSession.objects.filter(pk=other.pk).update(room=room)
    before = clocks(series)
    with pytest.raises(RoomTaken):
        change(rows(series)[0], ALL, day=date(2026, 11, 27))
    assert clocks(series) == before
    assert {s.room for s in rows(series)} == {room}


def test_what_took_place_is_never_touched_and_stays_in_calendars():
    series, guest = make.series(), make.person()
    invite(series, guest)
    later = SOFIA_26 + timedelta(days=8)
    first, second, third, _fourth = rows(series)
    outcome = change(third, ALL, clock=time(14, 0), at=later)
    assert clocks(series)[:2] == ["26.11. 10:00", "03.12. 10:00"]
    assert clocks(series)[2:] == ["10.12. 14:00", "17.12. 14:00"]
    assert (outcome.past, len(outcome.moved)) == (2, 2)
    for session in (first, second):
        before = (session.version, session.sequence, session.changed_at)
        session.refresh_from_db()
        assert (session.version, session.sequence, session.changed_at) == before
    master, *beside = events(request_text(series, guest))
    assert master["DTSTART"].dt.hour == 14
    assert [e["DTSTART"].dt.hour for e in beside] == [10, 10]
    assert [e["RECURRENCE-ID"].dt.hour for e in beside] == [14, 14]


@pytest.mark.parametrize(("keep", "expected"), [(True, "03.12. 16:00"), (False, "03.12. 14:00")])
def test_a_date_moved_on_its_own_keeps_its_time_unless_chosen(keep, expected):
    series, guest = make.series(), make.person()
    invite(series, guest)
    change(rows(series)[1], ONE, clock=time(16, 0))
    change(rows(series)[0], ALL, clock=time(14, 0), keep_moved=keep)
    assert clocks(series)[1] == expected
    assert clocks(series)[2] == "10.12. 14:00"
    beside = events(request_text(series, guest))[1:]
    assert len(beside) == keep
    assert all(e["RECURRENCE-ID"].dt.hour == 14 for e in beside)
    assert all(e["SEQUENCE"] == 2 for e in beside)


def test_a_better_title_goes_to_all_dates_and_mails_nobody():
    series, guest = make.series(), make.person()
    invite(series, guest)
    outcome = change(rows(series)[0], ALL, title="Second meetings", at=make.NOW + timedelta(1))
    assert {s.title for s in rows(series)} == {"Second meetings"}
    assert (outcome.told, outcome.not_told) == ([], [guest.name])
    series.refresh_from_db()
    assert (series.title, series.sequence) == ("Second meetings", 0)


def test_only_what_differs_is_carried_over():
    series = make.series()
    change(rows(series)[1], ONE, place="Library")
    change(rows(series)[0], ALL, clock=time(14, 0))
    assert [s.place for s in rows(series)] == ["", "Library", "", ""]


def test_another_length_and_its_agenda_go_to_all_dates():
    series = make.series(steps=(("All", 90),))
    change(rows(series)[0], ALL, minutes=60, steps=(("News", 20), ("Rest", 40)))
    for session in rows(series):
        assert session.ends_at - session.starts_at == timedelta(minutes=60)
        assert list(session.steps.values_list("minutes", flat=True)) == [20, 40]


def test_changing_all_twice_is_changing_once():
    series, guest = make.series(), make.person()
    invite(series, guest)
    first = rows(series)[0]
    change(first, ALL, clock=time(14, 0))
    before = (clocks(series), Message.objects.count(), Series.objects.get().version)
    outcome = change(first, ALL, clock=time(14, 0), at=make.NOW + timedelta(minutes=1))
    assert outcome.told == []
    assert (clocks(series), Message.objects.count(), Series.objects.get().version) == before


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(turn=st.integers(-1, 9), hour=st.integers(0, 23), scope=st.sampled_from([ALL, FOLLOWING]))
def test_whatever_moves_twice_is_where_it_was_after_once(turn, hour, scope):
    series = make.series(rule="FREQ=WEEKLY;INTERVAL=2;COUNT=4", day=date(2027, 3, 4))
    anchor = rows(series)[1]
    wanted = {"day": anchor.wall_day + timedelta(days=turn), "clock": time(hour, 30)}
    change(anchor, scope, fold=0, **wanted)
    anchor.refresh_from_db()
    moved = anchor.series
    once = clocks(moved)
    change(anchor, scope, fold=0, **wanted)
    anchor.refresh_from_db()
    assert anchor.series_id == moved.pk
    assert clocks(moved) == once
    assert [s.utc for s in slots_of(moved)] == [s.original_start for s in rows(moved)]
    assert all(s.starts_at == s.original_start for s in rows(moved))


def test_a_date_cannot_be_moved_into_the_past():
    series = make.series()
    with pytest.raises(NotPossible, match="in the past"):
        change(rows(series)[0], ALL, day=date(2026, 11, 20))
    assert clocks(series)[0] == "26.11. 10:00"


def test_a_rule_that_cannot_move_says_so():
    series = make.series(rule="FREQ=MONTHLY;COUNT=3;BYDAY=TH,FR;BYSETPOS=-1")
    with pytest.raises(BadRule, match="cannot be moved"):
        change(rows(series)[0], ALL, day=date(2026, 12, 1))


def test_two_editors_meet_and_nothing_is_lost():
    series = make.series()
    first = rows(series)[0]
    old = seen(first)
    change(first, ALL, clock=time(14, 0))
    with pytest.raises(EditedMeanwhile):
        series_edit.change(
            session_id=first.pk,
            scope=ALL,
            plan=as_planned(first, clock=time(9, 0)),
            keep_moved=True,
            seen=old,
            by=first.planned_by.user,
            at=make.NOW,
        )
    assert clocks(series)[0] == "26.11. 14:00"


@pytest.mark.parametrize("scope", [ONE, FOLLOWING, ALL])
def test_who_does_not_run_a_host_community_changes_nothing(scope):
    series = make.series("BG")
    with pytest.raises(Refused):
        change(rows(series)[0], scope, by=make.user(Role.COORDINATOR, "IT"), clock=time(9, 0))


@pytest.mark.parametrize("scope", [ONE, FOLLOWING, ALL])
def test_a_date_that_is_over_is_not_changed(scope):
    series = make.series()
    with pytest.raises(SessionOver):
        change(rows(series)[0], scope, at=SOFIA_26 + timedelta(days=1), clock=time(9, 0))
