"""Row 15 on the demo: cases in every state, first answers timed, one peer assist."""

from __future__ import annotations

from datetime import date

import pytest

from experts import demo as people
from experts.models import Person
from practices.demo import questions as demo
from practices.domain.questions import durations, states
from practices.domain.questions.states import State
from practices.enums import Worked
from practices.models import Answer, Question, QuestionRoute

pytestmark = pytest.mark.django_db

ANCHOR = date(2026, 11, 24)


def test_the_demo_holds_every_state_and_a_second_seeding_adds_nothing():
    people.seed(ANCHOR)
    demo.seed(ANCHOR)
    made = [model.objects.count() for model in (Question, Answer, QuestionRoute)]

    demo.seed(ANCHOR)

    assert [model.objects.count() for model in (Question, Answer, QuestionRoute)] == made
    questions = list(Question.objects.all())
    assert {states.of(question) for question in questions} == set(State)
    assert {question.worked for question in questions} == set(Worked.values)
    assert [question.peer_assist.minutes for question in questions if question.peer_assist] == [90]
    assert durations.over_all(Person.objects.get(email="expert.bg-01@demo.example")).n == 8
    abroad = QuestionRoute.objects.exclude(person__country=None)
    assert not [r for r in abroad if r.person.country_id == r.question.country_id]


def test_without_people_there_are_no_questions():
    demo.seed(ANCHOR)

    assert not Question.objects.exists()
