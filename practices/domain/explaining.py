"""The project's words in what members write: stories, practices, ideas, questions and answers."""

from __future__ import annotations

from collections.abc import Iterator

from practices.domain.practices.versions import TEXTS
from practices.models import Idea, PracticeVersion, Question, Story

# A text and its language; "" where nobody said which it is.
Said = tuple[str, str]


def of_story(story: Story) -> Iterator[Said]:
    yield f"{story.title}\n{story.text}", story.language


def of_version(version: PracticeVersion) -> Iterator[Said]:
    """All that a card says."""
    texts = (getattr(version, name) for name in ("title", *TEXTS))
    yield "\n".join(texts), version.language


def of_idea(idea: Idea) -> Iterator[Said]:
    """With what was added and answered."""
    notes = idea.notes.values_list("text", flat=True)
    yield "\n".join((idea.title, idea.text, idea.answer, *notes)), ""


def of_question(question: Question) -> Iterator[Said]:
    """With every answer, each in its own language."""
    yield (
        "\n".join((question.title, question.situation, question.tried, question.wanted)),
        "",
    )
    yield from question.answers.values_list("text", "language")
