"""Rooms: entered by coordinators, held by one session at a time; workshops of several days."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent
from sessions.domain import planning, rooms
from sessions.domain.cards import cards
from sessions.models import CopSession, Room
from tests import factories as make
from tests.sessions.test_pages import SOON, errors, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)


def onsite(room: Room, **changes: str) -> dict[str, str]:
    """A filled form of a session in a room, with the second rank as a browser sends it."""
    return (
        filled(mode="onsite", online_link="", room=str(room.pk))
        | make.reminder_fields("1d")
        | changes
    )


def test_a_room_that_is_taken_is_said_beside_the_field_and_names_the_other_session(client):
    room = make.room(name="Blue room")
    assert client.post(reverse("session_new"), onsite(room, title="The first")).status_code == 302
    page = client.post(reverse("session_new"), onsite(room, title="The second", clock="11:00"))
    assert page.status_code == 200
    sentence = errors(page)["room"][0]
    assert "Blue room is taken: “The first”" in sentence
    assert "10:00–11:30 Sofia time" in sentence
    assert page.context["form"]["title"].value() == "The second"
    assert CopSession.objects.count() == 1


def test_one_session_begins_when_the_other_ends_and_a_cancelled_one_holds_no_room(coordinator):
    room = make.room()
    first = make.cop_session(by=coordinator, room=room)
    make.cop_session(by=coordinator, room=room, clock=time(11, 30))
    planning.cancel_session(session_id=first.pk, reason="x", by=coordinator, at=make.NOW)
    make.cop_session(by=coordinator, room=room)
    assert CopSession.objects.not_cancelled().filter(room=room).count() == 2


def test_a_move_into_a_taken_time_changes_nothing(coordinator):
    room = make.room()
    make.cop_session(by=coordinator, room=room)
    other = make.cop_session(by=coordinator, room=room, day=date(2026, 11, 27))
    with pytest.raises(rooms.RoomTaken):
        planning.change_session(
            session_id=other.pk, version=1, plan=make.plan(), by=coordinator, at=make.NOW
        )
    other.refresh_from_db()
    assert (other.wall_day, other.version) == (date(2026, 11, 27), 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_into_one_room_at_once_exactly_one_gets_it(coordinator):
    room, plan = make.room(), make.plan()
    together, results = threading.Barrier(2), []

    def run() -> None:
        together.wait()
        try:
            wanted = planning.SessionPlan(**vars(plan) | {"room": room})
            planning.plan_session(plan=wanted, by=coordinator, at=make.NOW)
            results.append("planned")
        except rooms.RoomTaken as error:
            results.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(r == "planned" for r in results) == [False, True]
    assert any("is taken: “First meetings”" in r for r in results)
    assert CopSession.objects.count() == 1


def test_the_room_says_where_unless_somebody_wrote_other_words(coordinator):
    room = make.room(name="Blue room", address="Main street 1")
    session = make.cop_session(by=coordinator, room=room)
    assert session.place == "Blue room, Main street 1"
    own = make.cop_session(by=coordinator, room=room, place="Back door", clock=time(15))
    assert own.place == "Back door"


def test_another_room_is_a_move_that_calendars_hear_of(coordinator):
    session = make.cop_session(by=coordinator, room=make.room())
    plan = planning.SessionPlan(**vars(make.plan()) | {"room": make.room()})
    moved = planning.change_session(
        session_id=session.pk, version=1, plan=plan, by=coordinator, at=make.NOW
    )
    assert moved.sequence == 1


def test_a_room_of_a_country_that_does_not_host_is_refused(client):
    page = client.post(reverse("session_new"), onsite(make.room("IT")))
    assert errors(page)["room"] == ["Choose a room of a host country."]
    assert not CopSession.objects.exists()


def test_more_seats_than_the_room_has_are_refused(client):
    page = client.post(reverse("session_new"), onsite(make.room(seats=8), capacity="9"))
    assert errors(page)["capacity"] == ["The room has 8 seats."]


def test_coordinators_add_rooms_of_their_own_country(client, coordinator):
    own, abroad = coordinator.person.country, make.country("IT")
    data = {"country": own.pk, "name": "Blue room", "address": "", "seats": "12"}
    assert client.post(reverse("room_list"), data).status_code == 302
    assert Room.objects.get().seats == 12
    assert AuditEvent.objects.filter(deed="room added").count() == 1
    again = client.post(reverse("room_list"), data)
    assert errors(again)["name"] == ["This country has a room of this name already."]
    assert client.post(reverse("room_list"), data | {"country": abroad.pk}).status_code == 200
    assert Room.objects.count() == 1
    with pytest.raises(Refused):
        rooms.add_room(
            country=abroad, name="x", address="", seats=None, by=coordinator, at=make.NOW
        )


def test_a_rooms_new_name_is_saved(client):
    room = make.room()
    url = reverse("room_edit", args=[room.pk])
    assert client.post(url, {"name": "Red room", "address": "", "seats": ""}).status_code == 302
    room.refresh_from_db()
    assert (room.name, room.seats) == ("Red room", None)


# --- Workshops -----------------------------------------------------------------------------------


def test_lesson_b15_indico_6867_a_workshop_is_shown_as_a_range_of_days(client, coordinator):
    last = (SOON + timedelta(days=2)).isoformat()
    response = client.post(
        reverse("session_new"), filled(last_day=last) | make.reminder_fields("1d")
    )
    assert response.status_code == 302
    session = CopSession.objects.get()
    assert session.shown_days == (SOON, SOON + timedelta(days=2))
    line = session.when("Europe/Sofia").reader_line()
    assert line.endswith("each day 10:00–11:30")
    page = client.get(reverse("session_detail", args=[session.pk])).content.decode()
    assert line in page
    assert cards([session], coordinator, make.NOW)[0].when_line == line


def test_a_workshop_ends_with_its_last_day_and_keeps_its_length_when_it_is_moved(coordinator):
    session = make.cop_session(by=coordinator, last_day=date(2026, 11, 28))
    assert session.ends_at == datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
    moved = planning.change_session(
        session_id=session.pk,
        version=1,
        plan=make.plan(day=date(2026, 12, 1)),
        by=coordinator,
        at=make.NOW,
    )
    assert (moved.last_day, moved.sequence) == (date(2026, 12, 3), 1)


@pytest.mark.parametrize("days", [-1, 0, 31, 400])
def test_days_that_make_no_workshop_are_refused(coordinator, days):
    with pytest.raises(planning.DaysDoNotFit):
        make.cop_session(by=coordinator, last_day=date(2026, 11, 26) + timedelta(days=days))


@pytest.mark.parametrize(
    ("last_day", "sentence"),
    [
        ((SOON - timedelta(days=1)).isoformat(), "The last day lies before the first."),
        ((SOON + timedelta(days=90)).isoformat(), "within 31 days"),
        ("9999-01-01", "between the years"),
    ],
)
def test_a_wrong_last_day_is_said_beside_the_field(client, last_day, sentence):
    page = client.post(
        reverse("session_new"), filled(last_day=last_day) | make.reminder_fields("1d")
    )
    assert sentence in errors(page)["last_day"][0]
    assert not CopSession.objects.exists()
