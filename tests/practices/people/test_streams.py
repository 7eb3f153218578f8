"""What a person gave: open to others by choice alone, and never what they reviewed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from practices.domain import contributing
from practices.domain.contributing import Contribution
from practices.domain.people import streams
from practices.enums import Given, HelpKind
from practices.models import Adoption, MemberChoice
from sessions.enums import Duty
from sessions.models import DutyHolder
from tests import factories as make
from tests.practices import world
from tests.practices.people import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver(monkeypatch):
    """Somebody who gave in every way there is, told with titles also where none may be shown."""
    person = small.expert("BG", name="Gergana", ask_me_about="lost papers")
    at = timezone.now() - timedelta(days=2)
    rows = [
        Contribution(person.pk, None, at, kind, title=f"Secret {kind}", url=f"/{kind}/")
        for kind in (Given.REVIEW, Given.CHECK, Given.COMMENT, Given.SESSION)
    ]
    rows.append(
        Contribution(person.pk, None, at, Given.IDEA, title="Evening hour", url="/ideas/1/")
    )
    monkeypatch.setattr(contributing, "_sources", [*contributing._sources, lambda _span: rows])
    small.help_line(person=person, on=at.date(), minutes=90, kind=HelpKind.TRANSLATION)
    return person


def page_of(person, reader, as_user) -> str:
    return as_user(reader.user).get(reverse("person_detail", args=[person.pk])).content.decode()


def test_a_closed_stream_shows_others_nothing(giver, as_user):
    page = page_of(giver, make.person(code="IT"), as_user)

    for word in ("Given in the last year", "Evening hour", "Translation", "1.5 hours", "Secret"):
        assert word not in page


def test_an_open_stream_shows_kinds_and_hours(giver, as_user):
    MemberChoice.objects.create(person=giver, stream_open=True)

    page = page_of(giver, make.person(code="IT"), as_user)

    assert "Translation: 1.5 hours" in page
    assert "Evening hour" in page


def test_nobody_learns_what_was_reviewed_not_even_that_something_was(giver, as_user):
    MemberChoice.objects.create(person=giver, stream_open=True)

    for reader in (make.person(code="IT"), make.person("project_manager"), giver):
        page = page_of(giver, reader, as_user)
        assert "Secret" not in page
        assert "Review of a material" not in page


def test_oneself_sees_ones_own_closed_stream(giver, as_user):
    page = page_of(giver, giver, as_user)

    assert "Only you see this." in page
    assert "Translation: 1.5 hours" in page


def test_the_stream_of_somebody_who_left_is_closed_again(giver, as_user):
    MemberChoice.objects.create(person=giver, stream_open=True)
    small.leave(giver)

    assert "Evening hour" not in page_of(giver, make.person(code="IT"), as_user)


def test_the_choice_stands_on_the_profile(as_user):
    person = small.expert()
    client = as_user(person.user)
    assert "Show it to all members" in client.get(reverse("profile")).content.decode()

    client.post(reverse("stream_choice"), {"shown": "yes"})
    assert streams.is_open(person)
    client.post(reverse("stream_choice"), {"shown": "no"})

    assert not streams.is_open(person)


def test_know_how_is_earned_by_what_every_member_can_look_up():
    person = small.expert("BG")
    question = world.question("IT")
    answer = question.answers.create(by=person, text="Ask the school.", at=make.NOW)
    question.accepted, question.accepted_at = answer, make.NOW
    question.save(update_fields=["accepted", "accepted_at"])
    question.answers.create(by=person, text="Another thought.", at=make.NOW)
    practice = world.practice("BG", author=person)
    Adoption.objects.create(
        version=practice.current,
        partner=world.partner("IT"),
        person=world.member("IT"),
        adopted_on=make.NOW.date(),
    )
    session = make.cop_session("BG")
    DutyHolder.objects.create(session=session, person=person, duty=Duty.FACILITATOR)

    assert streams.earned(person, session.ends_at + timedelta(days=1)) == [
        "1 answer was accepted",
        "1 good practice described",
        "Own practices adopted by others 1 time",
        "1 session led",
    ]
    assert "1 session led" not in streams.earned(person, session.starts_at)


def test_help_is_told_to_the_stream_of_contributions_with_minutes():
    helped = small.expert("IT")
    line = small.help_line("BG", to_person=helped, minutes=45)
    day = datetime.combine(line.on, datetime.min.time(), make.NOW.tzinfo)

    (found,) = [
        one
        for one in contributing.of(contributing.Span(day, day + timedelta(days=1)))
        if one.given == Given.HELP
    ]

    assert (found.person_id, found.to_id, found.minutes) == (line.person_id, helped.pk, 45)


def test_a_person_with_one_row_and_with_three_costs_the_same(as_user):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    person = small.expert("BG")
    MemberChoice.objects.create(person=person, stream_open=True)
    client = as_user(make.person(code="IT").user)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("person_detail", args=[person.pk])).status_code == 200
        return len(queries)

    def add() -> None:
        small.thanks(receiver=person, shown_at=make.NOW)
        small.help_line(person=person, on=timezone.now().date() - timedelta(days=3))

    add()
    count()
    before = count()
    add()
    add()

    assert count() == before
