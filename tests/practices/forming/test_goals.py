"""Goals count by themselves; sessions carry a topic of their charter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from practices.enums import IdeaState
from practices.models import Adoption
from sessions.domain import aims, goals, planning
from sessions.models import CopSession, Goal
from tests import factories as make
from tests.feedback import world as reviews
from tests.practices import world as learning
from tests.practices.forming import world

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(days=5)


def counted(goal: Goal, at=LATER) -> int:
    (found,) = goals.progress([goal], at)
    return found.n


def test_holding_a_session_moves_the_counter_untyped():
    goal = world.goal()
    make.cop_session()

    assert (counted(goal, make.NOW), counted(goal, LATER)) == (0, 1)


def test_a_cancelled_session_does_not_count():
    goal, session = world.goal(), make.cop_session()
    by = session.planned_by.user
    planning.cancel_session(session_id=session.pk, reason="Ill", by=by, at=make.NOW)

    assert counted(goal) == 0


def test_sessions_of_others_and_of_other_times_do_not_count():
    goal = world.goal()
    make.cop_session("IT")
    make.cop_session(day=date(2027, 1, 15))

    assert counted(goal, make.NOW + timedelta(days=90)) == 0


def test_a_planned_session_counts_for_a_goal_of_plans():
    goal = world.goal(counter="sessions_planned")
    make.cop_session()

    assert counted(goal, make.NOW) == 1


def test_a_joint_session_counts_once_for_the_project_and_for_each_host():
    project = world.goal(cop=make.cop())
    make.cop_session("BG", "IT")

    assert [counted(g) for g in (project, world.goal("BG"), world.goal("IT"))] == [1, 1, 1]


def test_what_members_learn_counts():
    practice = learning.practice("BG", published_on=date(2026, 11, 2))
    Adoption.objects.create(
        version=practice.current,
        partner=learning.partner("IT"),
        person=learning.member("IT"),
        adopted_on=date(2026, 11, 5),
    )
    learning.idea(
        "BG",
        state=IdeaState.EXPLORED,
        answered_on=date(2026, 11, 6),
        answered_by=learning.member("BG"),
        answer="We try it in May.",
    )
    learning.question("BG", first_answer_at=make.NOW)

    found = {
        (counter, code): counted(world.goal(code, counter=counter))
        for counter in ("practices_published", "adoptions", "ideas_answered", "questions_answered")
        for code in ("BG", "IT")
    }

    assert {key for key, n in found.items() if n} == {
        ("practices_published", "BG"),
        ("adoptions", "IT"),
        ("ideas_answered", "BG"),
        ("questions_answered", "BG"),
    }


def test_reviews_sent_count_for_the_country_of_the_reviewer():
    goal = world.goal(counter="reviews")
    version = make.version(make.material("BG"))
    assignment = reviews.assigned(
        reviews.review_round("BG", version=version), make.person(code="BG")
    )
    assert counted(goal) == 0

    type(assignment).objects.filter(pk=assignment.pk).update(submitted_on=date(2026, 11, 3))

    assert counted(goal) == 1


def test_three_goals_take_as_many_questions_as_one(django_assert_num_queries):
    rows = [world.goal() for _ in range(3)]
    rows = list(Goal.objects.filter(pk__in=[g.pk for g in rows]).select_related("cop"))

    with django_assert_num_queries(2):
        goals.progress(rows[:1], LATER)
    with django_assert_num_queries(2):
        goals.progress(rows, LATER)


def test_the_charter_shows_figure_and_target(as_user):
    charter = world.charter()
    world.goal(ends_on=date(2027, 12, 31))
    client = as_user(make.user())

    page = client.get(charter.get_absolute_url()).content.decode()

    assert "Sessions that took place: 0 of 10" in page


def test_a_goal_is_set_in_the_browser_and_its_dates_have_to_fit(as_user):
    client, cop = as_user(make.user(Role.COORDINATOR)), make.cop(make.country())
    url = reverse("goal_new", args=[cop.pk])
    typed = {"title": "T", "counter": "adoptions", "target": 3, "starts_on": "2026-12-01"}

    wrong = client.post(url, {**typed, "ends_on": "2026-11-01"}).content.decode()
    client.post(url, {**typed, "ends_on": "2027-11-01"})

    assert "The last day comes after the first." in wrong
    assert [g.target for g in Goal.objects.all()] == [3]


def test_a_dozen_goals_is_enough():
    cop, by = make.cop(make.country()), make.user(Role.COORDINATOR)
    for _ in range(goals.MOST):
        world.goal(by=by.person)

    with pytest.raises(NotPossible):
        goals.set_goal(
            cop_id=cop.pk,
            title="T",
            counter="adoptions",
            target=1,
            starts_on=date(2026, 11, 1),
            ends_on=date(2026, 12, 1),
            by=by,
            at=make.NOW,
        )


def test_a_dropped_goal_leaves_its_sessions():
    goal, session = world.goal(), make.cop_session()
    CopSession.objects.update(goal=goal)

    goals.drop_goal(goal_id=goal.pk, by=make.user(Role.COORDINATOR), at=make.NOW)

    session.refresh_from_db()
    assert session.goal_id is None


def test_a_session_is_filed_under_a_topic_and_a_goal():
    world.charter()
    session, goal = make.cop_session(), world.goal()

    aims.set_aim(
        session_id=session.pk,
        topic="recognition",
        goal_id=goal.pk,
        by=session.planned_by.user,
        at=make.NOW,
    )

    session.refresh_from_db()
    assert (session.topic.name, session.goal) == ("Recognition", goal)
    assert goals.progress([goal], make.NOW)[0].linked == 1


@pytest.mark.parametrize("topic", ["Only drafted", "Elsewhere"])
def test_a_foreign_topic_is_refused_with_the_way_to_propose_it(as_user, topic):
    world.charter()
    world.draft(topics=("Only drafted",))
    world.charter("IT", topics=("Elsewhere",))
    session = make.cop_session()
    client = as_user(session.planned_by.user)

    page = client.post(reverse("session_aim", args=[session.pk]), {"topic": topic})

    session.refresh_from_db()
    text = page.content.decode()
    assert "Propose it to the charter first." in text
    assert f"/topics/propose/?name={topic.replace(' ', '%20')}" in text
    assert session.topic is None


def test_experts_do_not_file_sessions():
    session = make.cop_session()

    with pytest.raises(Refused):
        aims.set_aim(session_id=session.pk, topic="", goal_id=None, by=make.user(), at=make.NOW)


def test_the_page_of_a_session_says_what_it_serves(as_user):
    charter = world.charter()
    session = make.cop_session()
    CopSession.objects.update(topic=charter.topics.first(), goal=world.goal())

    page = as_user(session.planned_by.user).get(session.get_absolute_url()).content.decode()

    assert "First job" in page
    assert "Meet often enough" in page


def test_pages_ask_as_much_for_three_goals_as_for_one(as_user):
    charter, client = world.charter(), as_user(make.user())
    counts = []
    for _ in range(3):
        world.goal()
        client.get(charter.get_absolute_url())
        with CaptureQueriesContext(connection) as caught:
            client.get(charter.get_absolute_url())
        counts.append(len(caught))

    assert counts[0] == counts[2]
