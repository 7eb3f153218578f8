"""The mails about a session in the order of time, and who will get what before a deed."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from experts.enums import Cadence, Channel, Role, Suppressed, Topic
from experts.models import Message, MessagePreference, SendingPause, SuppressedAddress
from sessions.domain import mail_timeline, notices, who_gets_what
from sessions.enums import Answer
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make.cop_session(by=make.user(Role.COORDINATOR))


@pytest.fixture
def client(as_user, session):
    return as_user(session.planned_by.user)


def guests(session, n: int):
    return [make.invitation(session, make.person()) for _ in range(n)]


def said(preview) -> list[str]:
    return [line.sentence for line in preview.lines]


def test_a_line_says_how_many_got_it_how_many_came_back_and_how_many_answered(session):
    first, second, _third = guests(session, 3)
    asked = Message.objects.filter(kind=notices.INVITATION)
    asked.update(state="sent", sent_at=make.NOW)
    asked.filter(object_id=first.pk).update(state="bounced", bounced_at=make.NOW)
    asked.filter(object_id=second.pk).update(answered_at=make.NOW)
    lines = mail_timeline.build(session)
    assert [(line.label, line.sentence, line.is_next) for line in lines] == [
        ("Invitation to a session", "sent to 3, 1 came back, 1 answered since", False),
        ("Reminder, 1 day before", "planned for 3", True),
    ]


def test_what_was_taken_back_before_anybody_got_it_is_left_out(session):
    guests(session, 1)
    Message.objects.filter(kind=notices.REMINDER).update(state="withdrawn")
    assert [line.kind for line in mail_timeline.build(session)] == [notices.INVITATION]


def test_the_timeline_costs_the_same_for_one_guest_and_three(
    client, session, django_assert_num_queries
):
    guests(session, 1)
    url = reverse("session_mails", args=[session.pk])
    client.get(url)
    with django_assert_num_queries(7):
        client.get(url)
    guests(session, 2)
    with django_assert_num_queries(7):
        client.get(url)


def test_the_page_of_the_session_fetches_its_mails_later(client, session):
    guests(session, 1)
    text = client.get(session.get_absolute_url()).content.decode()
    url = reverse("session_mails", args=[session.pk])
    assert f'hx-get="{url}"' in text
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f"{reverse('message_list')}?session={session.pk}" in part


def test_guests_do_not_see_the_mails_of_a_session(as_user, session):
    guest = as_user(make.user(Role.EXPERT))
    assert guest.get(reverse("session_mails", args=[session.pk])).status_code == 403
    abroad = as_user(make.user(Role.COORDINATOR, "IT"))
    assert abroad.get(reverse("session_mails", args=[session.pk])).status_code == 404


def test_before_a_move_it_says_who_is_told_and_who_is_not_and_why(session):
    first, second, third = guests(session, 3)
    second.answer, second.answered_at = Answer.NO, make.NOW
    second.save()
    SuppressedAddress.objects.create(
        email=third.person.email, since=make.NOW, why=Suppressed.BOUNCE
    )
    preview = who_gets_what.before_moving(session, at=make.NOW)
    assert said(preview) == [
        "1 person gets “New time or place” now.",
        "1 person gets nothing: mails to the address come back.",
        "1 person gets nothing: declined.",
    ]
    assert (preview.told, preview.lines[0].names) == (1, (first.person.name,))


def test_a_deed_at_night_says_now_and_a_topic_switched_off_is_read_on_the_platform(session):
    _first, second = guests(session, 2)
    MessagePreference.objects.create(
        person=second.person, topic=Topic.CHANGES, channel=Channel.MAIL, cadence=Cadence.OFF
    )
    preview = who_gets_what.before_cancelling(session, at=make.NOW.replace(hour=22))
    assert said(preview) == [
        "1 person gets “Cancellation” now.",
        "1 person wants no mail of this topic and sees it on the platform.",
    ]


def test_a_reminder_to_vote_at_night_waits_for_the_morning_of_each_clock(session):
    people = [make.person(), make.person(code="ES")]
    poll = make.poll(voters=people)
    Message.objects.all().delete()
    preview = who_gets_what.before_nudging(poll, at=make.NOW.replace(hour=22))
    assert said(preview) == ["2 people get it at 08:00 on their own clocks."]


def test_the_preview_costs_the_same_for_one_guest_and_three(session, django_assert_num_queries):
    guests(session, 1)
    with django_assert_num_queries(5):
        who_gets_what.before_moving(session, at=make.NOW)
    guests(session, 2)
    with django_assert_num_queries(5):
        who_gets_what.before_moving(session, at=make.NOW)


def test_the_preview_says_that_sending_is_paused(session):
    SendingPause.objects.create(since=make.NOW, reason="person")
    assert who_gets_what.before_moving(session, at=make.NOW).paused


def test_asking_who_will_get_what_invites_nobody(client, session):
    person = make.person()
    session = make.cop_session(by=session.planned_by.user, day=date(2035, 11, 26))
    url = reverse("session_invite", args=[session.pk])
    answer = client.post(url, {"people": [person.pk], "show": "1"})
    assert "1 person gets “Invitation to a session” now." in answer.content.decode()
    assert not session.invitations.exists()
    client.post(url, {"people": [person.pk]})
    assert session.invitations.count() == 1


def test_the_page_that_cancels_says_who_is_told(client, session):
    guests(session, 2)
    text = client.get(reverse("session_cancel", args=[session.pk])).content.decode()
    assert "2 people get “Cancellation” now." in text


def test_asking_who_is_reminded_to_vote_reminds_nobody(client, session):
    poll = make.poll(voters=[make.person()], by=session.planned_by.user)
    url = reverse("poll_nudge", args=[poll.pk])
    before = Message.objects.count()
    assert client.post(url, {"show": "1"}).status_code == 200
    assert Message.objects.count() == before
    client.post(url)
    assert Message.objects.count() == before + 1
