"""A community is started step by step; it ends with a scheduled session, or nothing is written."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from experts.enums import CharterState, Role
from experts.fields import label_of
from experts.models import CommunityOfPractice, Country, TopicProposal
from practices.forms import forming_start
from practices.models import Circle, InterestPoll
from sessions.models import CopSession
from tests import factories as make
from tests.practices.forming import world

pytestmark = pytest.mark.django_db
URL = "/communities/start/"


def answers(*people, **more) -> dict[str, object]:
    """Everything that is asked for a circle."""
    return {
        "name": "Picture cards",
        "purpose": "We try ten cards.",
        "community": make.cop(make.country()).pk,
        "people": [person.pk for person in people],
        "topics": "",
        "scope_out": "",
        "title": "First hour",
        "day": "2099-03-05",
        "clock": "16:00",
        "minutes": 60,
        "online_link": "https://meet.example.org/one",
        "place": "",
    } | more


def friends():
    return [make.person() for _ in range(3)]


def send(client, data, step, go="next"):
    return client.post(URL, data | {"step": step, "go": go})


def test_a_member_starts_a_circle_that_ends_with_a_session(as_user):
    world.charter()
    client = as_user(make.user())

    page = send(client, answers(*friends(), topics="Families"), 5, "start")

    circle, session = Circle.objects.get(), CopSession.objects.get()
    assert page.headers["Location"] == session.get_absolute_url()
    assert circle.promoted_at is not None
    assert list(circle.sessions.all()) == [session]
    assert session.invitations.count() == 3
    assert TopicProposal.objects.get().name == "Families"


def test_the_manager_starts_the_community_of_a_country_without_one(as_user):
    people = friends()
    malta = Country.objects.create(
        code="MT", iso_code="MT", name="Malta", zone="Europe/Malta", language="en"
    )
    more = {"country": malta.pk, "name": "CoP Malta", "topics": "Work", "options": "Work\nRooms"}

    send(as_user(make.user(Role.PROJECT_MANAGER)), answers(*people, **more), 5, "start")

    cop = CommunityOfPractice.objects.get(country=malta)
    assert [c.state for c in cop.charters.all()] == [CharterState.DRAFT]
    assert cop.memberships.filter(role=Role.COORDINATOR).count() == 1
    assert InterestPoll.objects.get().options == ["Work", "Rooms"]
    assert cop.sessions.get().title == "First hour"


def test_going_back_loses_nothing(as_user):
    client, people = as_user(make.user()), friends()

    page = send(client, answers(*people), 4, "back").content.decode()

    assert "Step 4 of 6" in page
    assert len(re.findall(r'type="hidden" name="people"', page)) == 3
    assert 'name="name" value="Picture cards"' in page


def test_the_last_page_says_what_was_answered(as_user):
    page = send(as_user(make.user()), answers(*friends()), 4).content.decode()

    assert "Check your answers" in page
    assert '<dd dir="auto">Picture cards</dd>' in page
    assert not Circle.objects.exists()


@pytest.mark.parametrize(
    ("more", "step", "sentence"),
    [
        ({"name": ""}, 0, "This field is required."),
        ({"people": []}, 1, "Choose three people at least"),
        ({"online_link": "", "place": ""}, 4, "Say where you meet"),
        ({"day": "2020-01-01"}, 5, "This time is past"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_written(as_user, more, step, sentence):
    client = as_user(make.user())

    page = send(client, answers(*friends(), **more), step, "start" if step == 5 else "next")

    assert sentence in page.content.decode()
    assert not Circle.objects.exists()
    assert not CopSession.objects.exists()


@pytest.mark.parametrize("step", ["x", "-1", "99", "9" * 400])
def test_an_odd_step_is_no_fault_of_ours(as_user, step):
    page = as_user(make.user()).post(reverse("start_cop"), {"step": step})

    assert page.status_code == 200


def test_people_are_typed_by_name_beside_those_that_were_ticked(as_user):
    world.charter()
    user, ticked, abroad = make.user(), make.person(), make.person(code="IT")
    client = as_user(user)
    names = "\n".join([label_of(abroad), abroad.name, "", label_of(user.person)])

    few = send(client, answers(ticked, more_people=names), 1)
    unknown = send(client, answers(ticked, more_people=f"{names}\nNobody Known"), 1)
    more = f"{names}\n{label_of(make.person(code='IT'))}"
    send(client, answers(ticked, more_people=more), 5, "start")

    assert "Choose three people at least" in few.content.decode()
    said = unknown.content.decode()
    assert "Nobody Known: Nobody of this name is in the directory." in said
    assert abroad.name in said
    assert CopSession.objects.get().invitations.count() == 3


def test_the_page_lists_the_nearest_and_not_everybody(as_user, monkeypatch):
    monkeypatch.setattr(forming_start, "OFFERED", 2)
    far, near = make.person(code="ES"), [make.person(), make.person()]

    page = send(as_user(make.user()), answers(), 0).content.decode()

    assert page.count('name="people"') == 2
    assert [one.name for one in (far, *near) if one.name in page] == [one.name for one in near]
