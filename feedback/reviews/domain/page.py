"""The review desk as its page shows it: every criterion with what is typed and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cop_platform.common.times import say_clock, to_wall
from experts.models import User
from feedback.reviews.domain import answers
from feedback.reviews.domain.answers import Answer, Answers, Fault
from feedback.reviews.domain.cards import due_sentence, stored_answers
from feedback.reviews.enums import Choice
from feedback.reviews.models import Assignment, Criterion, Rating


@dataclass(frozen=True)
class Row:
    """One criterion at the desk; `choices` are (value, word) of the scale."""

    key: str
    code: str
    text: str
    choices: tuple[tuple[str, str], ...]
    answer: Answer
    score_error: str = ""
    comment_error: str = ""
    reason_error: str = ""

    @property
    def shows_comment(self) -> bool:
        return self.answer.is_low or bool(self.answer.comment or self.comment_error)


@dataclass(frozen=True)
class Desk:
    """All of the form. `saved` is the hour of the last saving on the writer's own clock."""

    rows: tuple[Row, ...]
    done: int
    total: int
    revision: int
    saved: str
    due: str


def desk(
    assignment: Assignment,
    user: User,
    at: datetime,
    *,
    typed: Answers | None = None,
    errors: Mapping[str, str] | None = None,
) -> Desk:
    """The form with the stored draft, with `typed` laid over it; `errors` by name of the field."""
    criteria = list(assignment.round.rubric.criteria.all())
    shown = answers.merged(stored_answers(assignment), typed or {})
    draft = getattr(assignment, "draft", None)
    return Desk(
        rows=tuple(_row(criterion, shown, errors or {}) for criterion in criteria),
        done=len(criteria) - len(answers.faults(shown, criteria)),
        total=len(criteria),
        revision=draft.revision if draft else 0,
        saved=say_clock(to_wall(draft.saved_at, user.person.zone)) if draft else "",
        due=due_sentence(assignment.due_on, at, user.person.zone),
    )


def _row(criterion: Criterion, shown: Answers, errors: Mapping[str, str]) -> Row:
    key = f"c{criterion.pk}"
    return Row(
        key=key,
        code=criterion.code,
        text=criterion.text,
        choices=tuple((str(n), word) for n, word in enumerate(criterion.anchors, start=1)),
        answer=answers.of(shown, criterion),
        score_error=errors.get(f"{key}-score", ""),
        comment_error=errors.get(f"{key}-comment", ""),
        reason_error=errors.get(f"{key}-reason", ""),
    )


def errors_of(faults: Iterable[Fault]) -> dict[str, str]:
    """Sentences by the name of the field they belong to."""
    return {fault.anchor: fault.sentence for fault in faults}


@dataclass(frozen=True)
class Given:
    """One criterion of a review that was sent, as its writer reads it again."""

    code: str
    text: str
    score: int | None
    word: str
    comment: str
    reason: str


def given(assignment: Assignment) -> list[Given]:
    """The ratings of a sent review, in the order of the rubric."""
    rows = Rating.objects.filter(assignment=assignment).select_related("criterion")
    return [_given(rating) for rating in rows.order_by("criterion__position")]


def _given(rating: Rating) -> Given:
    words = rating.criterion.anchors
    return Given(
        code=rating.criterion.code,
        text=rating.wording,
        score=rating.score,
        word=words[rating.score - 1] if rating.score else str(Choice.NOT_APPLICABLE.label),
        comment=rating.comment,
        reason=rating.na_reason,
    )
