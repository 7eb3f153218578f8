"""Series in the database and in calendars: planned, moved, cancelled, and who hears of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import TwiceThatDay, to_wall
from experts.domain import outbox
from experts.enums import Role
from experts.models import AuditEvent, Message
from sessions.domain import (
    invitations,
    notices,
    planning,
    series_edit,
    series_invitations,
    series_notices,
    series_text,
)
from sessions.domain.planning import EditedMeanwhile, SessionOver
from sessions.domain.recurrence import BadRule
from sessions.domain.series import RoomTaken, slots_of
from sessions.domain.series_edit import Seen
from sessions.domain.series_text import Reader
from sessions.enums import Answer, SeriesScope
from sessions.models import CopSession, Invitation, Room, Series, SeriesInvitation
from tests import factories as make

pytestmark = pytest.mark.django_db
SOFIA_26 = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
ALL, FOLLOWING, ONE = SeriesScope.ALL, SeriesScope.FOLLOWING, SeriesScope.ONE


def rows(series: Series) -> list[CopSession]:
    return list(series.sessions.order_by("original_start"))


def clocks(series: Series) -> list[str]:
    return [f"{to_wall(r.starts_at, r.zone):%d.%m. %H:%M}" for r in rows(series)]


def seen(session: CopSession) -> Seen:
    return Seen(session.version, Series.objects.get(pk=session.series_id).version)


def as_planned(session: CopSession, **changes) -> planning.SessionPlan:
    """The plan a session has now, with changes."""
    plan = make.plan(title=session.title, minutes=session.minutes, zone=session.zone)
    kept = {"day": session.wall_day, "clock": session.wall_clock, "place": session.place}
    return replace(plan, **kept | changes)


def change(session, scope, *, at=make.NOW, keep_moved=True, by=None, **changes):
    session.refresh_from_db()
    return series_edit.change(
        session_id=session.pk,
        scope=scope,
        plan=as_planned(session, **changes),
        keep_moved=keep_moved,
        seen=seen(session),
        by=by or session.planned_by.user,
        at=at,
    )


def cancel(session, scope, *, at=make.NOW, reason="Flood"):
    session.refresh_from_db()
    return series_edit.cancel(
        session_id=session.pk,
        scope=scope,
        reason=reason,
        seen=seen(session),
        by=session.planned_by.user,
        at=at,
    )


def invite(series, *people, at=make.NOW):
    return series_invitations.invite(
        series_id=series.pk, people=people, by=series.planned_by.user, at=at
    )


def answer(session, person, said: Answer, at=make.NOW):
    row = Invitation.objects.get(session=session, person=person)
    token = invitations.link_token(row)
    invitations.answer_by_link(token=token, answer=said, note="", at=at)


def news(**where) -> list[Message]:
    return list(Message.objects.filter(**where).exclude(kind=notices.REMINDER).order_by("pk"))


def reader(series, person, **more) -> Reader:
    found = Invitation.objects.filter(session__series=series, person=person)
    return Reader(person, tuple(found), **more)


def page(session) -> str:
    return f"https://cop.example/sessions/{session.pk}/"


def request_text(series, person, **more) -> str:
    series.refresh_from_db()
    found = series.sessions.select_related("series", "planned_by")
    return series_text.request(series, found, reader(series, person, **more), page)


def events(text: str):
    return Calendar.from_ical(text).walk("VEVENT")


def calendar_of(mail):
    return next(p for p in mail.walk() if p.get_content_type() == "text/calendar").get_content()


def others(event) -> bool:
    return "RECURRENCE-ID" in event


# Planning


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


# Asking people


def test_everybody_asked_gets_one_mail_for_all_dates(sink):
    series, first, second = make.series(), make.person(), make.person(code="IT")
    assert invite(series, first, second) == 2
    outbox.send_due(at=make.NOW)
    assert sorted(sink.subjects()) == ["Invitation: First meetings, 4 dates"] * 2
    assert Invitation.objects.filter(person=first, session__series=series).count() == 4
    mail = next(m for m in sink.mails if m["To"] == second.email)
    text = mail.get_body(("plain",)).get_content()
    assert "Thu 17 Dec 2026, 09:00–10:30 (Thu 17 Dec 2026, 10:00–11:30 Sofia time)" in text
    assert first.email not in mail.as_string()


def test_asking_twice_asks_once():
    series, guest = make.series(), make.person()
    assert [invite(series, guest), invite(series, guest)] == [1, 0]
    assert Message.objects.filter(kind=series_notices.INVITATION).count() == 1
    assert SeriesInvitation.objects.count() == 1


def test_a_guest_of_one_date_keeps_that_answer():
    series, guest = make.series(), make.person()
    first = rows(series)[0]
    make.invitation(first, guest)
    answer(first, guest, Answer.YES)
    invite(series, guest)
    said = Invitation.objects.filter(person=guest).order_by("session__starts_at")
    assert list(said.values_list("answer", flat=True)) == ["yes", "", "", ""]


def test_case_6_a_guest_who_meets_at_another_hour_is_told(sink):
    series = make.series(
        rule="FREQ=MONTHLY;COUNT=8;BYMONTHDAY=8", day=date(2026, 12, 8), zone="Europe/Athens"
    )
    guest = make.person(zone="Europe/Istanbul")
    same = make.person(zone="Europe/Rome")
    invite(series, guest, same)
    outbox.send_due(at=make.NOW)
    texts = {m["To"]: m.get_body(("plain",)).get_content() for m in sink.mails}
    assert "Not always at the same hour for you." in texts[guest.email]
    assert "On your clock it is usually 11:00" in texts[guest.email]
    assert "- Thu 8 Apr 2027, 10:00" in texts[guest.email]
    assert "Not always" not in texts[same.email]


def test_reminders_come_a_day_before_each_date_by_the_wall_clock():
    series, guest = make.series(day=date(2027, 3, 27), rule="FREQ=DAILY;COUNT=2"), make.person()
    invite(series, guest)
    due = Message.objects.filter(kind=notices.REMINDER).order_by("due_at")
    assert [m.due_at.strftime("%dT%H") for m in due] == ["26T08", "27T08"]


def test_one_answer_for_all_dates_and_one_for_each():
    series, guest = make.series(), make.person()
    invite(series, guest)
    found = SeriesInvitation.objects.get()
    token = series_invitations.link_token(found)
    own = series_invitations.own_dates(found)
    everything = dict.fromkeys([i.pk for i in own], Answer.YES)
    assert (
        series_invitations.answer_by_link(
            token=token, answers=everything, note="With pleasure", at=make.NOW
        )
        == 4
    )
    series_invitations.answer_by_link(
        token=token, answers={own[1].pk: Answer.NO}, note="", at=make.NOW
    )
    said = Invitation.objects.order_by("session__starts_at").values_list("answer", flat=True)
    assert list(said) == ["yes", "no", "yes", "yes"]


def test_a_link_answers_nobody_elses_dates():
    series, guest, other = make.series(), make.person(), make.person()
    invite(series, guest, other)
    token = series_invitations.link_token(SeriesInvitation.objects.get(person=guest))
    foreign = Invitation.objects.filter(person=other).first()
    for bad, answers in ((token, {foreign.pk: Answer.NO}), ("1.x", {}), (token + "x", {})):
        with pytest.raises(Refused):
            series_invitations.answer_by_link(token=bad, answers=answers, note="", at=make.NOW)
    assert set(Invitation.objects.values_list("answer", flat=True)) == {""}


def test_dates_that_started_are_not_answered_any_more():
    series, guest = make.series(), make.person()
    invite(series, guest)
    found = SeriesInvitation.objects.get()
    own = series_invitations.own_dates(found)
    token = series_invitations.link_token(found)
    everything = dict.fromkeys([i.pk for i in own], Answer.YES)
    written = series_invitations.answer_by_link(
        token=token, answers=everything, note="", at=SOFIA_26 + timedelta(days=8)
    )
    assert written == 2


# One date


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


# All dates


def test_all_dates_move_and_everybody_gets_one_mail(sink):
    series, first, second = make.series(), make.person(), make.person()
    invite(series, first, second)
    outbox.send_due(at=make.NOW)
    outcome = change(rows(series)[0], ALL, clock=time(14, 0))
    assert clocks(series) == ["26.11. 14:00", "03.12. 14:00", "10.12. 14:00", "17.12. 14:00"]
    assert (outcome.mails, len(outcome.moved)) == (2, 4)
    outbox.send_due(at=make.NOW)
    mails = sink.mails[2:]
    assert sorted(m["To"] for m in mails) == sorted([first.email, second.email])
    (master,) = events(calendar_of(mails[0]))
    assert (master["SEQUENCE"], master["DTSTART"].dt.hour) == (1, 14)
    assert "METHOD:REQUEST" in calendar_of(mails[0])


def test_five_moves_of_all_dates_show_sequence_0_to_5(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    outbox.send_due(at=make.NOW)
    for hour in range(11, 16):
        change(rows(series)[0], ALL, clock=time(hour, 0))
        outbox.send_due(at=make.NOW)
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


# This and all following


def test_case_35_following_ends_the_series_and_begins_another(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    outbox.send_due(at=make.NOW)
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
    outbox.send_due(at=make.NOW)
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
    outbox.send_due(at=make.NOW)
    change(rows(series)[0], ALL, clock=time(14, 0))
    outbox.send_due(at=make.NOW)
    mail = next(m for m in sink.mails[2:] if m["To"] == single.email)
    (entry,) = events(calendar_of(mail))
    assert "RRULE" not in entry
    assert entry["RECURRENCE-ID"].dt == entry["DTSTART"].dt == rows(series)[3].starts_at
    assert "26 Nov" not in mail.get_body(("plain",)).get_content()


def test_who_declined_an_occurrence_is_not_told_about_it(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    outbox.send_due(at=make.NOW)
    second = rows(series)[1]
    answer(second, guest, Answer.NO)
    change(second, ONE, clock=time(16, 0))
    cancel(rows(series)[1], ONE)
    outbox.send_due(at=make.NOW)
    assert len(sink.mails) == 1
    change(rows(series)[0], ALL, clock=time(14, 0))
    outbox.send_due(at=make.NOW)
    text = sink.mails[1].get_body(("plain",)).get_content()
    assert "10 Dec" in text
    assert "3 Dec" not in text


def test_reminders_follow_the_new_time_and_the_old_ones_never_go():
    series, guest = make.series(), make.person()
    invite(series, guest)
    change(rows(series)[0], ALL, clock=time(14, 0))
    due = Message.objects.planned().filter(kind=notices.REMINDER).order_by("due_at")
    assert [m.due_at.hour for m in due] == [12] * 4


# Cancelling several


def test_cancelling_all_takes_the_series_out_of_every_calendar(sink):
    series, guest = make.series(), make.person()
    invite(series, guest)
    outbox.send_due(at=make.NOW)
    outcome = cancel(rows(series)[0], ALL)
    assert (len(outcome.cancelled), outcome.told) == (4, [(guest.name, 1)])
    outbox.send_due(at=make.NOW)
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
    outbox.send_due(at=make.NOW)
    later = SOFIA_26 + timedelta(days=8)
    outcome = cancel(rows(series)[2], ALL, at=later)
    assert (len(outcome.cancelled), outcome.past) == (2, 2)
    series.refresh_from_db()
    assert series.rule == "FREQ=WEEKLY;COUNT=2"
    outbox.send_due(at=later)
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


# The calendar text


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
