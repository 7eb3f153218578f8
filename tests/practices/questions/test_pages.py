"""The list and the page of a question: order, filters, the clock, equal numbers of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts import reference
from experts.models import Charter, Topic
from practices.domain.questions import durations, states
from practices.domain.questions.states import State
from practices.models import Question
from tests import factories as make
from tests.practices import world
from tests.practices.questions import cases


def topic(name="Evidence of skills"):
    charter, _ = Charter.objects.get_or_create(
        cop=make.cop(make.country("BG")),
        version=1,
        defaults={"domain": "Work", "purpose": "Help", "adopted_on": world.DAY},
    )
    return Topic.objects.create(charter=charter, name=name)


def solve(question, **more):
    given = world.answer(question, **more)
    Question.objects.filter(pk=question.pk).update(
        accepted=given, accepted_at=make.NOW, first_answer_at=given.at
    )
    return question


def listed(client, **query):
    page = client.get(reverse("question_list"), query)
    questions = {question.get_absolute_url(): question for question in Question.objects.all()}
    return [questions[row.url] for row in page.context["rows"]]


@pytest.mark.django_db
def test_unanswered_first_then_open_then_settled(as_user):
    closed = world.question(closed_at=make.NOW)
    answered = world.question(first_answer_at=make.NOW)
    newer = world.question(checked_at=make.NOW)
    older = world.question(checked_at=make.NOW - cases.DAY)
    solved = solve(world.question(checked_at=make.NOW + cases.DAY))

    assert listed(as_user(make.user())) == [older, newer, answered, solved, closed]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [s for s in State if s != State.DRAFT])
def test_each_state_is_found_alone(as_user, state):
    made = {
        State.UNANSWERED: world.question(),
        State.ANSWERED: world.question(first_answer_at=make.NOW),
        State.CLOSED: world.question(closed_at=make.NOW),
        State.SOLVED: solve(world.question()),
    }

    (found,) = listed(as_user(make.user()), state=state)

    assert found == made[state]
    assert states.of(found) == state


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        {"country": "IT"},
        {"topic": "Evidence of skills"},
        {"group": "women"},
        {"language": "ar"},
        {"q": "sewing AUTUMN"},
        {"mine": "on"},
        {"to_me": "on"},
    ],
    ids=lambda query: next(iter(query)),
)
def test_every_filter_narrows(as_user, query):
    me = world.member("IT")
    wanted = world.question(
        "IT",
        asked_by=me,
        topic=topic(),
        groups=["women"],
        languages=["ar", "en"],
        situation="Since autumn a woman asks about sewing.",
    )
    cases.put(wanted, me)
    world.question("BG", topic=topic("Other"))

    assert listed(as_user(me.user), **query) == [wanted]


@pytest.mark.django_db
def test_what_is_solved_is_found_by_words_of_its_answer(as_user):
    known = solve(world.question(), text="Ask the chamber of crafts for a skills check.")
    world.question()

    assert listed(as_user(make.user()), state="solved", q="crafts check") == [known]


@pytest.mark.django_db
def test_a_filter_that_cannot_be_is_a_bad_request(as_user):
    client = as_user(make.user())

    assert client.get(reverse("question_list"), {"state": "nonsense"}).status_code == 400
    assert client.get(reverse("question_list"), {"country": "XX"}).status_code == 400


@pytest.mark.django_db
def test_the_head_says_how_long_first_answers_took_and_of_how_many(as_user):
    for hours in (1, 3, 5):
        world.question(first_answer_at=make.NOW + hours * cases.HOUR)
    world.question()

    page = as_user(make.user()).get(reverse("question_list")).content.decode()

    assert "came within 3 hours, nine of ten within 5 hours (3 answered questions)" in page
    assert "First answer after 5 hours" in page


@pytest.mark.django_db
def test_one_and_three_questions_take_the_same_queries(as_user):
    client = as_user(world.member().user)
    listed(client)

    def count(questions):
        reference.countries()
        with CaptureQueriesContext(connection) as caught:
            assert len(listed(client)) == questions
        return len(caught)

    solve(world.question(topic=topic()))
    one = count(1)
    for n in range(2):
        solve(world.question(topic=topic(f"Topic {n}")))

    assert count(3) == one


@pytest.mark.django_db
def test_one_and_three_answers_take_the_same_queries(as_user):
    reference.countries()
    question = world.question()
    cases.put(question, cases.expert("IT"))
    client = as_user(question.asked_by.user)
    world.answer(question, by=cases.expert("IT"))

    def count():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(question.get_absolute_url()).status_code == 200
        return len(caught)

    count()
    one = count()
    for code in ("ES", "EL"):
        world.answer(question, by=cases.expert(code))
        cases.put(question, cases.expert(code))

    assert count() == one


@pytest.mark.django_db
def test_who_was_asked_stands_there_for_the_asker_and_nobody_else(as_user):
    question = world.question()
    cases.put(question, cases.expert("IT", name="Ana Costa"))

    def shown(user):
        return as_user(user).get(question.get_absolute_url()).content.decode()

    assert "Ana Costa" in shown(question.asked_by.user)
    assert "Ana Costa" not in shown(make.user())


@pytest.mark.django_db
def test_words_somebody_typed_are_inert(as_user):
    question = world.question(title="<script>alert(1)</script>")
    world.answer(question, text="<img src=x onerror=alert(1)> [x](javascript:alert(1))")

    page = as_user(make.user()).get(question.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "middle", "nine_of_ten"),
    [
        ([5], 5, 5),
        ([8, 2], 5, 8),
        ([1, 9, 2], 2, 9),
        ([10, 1, 2, 9, 3, 8, 4, 7, 5, 6], 5.5, 9),
        ([11, 1, 2, 10, 9, 3, 8, 4, 7, 5, 6], 6, 10),
    ],
)
def test_the_middle_and_nine_of_ten_lie_where_they_say(hours, middle, nine_of_ten):
    for n in hours:
        world.question(checked_at=make.NOW, first_answer_at=make.NOW + n * cases.HOUR)
    world.question(checked_at=make.NOW)

    found = durations.over_all(world.member("IT"))

    assert found.n == len(hours)
    assert found.median == middle * cases.HOUR
    assert found.p90 == nine_of_ten * cases.HOUR


@pytest.mark.django_db
def test_nothing_is_said_of_no_answers():
    world.question()

    assert durations.over_all(world.member("IT")) is None


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "1 minute"), (40, "40 minutes"), (60, "1 hour"), (290, "5 hours"), (4000, "3 days")],
)
def test_times_are_said_as_people_say_them(minutes, said):
    assert durations.said(timedelta(minutes=minutes)) == said
