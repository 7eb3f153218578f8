"""Small worlds of questions: experts abroad, a question on its way, the deeds by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from experts.models import Expert, Person
from practices.domain.questions import answering, routing, settling
from practices.domain.questions.asking import CaseWords
from practices.models import Answer, Question, QuestionRoute
from tests import factories as make
from tests.practices import world

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MARIA = "Maria Petrova has no papers of her ten years as a nurse, call +359 88 123 4567."


def expert(code: str = "IT", profession: str = "case_worker", **more: Any) -> Person:
    """An expert of a country; fields of the expertise may be given beside the person's."""
    own = {key: more.pop(key) for key in ("groups", "away_from", "away_until") if key in more}
    person = world.member(code, **more)
    Expert.objects.create(person=person, profession=profession, **own)
    return person


def experts(*codes: str) -> list[Person]:
    return [expert(code) for code in codes]


def words(**more: Any) -> CaseWords:
    values: dict[str, Any] = {
        "title": "How do you show ten years of care without papers?",
        "situation": MARIA,
        "tried": "",
        "wanted": "",
        "topic": None,
        "languages": ["en"],
        "groups": [],
    }
    return CaseWords(**values | more)


def typed(**more: Any) -> dict[str, Any]:
    """The case as a browser sends it."""
    return {
        "title": "How do you show ten years of care without papers?",
        "situation": MARIA,
        "languages": ["en"],
    } | more


def draft(asker: Person | None = None, **more: Any) -> Question:
    """A question whose details are still in it."""
    return world.question(asked_by=asker, checked_at=None, situation=MARIA, **more)


def put(question: Question, *people: Person, at: Any = make.NOW) -> list[QuestionRoute]:
    """Puts a question to people, whoever fits."""
    return [
        QuestionRoute.objects.create(question=question, person=person, asked_at=at)
        for person in people
    ]


def put_to(question: Question, *people: Person, by: Any = None, at: Any = make.NOW) -> int:
    by = by or question.asked_by.user
    keys = [person.pk for person in people]
    return routing.put_to(question_id=question.pk, people=keys, by=by, at=at)


def answer(question: Question, by: Person, *, at: Any = make.NOW + HOUR, **more: Any) -> Answer:
    said = {"text": "Let her show it at work.", "language": "en"} | more
    return answering.answer(question_id=question.pk, by=by.user, at=at, **said)


def accept(question: Question, answer: Answer, *, at: Any = make.NOW + 2 * HOUR) -> Question:
    by = question.asked_by.user
    return settling.accept(question_id=question.pk, answer_id=answer.pk, by=by, at=at)
