"""Reminding, and closing: the winner becomes a session."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import message_kinds, sender
from experts.models import Message
from sessions.domain import poll_closing, polls
from sessions.domain.calendar_text import message as calendar_text
from sessions.enums import AskedThrough
from sessions.models import CopSession, Invitation
from tests import factories as make
from tests.sessions.polls.world import NOW, link, running, slot_ids, vote

ONLINE = {"mode": "online", "online_link": "https://meet.example.org/x"}


def winner(slot_id: int) -> poll_closing.Winner:
    return poll_closing.Winner(slot_id=slot_id, **ONLINE)


@pytest.mark.django_db
def test_lesson_b31_newdle_498_who_has_not_voted_is_nudged_with_their_own_link():
    anna, bert = make.person(), make.person()
    poll = make.poll(voters=[anna, bert])
    vote(poll, anna, "yes")
    assert polls.nudge(poll_id=poll.pk, by=poll.created_by.user, at=NOW) == 1
    message = Message.objects.get(kind=polls.NUDGE)
    assert message.person == bert
    kind = message_kinds.get(polls.NUDGE)
    mail = kind.render(message, kind.load([message])[message.pk], NOW)
    assert link(poll, bert) in mail.text
    assert link(poll, anna) not in mail.text + mail.html


@pytest.mark.django_db
def test_nobody_is_nudged_twice_within_a_day():
    poll = make.poll(voters=[make.person()])
    by = poll.created_by.user
    hours = [0, 1, 23, 24, 47, 48]
    counts = [polls.nudge(poll_id=poll.pk, by=by, at=NOW + timedelta(hours=h)) for h in hours]
    assert counts == [1, 0, 0, 1, 0, 1]
    assert Message.objects.filter(kind=polls.NUDGE).count() == 3


@pytest.mark.django_db
def test_a_nudge_is_dropped_when_the_vote_comes_first(sink):
    anna = make.person()
    poll = make.poll(voters=[anna])
    polls.nudge(poll_id=poll.pk, by=poll.created_by.user, at=NOW)
    vote(poll, anna, "yes")
    drained = sender.send_due(at=NOW)
    assert (drained.sent, drained.withdrawn) == (0, 2)


@pytest.mark.django_db
def test_lesson_b31_newdle_436_the_best_time_stands_first(as_user):
    poll, people = running()
    now = timezone.now()
    for person in people:
        vote(poll, person, "no", "if_needed", "yes", at=now)
    page = as_user(poll.created_by.user).get(reverse("poll_detail", args=[poll.pk]))
    shown = [line.pk for line in page.context["page"].lines]
    assert shown == list(reversed(slot_ids(poll)))


@pytest.mark.django_db
def test_lesson_b29_loomio_4495_closing_plans_the_session_and_invites_every_voter():
    people = [make.person() for _ in range(4)]
    poll = make.poll(voters=people)
    for person, said in zip(people, ["no", "if_needed", "yes", ""], strict=True):
        vote(poll, person, said) if said else None
    session = poll_closing.close(
        poll_id=poll.pk, winner=winner(slot_ids(poll)[0]), by=poll.created_by.user, at=NOW
    )
    poll.refresh_from_db()
    assert poll.session == session
    assert (session.title, session.kind, session.minutes) == (poll.title, poll.kind, 90)
    assert sum(step.minutes for step in session.steps.all()) == 90
    invited = list(session.invitations.order_by("pk").values_list("person_id", flat=True))
    assert invited == [people[n].pk for n in (2, 1, 3, 0)]
    assert set(session.invitations.values_list("asked_through", flat=True)) == {AskedThrough.POLL}
    assert Message.objects.filter(kind="session_invitation").count() == 4


@pytest.mark.django_db
def test_closing_twice_is_closing_once():
    poll = make.poll(voters=[make.person()])
    first, second, _third = slot_ids(poll)
    by = poll.created_by.user
    one = poll_closing.close(poll_id=poll.pk, winner=winner(first), by=by, at=NOW)
    two = poll_closing.close(poll_id=poll.pk, winner=winner(second), by=by, at=NOW)
    assert one == two
    assert CopSession.objects.count() == Invitation.objects.count() == 1
    poll_closing.end_without_session(poll_id=poll.pk, by=by, at=NOW)
    assert not Message.objects.filter(kind=polls.CLOSED).exists()


@pytest.mark.django_db
def test_closing_takes_back_the_mails_that_still_ask_for_a_vote():
    poll = make.poll(voters=[make.person()])
    by = poll.created_by.user
    polls.nudge(poll_id=poll.pk, by=by, at=NOW)
    poll_closing.close(poll_id=poll.pk, winner=winner(slot_ids(poll)[0]), by=by, at=NOW)
    kinds = [polls.INVITATION, polls.NUDGE]
    assert not Message.objects.planned().filter(kind__in=kinds).exists()
    with pytest.raises(polls.PollClosed):
        polls.nudge(poll_id=poll.pk, by=by, at=NOW)


@pytest.mark.django_db
def test_lesson_b25_rallly_1789_poll_page_and_calendar_say_the_same_instant():
    anna = make.person(zone="Europe/Lisbon")
    poll = make.poll(voters=[anna], slots=((date(2027, 3, 29), time(10)),) * 1)
    slot = poll.slots.get()
    session = poll_closing.close(
        poll_id=poll.pk, winner=winner(slot.pk), by=poll.created_by.user, at=NOW
    )
    text = calendar_text(Invitation.objects.get(), method="REQUEST", page="https://x.example/")
    assert session.starts_at == slot.starts_at == datetime(2027, 3, 29, 7, tzinfo=UTC)
    assert "DTSTART;TZID=Europe/Sofia:20270329T100000" in text.replace("\r\n ", "")
    assert to_wall(session.starts_at, poll.zone) == session.wall_start


@pytest.mark.django_db(transaction=True)
def test_a_session_that_cannot_be_planned_leaves_the_poll_open(monkeypatch):
    poll = make.poll(voters=[make.person()])

    def broken(**_more):
        raise NotPossible("no")

    monkeypatch.setattr("sessions.domain.poll_closing.invitations.invite", broken)
    with pytest.raises(NotPossible):
        poll_closing.close(
            poll_id=poll.pk, winner=winner(slot_ids(poll)[0]), by=poll.created_by.user, at=NOW
        )
    poll.refresh_from_db()
    assert poll.closed_at is None
    assert not CopSession.objects.exists()


@pytest.mark.django_db
def test_the_closing_page_plans_in_one_step_and_keeps_what_was_typed(as_user):
    poll, people = running()
    vote(poll, people[0], "", "", "yes", at=timezone.now())
    client, url = as_user(poll.created_by.user), reverse("poll_close", args=[poll.pk])
    best = slot_ids(poll)[2]
    assert client.get(url).context["form"]["slot"].value() == best
    for changes, field in (
        ({"online_link": ""}, "online_link"),
        ({"mode": "onsite"}, "place"),
        ({"slot": "999999"}, "slot"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
    ):
        page = client.post(url, {"slot": best, **ONLINE, "place": ""} | changes)
        assert field in page.context["form"].errors
        assert not CopSession.objects.exists()
    page = client.post(url, {"slot": best, **ONLINE})
    session = CopSession.objects.get()
    assert page.url == session.get_absolute_url()
    assert session.invitations.count() == 3


@pytest.mark.django_db
def test_lesson_b30_loomio_8795_the_outcome_stands_beside_the_scores(as_user):
    poll, people = running()
    vote(poll, people[0], "yes", at=timezone.now())
    client = as_user(poll.created_by.user)
    closing = client.get(reverse("poll_close", args=[poll.pk])).content.decode()
    assert "1 yes, 0 if needed, 0 no, 2 silent" in closing
    client.post(reverse("poll_close", args=[poll.pk]), {"slot": slot_ids(poll)[0], **ONLINE})
    page = client.get(reverse("poll_detail", args=[poll.pk]))
    assert page.context["page"].lines[0].is_winner
    assert "1 yes, 0 if needed, 0 no, 2 silent" in page.content.decode()
    assert CopSession.objects.get().get_absolute_url() in page.content.decode()


@pytest.mark.django_db
def test_a_poll_without_a_session_tells_everybody_once(as_user):
    poll, _people = running()
    client = as_user(poll.created_by.user)
    for _twice in range(2):
        client.post(reverse("poll_end", args=[poll.pk]))
    assert Message.objects.filter(kind=polls.CLOSED).count() == 3
    message = Message.objects.filter(kind=polls.CLOSED).first()
    kind = message_kinds.get(polls.CLOSED)
    assert kind.still_true(message, kind.load([message])[message.pk], timezone.now())
    assert (
        "no session comes of it" in kind.render(message, kind.load([message])[message.pk], NOW).text
    )
