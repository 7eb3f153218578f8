"""Which mails a question brings about, and the keys by which each happens once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from experts.domain import outbox
from practices.models import Answer, Question, QuestionRoute

ROUTED = "question_routed"
ANSWERED = "question_answered"
FOLLOW_UP = "question_follow_up"

# So long after an answer was accepted its asker is asked whether it worked.
FOLLOW_UP_AFTER = timedelta(days=30)


def put_to(routes: Iterable[QuestionRoute], at: datetime) -> None:
    """Tells experts that a question was put to them."""
    rows = [(route.pk, route.person, f"{ROUTED}:{route.pk}") for route in routes]
    outbox.plan_many(kind=ROUTED, rows=rows, due_at=at, at=at)


def not_asked_any_more(routes: Iterable[QuestionRoute]) -> None:
    """Takes back what was not sent yet."""
    outbox.withdraw(kinds=[ROUTED], object_ids=[route.pk for route in routes])


def answered(answer: Answer, at: datetime) -> None:
    """Tells the asker at once."""
    outbox.plan(
        kind=ANSWERED,
        object_id=answer.pk,
        person=answer.question.asked_by,
        due_at=at,
        key=f"{ANSWERED}:{answer.pk}",
        at=at,
    )


def follow_up(question: Question, at: datetime) -> None:
    """Plans the one mail that asks whether the answer worked, thirty days from `at`.

    Of a question whose answer was taken back and accepted anew it is planned anew; one that was
    sent is not sent again.
    """
    key, due_at = _follow_up_key(question), at + FOLLOW_UP_AFTER
    outbox.plan(
        kind=FOLLOW_UP,
        object_id=question.pk,
        person=question.asked_by,
        due_at=due_at,
        key=key,
        at=at,
    )
    outbox.plan_again([key], due_at=due_at, payload={}, at=at)


def no_follow_up(question: Question) -> None:
    """Takes it back where it was not sent yet."""
    outbox.take_back([_follow_up_key(question)])


def _follow_up_key(question: Question) -> str:
    return f"{FOLLOW_UP}:{question.pk}"
