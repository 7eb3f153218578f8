"""An unsolved question becomes a peer assist in one click; both pages know each other."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.urls import reverse

from cop_platform.common import panels
from cop_platform.common.needs import told
from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from practices.domain.questions import assisting, needs
from sessions.domain import planning
from sessions.enums import Kind
from sessions.models import CopSession
from tests import factories as make
from tests.practices import world
from tests.practices.questions import cases

pytestmark = pytest.mark.django_db

WHEN = {"day": date(2099, 1, 15), "clock": time(10, 0)}


def plan(question, by, **more):
    return assisting.plan(question_id=question.pk, by=by, at=make.NOW, **WHEN | more)


def test_one_form_plans_a_problem_clinic_of_ninety_minutes(as_user):
    question = world.question("BG", title="Who trusts a skills test?")
    client = as_user(make.user(Role.COORDINATOR, "BG"))
    address = reverse("question_assist", args=[question.pk])
    assert "Peer assist: Who trusts a skills test?" in client.get(address).content.decode()

    answered = client.post(address, {"day": "2099-01-15", "clock": "10:00"})

    session = CopSession.objects.get()
    question.refresh_from_db()
    assert answered.url == session.get_absolute_url()
    assert (session.kind, session.minutes) == (Kind.PROBLEM_CLINIC, 90)
    assert session.title == "Peer assist: Who trusts a skills test?"
    assert session.steps.count() == 6
    assert question.peer_assist == session


@pytest.mark.parametrize(
    ("today", "proposed"),
    [
        (date(2026, 11, 27), date(2026, 12, 11)),
        (date(2026, 11, 28), date(2026, 12, 14)),
        (date(2026, 11, 29), date(2026, 12, 14)),
    ],
)
def test_the_day_that_is_proposed_is_a_working_day_two_weeks_ahead(today, proposed):
    assert assisting.usual_day(today) == proposed


def test_the_communities_of_who_calls_and_who_asked_hold_it():
    question = world.question("BG")

    session = plan(question, make.user(Role.COORDINATOR, "IT"))

    assert {cop.country.code for cop in session.host_cops.all()} == {"BG", "IT"}


def test_both_pages_show_each_other(as_user):
    question = world.question("BG")
    user = make.user(Role.COORDINATOR, "BG")
    session = plan(question, user)

    shown = [
        panel.context["question"]
        for panel in panels.of("session", user, session)
        if "question" in panel.context
    ]
    page = as_user(user).get(question.get_absolute_url()).content.decode()

    assert shown == [question]
    assert session.get_absolute_url() in page
    assert question.title in as_user(user).get(session.get_absolute_url()).content.decode()


def test_members_who_may_not_open_the_session_see_no_link(as_user):
    question = world.question("BG")
    session = plan(question, make.user(Role.COORDINATOR, "BG"))

    page = as_user(make.user(code="IT")).get(question.get_absolute_url()).content.decode()

    assert session.get_absolute_url() not in page


def test_called_twice_it_is_one_session():
    question, user = world.question("BG"), make.user(Role.COORDINATOR, "BG")

    assert plan(question, user) == plan(question, user)
    assert CopSession.objects.count() == 1


def test_after_a_cancelled_one_another_is_called():
    question, user = world.question("BG"), make.user(Role.COORDINATOR, "BG")
    first = plan(question, user)
    planning.cancel_session(session_id=first.pk, reason="Ill", by=user, at=make.NOW)

    assert plan(question, user) != first


def test_experts_call_none_and_settled_questions_get_none():
    with pytest.raises(Refused):
        plan(world.question("BG"), make.user())
    with pytest.raises(NotPossible):
        plan(world.question("BG", closed_at=make.NOW), make.user(Role.COORDINATOR, "BG"))
    with pytest.raises(NotPossible):
        plan(cases.draft(), make.user(Role.COORDINATOR, "BG"))


def test_an_hour_that_does_not_exist_is_said_beside_the_field(as_user):
    question = world.question("BG")
    client = as_user(make.user(Role.COORDINATOR, "BG"))

    page = client.post(
        reverse("question_assist", args=[question.pk]), {"day": "2027-03-28", "clock": "03:30"}
    )

    assert page.context["form"].errors["clock"]
    assert CopSession.objects.count() == 0


def test_nothing_is_planned_when_the_two_cannot_be_tied(monkeypatch):
    question = world.question("BG")
    monkeypatch.setattr(type(question), "save", lambda *_args, **_more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        plan(question, make.user(Role.COORDINATOR, "BG"))

    assert CopSession.objects.count() == 0


def test_a_coordinator_who_called_one_is_not_reminded():
    question, user = world.question("BG"), make.user(Role.COORDINATOR, "BG")
    plan(question, user)

    found = list(told([needs.of], user, make.NOW + 9 * cases.DAY))

    assert found == []
