"""The weekly digest: one a week and person, only what concerns them, none where nothing does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cop_platform.common import periodic
from experts.domain import preferences, sender
from experts.enums import Channel, MessageState
from experts.models import Charter, Message, Topic
from practices.domain.talk import week, week_mails
from practices.models import Follow, Question
from tests import factories as make
from tests.practices import world
from tests.practices.talk.saying import account, released, say

pytestmark = pytest.mark.django_db
# A Monday; 07:00 UTC is 09:00 in Sofia and 08:00 in Rome.
MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)
SINCE, UNTIL = (datetime(2026, 11, day, tzinfo=UTC) for day in (23, 30))
DAY = SINCE.date() + timedelta(days=1)


def topic(name: str, code: str) -> Topic:
    charter, _new = Charter.objects.get_or_create(
        cop=make.cop(make.country(code)),
        version=1,
        defaults={"domain": "Learning", "purpose": "Learn", "adopted_on": DAY},
    )
    return Topic.objects.create(charter=charter, name=name)


def of(person) -> week.Week:
    return week.of([account(person).person], SINCE, UNTIL)[person.pk]


def titles(lines) -> list[str]:
    return [line.title for line in lines]


def digests():
    return Message.objects.filter(kind=week_mails.KIND)


def news(code: str = "BG", **more):
    return world.question(code, checked_at=SINCE + timedelta(days=1), **more)


def test_new_things_of_the_own_country_concern_a_person():
    reader = world.member("BG")
    near, _far = news("BG"), news("IT")
    assert titles(of(reader).questions) == [near.title]


def test_new_things_of_the_own_topics_concern_a_person_wherever_they_are_from():
    topic("Legal advice", "BG")
    reader = world.member("BG")
    foreign = news("IT", topic=topic("legal advice", "IT"))
    news("IT", topic=topic("Sports", "IT"))
    assert titles(of(reader).questions) == [foreign.title]


def test_nobody_is_told_of_what_they_wrote_themselves():
    asker = world.member("BG")
    news("BG", asked_by=asker)
    say("material", (material := released("IT")).pk, "Mine", by=account(asker), at=SINCE)
    assert not of(asker)
    assert Follow.objects.filter(person=asker, object_id=material.pk).exists()


def test_followed_threads_are_counted_without_what_was_taken_away():
    reader, other = world.member("BG"), account(world.member("IT"))
    material = released("IT")
    Follow.objects.create(person=reader, kind="material", object_id=material.pk)
    at = SINCE + timedelta(hours=1)
    for n in range(2):
        say("material", material.pk, f"Number {n}", by=other, at=at)
    world.comment("material", material.pk, at=at, deleted_at=at)
    world.comment("material", material.pk, at=at, hidden_at=at)
    assert [(line.title, line.comments) for line in of(reader).talks] == [(material.title, 2)]


def test_a_followed_thread_that_is_no_longer_seen_is_not_told_of():
    reader = world.member("BG")
    session = make.cop_session("IT")
    Follow.objects.create(person=reader, kind="session", object_id=session.pk)
    say("session", session.pk, "Among us", by=account(world.member("IT")), at=SINCE)
    assert not of(reader)


@pytest.mark.parametrize(
    ("at", "is_in"),
    [
        (SINCE, True),
        (SINCE - timedelta(seconds=1), False),
        (UNTIL - timedelta(seconds=1), True),
        (UNTIL, False),
    ],
)
def test_a_week_begins_and_ends_at_midnight(at, is_in):
    reader = world.member("BG")
    world.question("BG", checked_at=at)
    assert bool(of(reader)) is is_in


def test_ideas_and_practices_are_told_of_by_their_day(monkeypatch):
    reader = world.member("BG")
    old = DAY - timedelta(days=30)
    idea, practice = world.idea("BG", added_on=DAY), world.practice("BG", published_on=DAY)
    world.idea("BG", added_on=old)
    world.practice("BG", published_on=old)
    monkeypatch.setattr("practices.models.Idea.get_absolute_url", lambda _self: "/i/")
    monkeypatch.setattr("practices.models.Practice.get_absolute_url", lambda _self: "/p/")
    found = of(reader)
    assert titles(found.ideas) == [idea.title]
    assert titles(found.practices) == [practice.current.title]


@pytest.fixture(autouse=True)
def _pages(monkeypatch):
    """Where a question stands is its own part's business."""
    monkeypatch.setattr("practices.models.Question.get_absolute_url", lambda q: f"/q/{q.pk}/")


def test_row_21_it_is_planned_once_a_week_however_often_the_clock_ticks():
    reader = world.member("BG")
    news("BG")
    early = week_mails.plan(MONDAY.replace(hour=5))
    planned = [week_mails.plan(MONDAY + timedelta(hours=hours)) for hours in (0, 0, 30)]

    assert (early, planned[1:]) == (0, [0, 0])
    assert digests().filter(person=reader).count() == 1
    Question.objects.update(checked_at=MONDAY)
    assert week_mails.plan(MONDAY + timedelta(days=7)) > 0
    assert digests().filter(person=reader).count() == 2


def test_row_21_nothing_is_planned_for_whom_nothing_concerns():
    reader = world.member("IT")
    news("BG")
    week_mails.plan(MONDAY)
    assert not digests().filter(person=reader).exists()


def test_a_tick_of_the_clock_plans_it():
    reader = world.member("BG")
    news("BG")
    periodic.run_all(MONDAY)
    assert digests().filter(person=reader).count() == 1


@pytest.mark.django_db(transaction=True)
def test_row_21_it_arrives_by_mail_in_the_readers_language_with_one_way_out(sink):
    reader = world.member("BG", language="de")
    question = news("BG", title="Wer kennt <b>das</b>? http://evil.example")
    week_mails.plan(MONDAY)
    sender.send_due(at=MONDAY)
    sender.send_due(at=MONDAY)
    (mail,) = [mail for mail in sink.mails if mail["To"] == reader.email]
    text = mail.get_body(("plain",)).get_content()

    assert text.startswith(("Guten Tag", "Hallo"))
    assert f"/q/{question.pk}/" in text
    assert "http://evil" not in text
    assert "<b>das" not in mail.get_body(("html",)).get_content()
    assert "One-Click" in mail["List-Unsubscribe-Post"]


@pytest.mark.django_db(transaction=True)
def test_who_wants_no_news_gets_no_digest(sink):
    reader = world.member("BG")
    news("BG")
    preferences.end_mails(person_id=reader.pk, topic="news", at=MONDAY)
    week_mails.plan(MONDAY)
    sender.send_due(at=MONDAY)
    assert sink.subjects(reader.email) == []
    assert digests().get(person=reader).channel == Channel.APP


def test_it_waits_for_the_end_of_the_quiet_hours():
    reader = world.member("BG", zone="America/New_York")
    news("BG")
    week_mails.plan(MONDAY)
    assert digests().get(person=reader).due_at > MONDAY


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_meanwhile_is_not_sent(sink):
    reader = world.member("BG")
    question = news("BG")
    week_mails.plan(MONDAY)
    question.closed_at = MONDAY
    question.save()
    sender.send_due(at=MONDAY)
    assert sink.subjects(reader.email) == []
    assert digests().get(person=reader).state == MessageState.WITHDRAWN


def test_a_week_costs_the_same_for_one_and_three_readers(django_assert_max_num_queries):
    readers = [account(world.member("BG")).person for _ in range(3)]
    for _ in range(3):
        news("BG")
    for people in (readers[:1], readers):
        with django_assert_max_num_queries(8):
            week.of(people, SINCE, UNTIL)
