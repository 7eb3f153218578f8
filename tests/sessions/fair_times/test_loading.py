"""Fair times: what is read from the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from experts.enums import Role
from sessions.domain import fair_data
from sessions.domain.fair_times import Burden
from sessions.enums import Duty
from sessions.models import CopSession, DutyHolder, Room
from tests import factories as make
from tests.sessions.fair_times.world import LONG_AGO, MONDAY, search


def wish(*codes: str, **more) -> fair_data.Wish:
    return fair_data.Wish(
        [make.country(code) for code in codes], search(zone="Europe/Sofia"), **more
    )


@pytest.mark.django_db
def test_the_past_year_is_counted_for_sessions_held_together():
    late = {"clock": time(18, 0), "zone": "Europe/Sofia", "day": date(2026, 11, 26)}
    make.cop_session("BG", "IT", **late)
    make.cop_session("BG", **late)
    long_ago = make.cop_session("BG", "IT", **late)
    CopSession.objects.filter(pk=long_ago.pk).update(
        starts_at=datetime(2025, 1, 9, 16, tzinfo=UTC), ends_at=datetime(2025, 1, 9, 18, tzinfo=UTC)
    )
    found = fair_data.burdens([make.country("BG"), make.country("IT")], at=LONG_AGO)
    # 18:00 to 19:30 in Sofia is 17:00 to 18:30 in Rome: all of it outside 9 to 17 in both.
    assert found == {"BG": Burden(90, 1), "IT": Burden(90, 1)}


@pytest.mark.django_db
def test_it_finds_people_their_sessions_the_room_and_busy_weeks():
    by = make.user(Role.COORDINATOR, "BG")
    expert, other = make.person(code="BG"), make.person(code="IT")
    room = Room.objects.create(name="Blue", country=make.country("BG"))
    session = make.cop_session("BG", by=by, day=MONDAY, title="Taken")
    CopSession.objects.filter(pk=session.pk).update(room=room)
    make.invitation(session, expert)
    DutyHolder.objects.create(session=session, person=by.person, duty=Duty.FACILITATOR)
    make.busy_period("BG", first_day=MONDAY, last_day=MONDAY)
    facts = fair_data.load(wish("BG", "IT", facilitator=by.person, room=room), by=by)
    assert {guest.key for guest in facts.guests} == {expert.pk, other.pk}
    assert {(c.guest, c.coming) for c in facts.commitments} == {
        (expert.pk, False),
        (by.person.pk, True),
    }
    assert facts.room_taken == [(session.starts_at, session.ends_at)]
    assert facts.busy == {"BG": [(MONDAY, MONDAY, "Exam weeks")]}
    assert facts.facilitator == by.person.pk


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_people_and_sessions():
    by = make.user(Role.COORDINATOR, "BG")
    assert by.access.is_member

    wanted = wish("BG", "IT")

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            fair_data.find(wanted, by=by)
        return len(found)

    make.person(code="BG")
    before = count()
    for number in range(3):
        session = make.cop_session("BG", "IT", by=by, day=MONDAY)
        make.invitation(session, make.person(code="IT"))
        make.busy_period("IT", name=f"Exams {number}", first_day=MONDAY, last_day=MONDAY)
    assert count() == before <= 5
