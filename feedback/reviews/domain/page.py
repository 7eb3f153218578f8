"""The review desk as its page shows it: every criterion with what is typed and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cop_platform.common.times import say_clock, to_wall
from experts.models import User
from feedback.reviews.domain import answers, scales
from feedback.reviews.domain.answers import Answer, Answers, Fault
from feedback.reviews.domain.cards import due_sentence, stored_answers
from feedback.reviews.enums import Choice, Confidence, CriterionKind
from feedback.reviews.models import Assignment, Criterion, Rating


@dataclass(frozen=True)
class Row:
    """One criterion at the desk; `choices` are (value, word) of the scale, empty for free text."""

    key: str
    code: str
    text: str
    kind: str
    is_required: bool
    choices: tuple[tuple[str, str], ...]
    answer: Answer
    score_error: str = ""
    comment_error: str = ""
    suggestion_error: str = ""
    reason_error: str = ""
    confidence_error: str = ""

    @property
    def is_text(self) -> bool:
        return self.kind == CriterionKind.TEXT

    @property
    def is_relevance(self) -> bool:
        return self.kind == CriterionKind.RELEVANCE

    @property
    def has_blank(self) -> bool:
        """Whether no score may be ticked: an answer in words, or none where it is optional."""
        return self.is_text or not self.is_required

    @property
    def sureness(self) -> list[tuple[str, str]]:
        """The steps of confidence, as (value, word)."""
        return [(value, str(word)) for value, word in Confidence.choices]

    @property
    def shows_comment(self) -> bool:
        """Whether the fields of text stand open from the start."""
        said = self.answer.comment or self.answer.suggestion
        wrong = self.comment_error or self.suggestion_error
        return (self.is_relevance and self.answer.is_low) or bool(said or wrong)


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
        done=answers.count_done(shown, criteria),
        total=len(answers.counted(criteria)),
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
        kind=criterion.kind,
        is_required=criterion.is_required,
        choices=scales.choices(criterion),
        answer=answers.of(shown, criterion),
        score_error=errors.get(f"{key}-score", ""),
        comment_error=errors.get(f"{key}-comment", ""),
        suggestion_error=errors.get(f"{key}-suggestion", ""),
        reason_error=errors.get(f"{key}-reason", ""),
        confidence_error=errors.get(f"{key}-confidence", ""),
    )


def errors_of(faults: Iterable[Fault]) -> dict[str, str]:
    """Sentences by the name of the field they belong to."""
    return {fault.anchor: fault.sentence for fault in faults}


@dataclass(frozen=True)
class Given:
    """One criterion of a review that was sent, as its writer reads it again.

    `number` is shown for scales of numbers, `word` for every answer but free text.
    """

    code: str
    text: str
    number: int | None
    word: str
    comment: str
    suggestion: str
    reason: str
    confidence: str


def given(assignment: Assignment) -> list[Given]:
    """The ratings of a sent review, in the order of the rubric."""
    rows = Rating.objects.filter(assignment=assignment).select_related("criterion")
    return [_given(rating) for rating in rows.order_by("criterion__position")]


def _given(rating: Rating) -> Given:
    return Given(
        code=rating.criterion.code,
        text=rating.wording,
        number=rating.score if rating.kind == CriterionKind.RELEVANCE else None,
        word=_word(rating),
        comment=rating.comment,
        suggestion=rating.suggestion,
        reason=rating.na_reason,
        confidence=str(Confidence(str(rating.confidence)).label) if rating.confidence else "",
    )


def _word(rating: Rating) -> str:
    if rating.not_applicable:
        return str(Choice.NOT_APPLICABLE.label)
    return scales.word(rating.criterion, rating.score) if rating.score else ""
