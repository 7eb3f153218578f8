"""Conflicts: the same person or room twice at one time, found by one query."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from experts.enums import Role
from sessions.domain import conflicts, invitations, planning
from sessions.enums import Answer, Duty
from sessions.models import CopSession, DutyHolder, Room
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def by():
    return make.user(Role.COORDINATOR, "BG")


def clashes(session: CopSession, by, *people, shift=timedelta(0), **more) -> list[str]:
    found = conflicts.of(
        starts_at=session.starts_at + shift,
        ends_at=session.ends_at + shift,
        people=[person.pk for person in people],
        by=by,
        **more,
    )
    return [conflict.part for conflict in found]


@pytest.mark.parametrize(
    ("shift", "expected"),
    [(0, 1), (60, 1), (-60, 1), (90, 0), (-90, 0), (89, 1), (-89, 1), (24 * 60, 0)],
)
def test_touching_is_no_overlap_and_one_minute_is(by, shift, expected):
    guest, session = make.person(), make.cop_session(by=by)
    make.invitation(session, guest)
    assert len(clashes(session, by, guest, shift=timedelta(minutes=shift))) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer.NONE, ["invited"]),
        (Answer.MAYBE, ["invited"]),
        (Answer.YES, ["coming"]),
        (Answer.NO, []),
    ],
)
def test_who_declined_is_free(by, answer, expected):
    guest, session = make.person(), make.cop_session(by=by)
    invitation = make.invitation(session, guest)
    if answer:
        token = invitations.link_token(invitation)
        invitations.answer_by_link(token=token, answer=answer, note="", at=make.NOW)
    assert clashes(session, by, guest) == expected


@pytest.mark.parametrize("duty", Duty.values)
def test_a_duty_elsewhere_is_named_and_said_once(by, duty):
    person, session = make.person(), make.cop_session(by=by)
    make.invitation(session, person)
    DutyHolder.objects.create(session=session, person=person, duty=duty)
    assert clashes(session, by, person) == [duty]


def test_cancelled_sessions_do_not_count(by):
    guest, session = make.person(), make.cop_session(by=by)
    make.invitation(session, guest)
    planning.cancel_session(session_id=session.pk, reason="No", by=by, at=make.NOW)
    assert clashes(session, by, guest) == []


def test_the_session_itself_and_other_people_do_not_count(by):
    guest, session = make.person(), make.cop_session(by=by)
    make.invitation(session, guest)
    assert clashes(session, by, guest, ignore=session.pk) == []
    assert clashes(session, by, make.person()) == []


def test_lesson_pretalx_1087_a_session_over_midnight_clashes_on_both_days(by):
    guest = make.person()
    night = make.cop_session(by=by, day=date(2026, 11, 26), clock=time(23, 30), minutes=90)
    make.invitation(night, guest)
    early = make.plan(day=date(2026, 11, 27), clock=time(0, 15))
    late = make.plan(day=date(2026, 11, 26), clock=time(22, 30))
    after = make.plan(day=date(2026, 11, 27), clock=time(1, 0))
    found = [
        conflicts.of(
            starts_at=plan.starts_at, ends_at=plan.starts_at + 1.5 * HOUR, people=[guest.pk], by=by
        )
        for plan in (early, late, after)
    ]
    assert [len(one) for one in found] == [1, 1, 0]


def test_a_room_taken_blocks_and_the_database_refuses_it(by):
    room = Room.objects.create(name="Blue room", country=make.country("BG"))
    session, other = make.cop_session(by=by), make.cop_session(by=by, clock=time(11, 0))
    CopSession.objects.filter(pk=session.pk).update(room=room)
    found = conflicts.of(
        starts_at=other.starts_at, ends_at=other.ends_at, room_id=room.pk, ignore=other.pk, by=by
    )
    assert [conflict.blocks for conflict in found] == [True]
    line = conflicts.sentences(found, zone="Europe/Sofia")
    assert line == [
        "The room Blue room is taken by “First meetings”: Thu 26 Nov 2026, 10:00–11:30 Sofia time."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        CopSession.objects.filter(pk=other.pk).update(room=room)


def test_another_countrys_guest_list_is_not_told(by):
    guest = make.person(code="BG")
    session = make.cop_session("IT", title="Secret guests")
    make.invitation(session, guest)
    found = conflicts.of(
        starts_at=session.starts_at, ends_at=session.ends_at, people=[guest.pk], by=by
    )
    line = conflicts.sentences(found, zone="Europe/Sofia")[0]
    assert line.startswith(f"{guest.name} has another session then")
    assert "Secret guests" not in line


def test_it_is_one_query_however_many_sessions_and_people(by):
    guests = [make.person() for _ in range(3)]
    sessions = [make.cop_session(by=by) for _ in range(4)]
    for session in sessions[1:]:
        for guest in guests:
            make.invitation(session, guest)
    invitations.invite(session_id=sessions[0].pk, people=guests, by=by, at=make.NOW)
    assert by.access.is_member
    with CaptureQueriesContext(connection) as found:
        told = conflicts.of_session(sessions[0], by=by)
    assert len(found) == 1
    assert len(told) == 9


def test_the_sessions_page_warns_those_who_run_it_and_nobody_else(as_user, by):
    guest = make.user(Role.EXPERT, "BG")
    day = (timezone.now() + timedelta(days=20)).date()
    first, second = (
        make.cop_session(by=by, day=day, title=title, at=timezone.now()) for title in ("One", "Two")
    )
    for session in (first, second):
        make.invitation(session, guest.person, at=timezone.now())
    url = reverse("session_detail", args=[first.pk])
    assert "is also invited to “Two”" in as_user(by).get(url).content.decode()
    assert "also invited" not in as_user(guest).get(url).content.decode()
