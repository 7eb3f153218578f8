"""Many hands at the same moment, with real threads and connections on PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from experts.domain import sender
from experts.enums import Role
from experts.models import Message
from sessions.domain import invitations, notices, planning, seat_limits
from sessions.enums import Answer, Seat
from sessions.models import CopSession, Invitation
from tests import factories as make
from tests.sessions.seating import full_house, guests, say
from tests.sessions.test_pages import filled

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deeds: list[Callable[[], object]]) -> list[object]:
    """Runs every deed in a thread of its own, all let go together; what each gave or raised."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=60)
            return deed()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def saying(invitation: Invitation, answer: Answer) -> Callable[[], object]:
    return lambda: say(invitation, answer)


def test_security_39_fifty_say_yes_to_the_last_seat_and_one_has_it_the_rest_wait_in_order():
    session = full_house(1)
    results = at_once([saying(guest, Answer.YES) for guest in guests(session, 50)])
    assert [r for r in results if isinstance(r, Exception)] == []
    assert session.invitations.filter(seat=Seat.SEATED).count() == 1
    line = list(session.invitations.filter(seat=Seat.WAITING).order_by("waiting_since", "pk"))
    assert len(line) == 49
    # The line is a line: whoever lets the seat go, the first in it is the next.
    say(session.invitations.get(seat=Seat.SEATED), Answer.NO)
    assert session.invitations.get(seat=Seat.OFFERED) == line[0]


def test_lesson_44_talawa_api_3569_and_hi_events_1072_capacity_5_and_50_at_once_seat_exactly_5():
    session = full_house(5)
    at_once([saying(guest, Answer.YES) for guest in guests(session, 50)])
    seats = list(session.invitations.values_list("seat", flat=True))
    assert (seats.count(Seat.SEATED), seats.count(Seat.WAITING)) == (5, 45)


def test_a_seat_given_back_twice_at_once_is_offered_to_two_people():
    session = full_house(2)
    asked = guests(session, 6)
    for guest in asked:
        say(guest, Answer.YES)
    at_once([saying(asked[0], Answer.NO), saying(asked[1], Answer.NO)])
    offered = session.invitations.filter(seat=Seat.OFFERED).order_by("pk")
    assert list(offered) == asked[2:4]


def test_two_ticks_at_once_pass_an_offer_on_once():
    session = full_house(1)
    asked = guests(session, 4)
    for guest in asked:
        say(guest, Answer.YES)
    say(asked[0], Answer.NO)
    late = make.NOW + timedelta(hours=25)
    at_once([lambda: seat_limits.pass_on(at=late)] * 2)
    assert Message.objects.filter(kind=notices.SEAT, created_at=late).count() == 1
    assert session.invitations.filter(seat=Seat.OFFERED, offer_until__gt=late).count() == 1


def test_security_39_an_answer_during_the_cancellation_is_in_or_refused():
    session = make.cop_session()
    by, asked = session.planned_by.user, guests(session, 10)

    def cancel() -> object:
        return planning.cancel_session(session_id=session.pk, reason="Flood", by=by, at=make.NOW)

    deeds = [saying(guest, Answer.NO) for guest in asked]
    results = at_once([*deeds[:5], cancel, *deeds[5:]])
    refused = [r for r in results if isinstance(r, invitations.TooLate)]
    kept = session.invitations.filter(answer=Answer.NO).count()
    assert kept + len(refused) == 10
    # Who said no in time hears nothing; everybody else is told, nobody twice.
    told = Message.objects.planned().filter(kind=notices.CANCELLATION).count()
    assert told == len(refused)


def test_security_39_a_form_sent_twice_at_once_plans_one_session():
    by, once = make.user(Role.COORDINATOR), uuid.uuid4()

    def send() -> object:
        return planning.plan_session(plan=make.plan(), by=by, at=make.NOW, once=once)

    first, second, third = at_once([send] * 3)
    assert CopSession.objects.count() == 1
    assert first == second == third


