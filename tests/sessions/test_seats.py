"""Seats: taken in order, offered in order, never more than there are."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from experts.domain import outbox, sender
from experts.enums import Role
from experts.models import Message
from sessions.domain import invitations, notices, seat_limits, seats
from sessions.enums import Answer, AnsweredBy, Seat
from sessions.models import CopSession, Invitation
from tests import factories as make
from tests.sessions.seating import full_house, guests, limit, say, stands

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told(invitation: Invitation) -> list[str]:
    rows = Message.objects.filter(kind=notices.SEAT, object_id=invitation.pk).order_by("pk")
    return [m.payload["seat"] for m in rows]


def test_without_a_limit_a_yes_needs_no_seat():
    session = make.cop_session()
    (guest,) = guests(session, 1)
    assert say(guest, Answer.YES).seat == Seat.NONE


def test_lesson_43_indico_3036_and_5243_who_comes_after_the_last_seat_waits_in_order():
    session = full_house(2)
    for guest in guests(session, 4):
        say(guest, Answer.YES)
    assert stands(session) == ["seated", "seated", "waiting", "waiting"]
    waiting = session.invitations.filter(seat=Seat.WAITING).order_by("pk")
    assert [seats.place_of(i) for i in waiting] == [1, 2]


def test_a_maybe_takes_no_seat_and_a_yes_after_it_does():
    session = full_house(1)
    first, second = guests(session, 2)
    say(first, Answer.MAYBE)
    say(second, Answer.YES)
    assert stands(session) == ["", "seated"]
    assert say(first, Answer.YES).seat == Seat.WAITING


@pytest.mark.parametrize("taken_back", [Answer.NO, Answer.MAYBE])
def test_a_seat_given_back_is_offered_to_the_first_in_line_by_mail(taken_back):
    session = full_house(1)
    first, second, third = guests(session, 3)
    for guest in (first, second, third):
        say(guest, Answer.YES)
    say(first, taken_back)
    second.refresh_from_db()
    assert stands(session) == ["", "offered", "waiting"]
    assert second.offer_until == make.NOW + 24 * HOUR
    assert (told(second), told(third)) == (["offered"], [])


def test_a_yes_in_time_takes_the_offered_seat_and_says_so_once_more_harmlessly():
    session = full_house(1)
    first, second = guests(session, 2)
    for guest in (first, second):
        say(guest, Answer.YES)
    say(first, Answer.NO)
    assert say(second, Answer.YES, at=make.NOW + 23 * HOUR).seat == Seat.SEATED
    assert say(second, Answer.YES, at=make.NOW + 24 * HOUR).seat == Seat.SEATED


def test_an_offer_that_ran_out_goes_to_the_next_and_a_late_or_second_tick_is_harmless():
    session = full_house(1)
    first, second, third = guests(session, 3)
    for guest in (first, second, third):
        say(guest, Answer.YES)
    say(first, Answer.NO)
    late = make.NOW + 30 * HOUR
    assert seat_limits.pass_on(at=late) == {"sessions": 1, "told": 1}
    assert seat_limits.pass_on(at=late) == {"sessions": 0, "told": 0}
    third.refresh_from_db()
    assert third.offer_runs(late)
    assert told(third) == ["offered"]
    # Who let the offer go joins the end of the line.
    assert say(second, Answer.YES, at=late).seat == Seat.WAITING


def test_the_tick_command_passes_offers_on(capsys):
    session = full_house(1)
    first, second, third = guests(session, 3)
    for guest in (first, second, third):
        say(guest, Answer.YES)
    say(first, Answer.NO)
    call_command("tick", at="2026-11-25T10:00Z")
    assert '"offers of seats": {"sessions": 1, "told": 1}' in capsys.readouterr().out


def test_nobody_jumps_the_line_while_an_offer_runs():
    session = full_house(1)
    first, second, newcomer = guests(session, 3)
    for guest in (first, second):
        say(guest, Answer.YES)
    say(first, Answer.NO)
    assert say(newcomer, Answer.YES).seat == Seat.WAITING
    # Not even at the instant at which the offer ends, before any tick.
    (late,) = guests(session, 1)
    assert say(late, Answer.YES, at=make.NOW + 24 * HOUR).seat == Seat.WAITING
    newcomer.refresh_from_db()
    assert newcomer.seat == Seat.OFFERED


def test_an_offer_ends_two_hours_before_the_start_and_then_seats_are_simply_given():
    session = full_house(1)
    first, second, third = guests(session, 3)
    for guest in (first, second, third):
        say(guest, Answer.YES)
    say(first, Answer.NO, at=session.starts_at - 5 * HOUR)
    second.refresh_from_db()
    assert second.offer_until == session.starts_at - 2 * HOUR
    seat_limits.pass_on(at=session.starts_at - 2 * HOUR)
    third.refresh_from_db()
    assert third.seat == Seat.SEATED
    assert told(third) == ["seated"]


def test_more_seats_are_offered_in_order_and_no_limit_seats_everybody():
    session = full_house(1)
    for guest in guests(session, 4):
        say(guest, Answer.YES)
    limit(session, 2)
    assert stands(session) == ["seated", "offered", "waiting", "waiting"]
    limit(session, None)
    assert stands(session) == ["seated", "offered", "seated", "seated"]


def test_nobody_loses_a_seat_by_a_smaller_number():
    session = full_house(3)
    for guest in guests(session, 3):
        say(guest, Answer.YES)
    with pytest.raises(seat_limits.TooFewSeats, match="3 people have a seat already"):
        limit(session, 2)
    with pytest.raises(seat_limits.TooFewSeats, match="3 people of Bulgaria"):
        limit(session, 3, BG=2)
    session.refresh_from_db()
    assert (session.capacity, session.country_seats.count()) == (3, 0)


def test_a_yes_from_before_seats_were_counted_keeps_its_seat():
    session = make.cop_session()
    for guest in guests(session, 3):
        say(guest, Answer.YES)
    with pytest.raises(seat_limits.TooFewSeats):
        limit(session, 2)
    limit(session, 3)
    assert stands(session) == ["seated"] * 3
    assert not Message.objects.filter(kind=notices.SEAT).exists()


def test_a_countrys_limit_keeps_its_guests_waiting_and_lets_others_pass():
    session = full_house(3, "EL", EL=1)
    greeks, (bulgarian,) = guests(session, 2, "EL"), guests(session, 1)
    for guest in (*greeks, bulgarian):
        say(guest, Answer.YES)
    assert stands(session) == ["seated", "waiting", "seated"]
    # A Bulgarian seat becomes free: the Greek who waits does not fit, and keeps the place.
    say(bulgarian, Answer.NO)
    assert stands(session) == ["seated", "waiting", ""]
    say(greeks[0], Answer.NO)
    assert stands(session) == ["", "offered", ""]


def test_only_those_who_run_the_session_change_its_seats():
    session = make.cop_session("BG")
    for by in (make.user(Role.COORDINATOR, "IT"), make.user(Role.EXPERT, "BG")):
        with pytest.raises(Refused):
            seat_limits.change_seats(
                session_id=session.pk, capacity=1, by_country={}, by=by, at=make.NOW
            )


def test_a_seat_moves_or_nothing_does(monkeypatch):
    session = full_house(1)
    first, second = guests(session, 2)
    for guest in (first, second):
        say(guest, Answer.YES)

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(outbox, "plan_many", fail)
    with pytest.raises(RuntimeError):
        say(first, Answer.NO)
    assert stands(session) == ["seated", "waiting"]


def test_calendar_case_32_an_answer_to_an_older_state_is_kept_and_takes_no_seat():
    session = full_house(1)
    (guest,) = guests(session, 1)
    CopSession.objects.filter(pk=session.pk).update(sequence=2)
    found = invitations._answer(guest.pk, Answer.YES, "", AnsweredBy.MAIL, make.NOW, sequence=1)
    assert (found.answer, found.answered_sequence, found.seat) == (Answer.YES, 1, Seat.NONE)
    seat_limits.pass_on(at=make.NOW)
    assert stands(session) == [""]


def test_a_reply_by_mail_that_finds_no_seat_is_told_by_mail():
    session = full_house(1)
    first, second = guests(session, 2)
    for guest in (first, second):
        invitations._answer(guest.pk, Answer.YES, "", AnsweredBy.MAIL, make.NOW)
    assert (told(first), told(second)) == ([], ["waiting"])


def test_who_waits_is_not_reminded_as_if_there_were_a_seat(mailoutbox):
    session = full_house(1)
    first, second = guests(session, 2)
    for guest in (first, second):
        say(guest, Answer.YES)
    sender.send_due(at=session.starts_at - 24 * HOUR)
    reminded = [m.to[0] for m in mailoutbox if m.subject.startswith("Reminder")]
    assert reminded == [first.person.email]


def test_the_offer_comes_by_mail_with_the_same_link_and_its_end_on_the_readers_clock(mailoutbox):
    session = full_house(1, "IT")
    (first,), (second,) = guests(session, 1), guests(session, 1, "IT")
    for guest in (first, second):
        say(guest, Answer.YES)
    say(first, Answer.NO)
    sender.send_due(at=make.NOW)
    (mail,) = [m for m in mailoutbox if m.subject.startswith("A seat is free for you")]
    assert mail.to == [second.person.email]
    assert "until Wed 25 Nov 2026, 10:00" in mail.body
    assert invitations.link_token(second) in mail.body


def test_an_offer_that_ran_out_before_its_mail_went_is_not_mailed(mailoutbox):
    session = full_house(1)
    first, second = guests(session, 2)
    for guest in (first, second):
        say(guest, Answer.YES)
    say(first, Answer.NO)
    sender.send_due(at=make.NOW + 25 * HOUR)
    assert [m for m in mailoutbox if m.subject.startswith("A seat is free")] == []


def test_the_guests_page_says_what_happened_to_the_seat(client):
    now = timezone.now()
    session = make.cop_session(at=now, day=(now + timedelta(days=20)).date())
    limit(session, 1, at=now)
    first, second = guests(session, 2)
    say(first, Answer.YES, at=now)
    url = reverse("session_answer", args=[invitations.link_token(second)])
    assert "Will you take part?" in client.get(url).content.decode()
    say(second, Answer.YES, at=now)
    assert "You are number 1 on the waiting list" in client.get(url).content.decode()
    assert "رقمك 1 في قائمة الانتظار" in client.get(f"{url}?lang=ar").content.decode()


def test_today_asks_about_a_seat_that_is_offered(as_user):
    now = timezone.now()
    session = make.cop_session(at=now, day=(now + timedelta(days=20)).date())
    limit(session, 1, at=now)
    (first,), person = guests(session, 1), make.person()
    second = make.invitation(session, person)
    for guest in (first, second):
        say(guest, Answer.YES, at=now)
    say(first, Answer.NO, at=now)
    page = as_user(person.user).get("/").content.decode()
    assert "A seat is free for you: First meetings" in page
    as_user(person.user).post(reverse("invitation_answer", args=[second.pk]), {"answer": "yes"})
    second.refresh_from_db()
    assert second.seat == Seat.SEATED


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["yes", "maybe", "no", "seats", "wait"]),
        st.integers(0, 5),
        st.integers(0, 4),
    ),
    max_size=14,
)


@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=DEEDS)
def test_whatever_happens_seats_suffice_and_the_order_is_kept(deeds, django_db_blocker):
    from django.db import transaction

    with transaction.atomic():
        session = full_house(2, "EL", EL=1)
        asked = [*guests(session, 4), *guests(session, 2, "EL")]
        at = make.NOW
        for step, (deed, who, number) in enumerate(deeds):
            at += timedelta(minutes=1)
            if deed == "wait":
                at += number * 6 * HOUR
                if at >= session.starts_at:
                    break
                seat_limits.pass_on(at=at)
            elif deed == "seats":
                with suppress(seat_limits.TooFewSeats):
                    limit(session, number or None, at=at, EL=1)
            elif at < session.starts_at:
                say(asked[who], Answer(deed), at=at)
            _assert_holds(session, at, step)
        transaction.set_rollback(True)


def _assert_holds(session: CopSession, at, step: int) -> None:
    session.refresh_from_db()
    limits = seats.limits_of(session, at)
    if session.capacity is not None:
        assert limits.held.total() <= session.capacity, step
    greece = make.country("EL").pk
    assert limits.held[greece] <= 1, step
    line = list(
        session.invitations.filter(seat=Seat.WAITING)
        .select_related("person")
        .order_by("waiting_since", "pk")
    )
    # Nobody waits while there is a seat for that person, and the line is ordered by arrival.
    assert not any(limits.fits(i.person.country_id) for i in line), step
    assert all(a.waiting_since <= b.waiting_since for a, b in pairwise(line)), step


def test_an_invitation_taken_back_frees_its_seat_for_the_next_in_line():
    session = full_house(1)
    first, second = guests(session, 2)
    for guest in (first, second):
        say(guest, Answer.YES)
    invitations.take_back(invitation_id=first.pk, by=session.planned_by.user, at=make.NOW)
    assert stands(session) == ["offered"]
    second.refresh_from_db()
    assert told(second) == ["offered"]
