"""What a community of the bench has learned: practices, ideas, questions and answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

MANY = 2_000


def grow(author: Any, number: int) -> None:
    """So many of each, all by one person; every hundredth speaks of portfolios."""
    _practices(author, number)
    _ideas(author, number)
    _questions(author, number)


def _said(n: int) -> str:
    word = "portfolio" if n % 100 == 0 else f"w{n * 7919 % 10007}"
    return f"People met {word} and wrote down what they can do, step {n} of many. " * 8


def _practices(author: Any, number: int) -> None:
    """Published ones; the version that stands is the first."""
    from practices.models import Practice, PracticeVersion

    today = timezone.now().date()
    rows = Practice.objects.bulk_create(
        Practice(country=author.country, author=author, started_on=today) for _n in range(number)
    )
    versions = PracticeVersion.objects.bulk_create(
        PracticeVersion(
            practice=practice,
            title=f"Practice {n}",
            need=_said(n),
            steps=_said(n + 1),
            step="published",
            screened_by=author,
            screened_on=today,
            published_on=today,
        )
        for n, practice in enumerate(rows)
    )
    for practice, version in zip(rows, versions, strict=True):
        practice.current = version
    Practice.objects.bulk_update(rows, ["current"], batch_size=500)


def _ideas(author: Any, number: int) -> None:
    from practices.models import Idea

    today = timezone.now().date()
    Idea.objects.bulk_create(
        Idea(
            title=f"Idea {n}",
            text=_said(n),
            author=author,
            country=author.country,
            added_on=today,
            answer_due_on=today + timedelta(days=30),
        )
        for n in range(number)
    )


def _questions(author: Any, number: int) -> None:
    """Each with one answer."""
    from practices.models import Answer, Question

    now = timezone.now()
    questions = Question.objects.bulk_create(
        Question(
            title=f"Question {n}",
            situation=_said(n),
            asked_by=author,
            country=author.country,
            added_at=now,
            checked_at=now,
        )
        for n in range(number)
    )
    Answer.objects.bulk_create(
        Answer(question=question, by=author, text=_said(n), at=now)
        for n, question in enumerate(questions)
    )