def test_security_39_the_page_sent_twice_leads_to_the_same_session(as_user):
    coordinator = make.user(Role.COORDINATOR, "BG")
    client = as_user(coordinator)
    shown = client.get(reverse("session_new"))
    once = str(shown.context["once"]["once"].value())
    first, second = (client.post(reverse("session_new"), filled(once=once)) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert CopSession.objects.count() == 1
    # A name that is not one, and somebody else's name, plan a session of their own.
    client.post(reverse("session_new"), filled(once="<b>"))
    as_user(make.user(Role.COORDINATOR, "BG")).post(reverse("session_new"), filled(once=once))
    assert CopSession.objects.count() == 3


def test_security_39_the_form_keeps_its_name_while_it_is_corrected(as_user):
    client, once = as_user(make.user(Role.COORDINATOR, "BG")), str(uuid.uuid4())
    page = client.post(reverse("session_new"), filled(title="", once=once))
    assert f'name="once" value="{once}"' in page.content.decode()


def test_security_39_people_invited_twice_at_once_are_asked_and_mailed_once():
    session, people = make.cop_session(), [make.person() for _ in range(5)]
    by = session.planned_by.user

    def send() -> object:
        return invitations.invite(session_id=session.pk, people=people, by=by, at=make.NOW)

    assert sorted(at_once([send] * 3)) == [0, 0, 5]
    assert session.invitations.count() == 5
    assert Message.objects.filter(kind=notices.INVITATION).count() == 5


def test_security_39_two_editors_meet_on_a_page_with_both_texts_of_every_field(as_user):
    coordinator = make.user(Role.COORDINATOR, "BG")
    soon = (timezone.now() + timedelta(days=20)).date()
    session = make.cop_session(by=coordinator, at=timezone.now(), day=soon)
    client, url = as_user(coordinator), reverse("session_edit", args=[session.pk])
    material, italy = make.material("BG"), make.cop(make.country("IT"))
    theirs = filled(version="1", title="Their title")
    assert client.post(url, theirs).status_code == 302
    mine = filled(
        version="1",
        title="My title",
        purpose="My words",
        materials=str(material.pk),
        host_cops=[str(make.cop(make.country("BG")).pk), str(italy.pk)],
        **{"steps-0-title": "My step"},
    )
    page = client.post(url, mine)
    assert page.status_code == 409
    rows = {row.label: (row.theirs, row.yours) for row in page.context["rows"]}
    assert rows["Title"] == ("Their title", "My title")
    assert rows["What for"] == ("", "My words")
    assert rows["Materials on the table"] == ("", str(material))
    assert rows["Host communities"] == ("CoP Bulgaria", "CoP Bulgaria\nCoP Italy")
    assert rows["Agenda"][1] == "My step, 30 minutes\nOne method, 60 minutes"
    session.refresh_from_db()
    assert session.title == "Their title"
    # "Save what I typed" carries everything on.
    kept: dict[str, list[str]] = {}
    for name, value in page.context["kept"]:
        kept.setdefault(name, []).append(value)
    assert client.post(url, kept | {"version": "2"}).status_code == 302
    session.refresh_from_db()
    assert session.title == "My title"
    assert session.host_cops.count() == 2
    assert session.steps.first().title == "My step"


def test_security_39_two_editors_at_once_one_saves_and_one_is_told():
    session = make.cop_session()
    by = session.planned_by.user

    def edit(title: str) -> Callable[[], object]:
        plan = replace(make.plan(), title=title)
        return lambda: planning.change_session(
            session_id=session.pk, version=1, plan=plan, by=by, at=make.NOW
        )

    results = at_once([edit("One"), edit("Two")])
    assert sum(isinstance(r, planning.EditedMeanwhile) for r in results) == 1
    session.refresh_from_db()
    assert session.version == 2


def _events(sink) -> list:
    parts = [
        part
        for mail in sink.mails
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]
    return [Calendar.from_ical(part.get_content()).walk("VEVENT")[0] for part in parts]


def test_security_38_a_move_between_planning_and_sending_leaves_no_outdated_mail(sink):
    session, guest = make.cop_session(), make.person()
    make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    for day in (1, 2):
        session = planning.change_session(
            session_id=session.pk,
            version=session.version,
            plan=replace(make.plan(), day=date(2026, 12, day)),
            by=session.planned_by.user,
            at=make.NOW,
        )
    sender.send_due(at=make.NOW)
    first, update = _events(sink)
    assert update["UID"] == first["UID"]
    assert (first["SEQUENCE"], update["SEQUENCE"]) == (0, 2)
    assert update["DTSTART"].dt.day == 2


def test_security_38_a_cancellation_before_the_update_went_sends_the_cancellation_alone(sink):
    session, guest = make.cop_session(), make.person()
    make.invitation(session, guest)
    sender.send_due(at=make.NOW)
    by = session.planned_by.user
    moved = planning.change_session(
        session_id=session.pk,
        version=1,
        plan=replace(make.plan(), day=date(2026, 12, 1)),
        by=by,
        at=make.NOW,
    )
    planning.cancel_session(session_id=moved.pk, reason="Flood", by=by, at=make.NOW)
    sender.send_due(at=make.NOW)
    first, cancelled = _events(sink)
    assert cancelled["UID"] == first["UID"]
    assert (cancelled["STATUS"], cancelled["SEQUENCE"]) == ("CANCELLED", 2)
    assert len(sink.mails) == 2
