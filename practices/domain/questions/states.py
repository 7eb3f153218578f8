"""Where a question stands, and how it is said: nothing of it is stored."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from practices.models import Question


class State(TextChoices):
    """From the asker's draft to what a community knows."""

    DRAFT = "draft", pgettext_lazy("state of a question", "Details not removed yet")
    UNANSWERED = "unanswered", pgettext_lazy("state of a question", "No answer yet")
    ANSWERED = "answered", pgettext_lazy("state of a question", "Answered, still open")
    SOLVED = "solved", pgettext_lazy("state of a question", "Solved")
    CLOSED = "closed", pgettext_lazy("state of a question", "Closed without an answer")

    @property
    def look(self) -> tuple[str, str]:
        """The kind of its chip, and its icon."""
        return {
            State.DRAFT: ("warn", "edit"),
            State.UNANSWERED: ("warn", "clock"),
            State.ANSWERED: ("info", "question"),
            State.SOLVED: ("ok", "check"),
            State.CLOSED: ("quiet", "x"),
        }[self]


def of(question: Question) -> State:
    """The state of a question."""
    if question.checked_at is None:
        return State.DRAFT
    if question.accepted_id is not None:
        return State.SOLVED
    if question.closed_at is not None:
        return State.CLOSED
    return State.UNANSWERED if question.first_answer_at is None else State.ANSWERED


def is_open(question: Question) -> bool:
    """Whether an answer still helps."""
    return of(question) in {State.UNANSWERED, State.ANSWERED}
