"""What an expert has typed for the criteria, and what is still missing before it can be sent."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feedback.reviews.domain import scales
from feedback.reviews.enums import LOW, Choice, Confidence, CriterionKind
from feedback.reviews.models import Criterion

MAX_COMMENT = 50_000
MAX_REASON = 500

_SCORES = frozenset(Choice.values) - {Choice.NOT_APPLICABLE}
Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Answer:
    """What is typed for one criterion; `score` is "1" to "4", "na" or empty.

    To a criterion of free text the comment is the answer. `confidence` is "1" to "3" or empty.
    """

    score: str = ""
    comment: str = ""
    suggestion: str = ""
    reason: str = ""
    confidence: str = ""

    @property
    def is_low(self) -> bool:
        return self.score in LOW

    @property
    def is_not_applicable(self) -> bool:
        return self.score == Choice.NOT_APPLICABLE

    @property
    def number(self) -> int | None:
        """The score as a number; None for "not applicable" and for nothing yet."""
        return int(self.score) if self.score in _SCORES else None

    @property
    def sureness(self) -> int | None:
        """The confidence as a number; None where nothing was said of it."""
        return int(self.confidence) if self.confidence in Confidence.values else None


@dataclass(frozen=True)
class Fault:
    """What keeps a review from being sent: the criterion, the field to go to, the sentence."""

    criterion: Criterion
    field: str
    sentence: str

    @property
    def anchor(self) -> str:
        return f"c{self.criterion.pk}-{self.field}"


_FIELDS = frozenset(field.name for field in dataclasses.fields(Answer))


def of(stored: Answers, criterion: Criterion) -> Answer:
    """The answer to a criterion out of a draft, which may be older than some of the fields."""
    found = stored.get(str(criterion.pk), {})
    return Answer(**{name: value for name, value in found.items() if name in _FIELDS})


def merged(stored: Answers, typed: Answers) -> dict[str, dict[str, str]]:
    """A draft with newly typed fields laid over it; what was not sent along stays as it was."""
    found = {key: dict(fields) for key, fields in stored.items()}
    for key, fields in typed.items():
        found.setdefault(key, {}).update(fields)
    return found


def is_empty(criterion: Criterion, answer: Answer) -> bool:
    """Whether nothing was answered, so that there is nothing to keep of it."""
    if criterion.kind == CriterionKind.TEXT:
        return not answer.is_not_applicable and not answer.comment.strip()
    return not answer.score


def faults(stored: Answers, criteria: Iterable[Criterion]) -> list[Fault]:
    """Everything that is missing, in the order of the criteria and of their fields."""
    return [fault for criterion in criteria for fault in _faults(criterion, of(stored, criterion))]


def counted(criteria: Iterable[Criterion]) -> list[Criterion]:
    """The criteria that progress is counted by: those that must be answered, else all."""
    found = list(criteria)
    return [criterion for criterion in found if criterion.is_required] or found


def count_done(stored: Answers, criteria: Iterable[Criterion]) -> int:
    """To how many of the `counted` criteria nothing is missing."""
    asked = counted(criteria)
    return sum(not any(_faults(criterion, of(stored, criterion))) for criterion in asked)


def _faults(criterion: Criterion, answer: Answer) -> Iterator[Fault]:
    if is_empty(criterion, answer):
        if criterion.is_required:
            yield _unanswered(criterion)
        elif answer.comment.strip() or answer.suggestion.strip():
            yield Fault(criterion, "score", _("Choose an answer as well, or take the text away."))
    elif answer.is_not_applicable:
        if not answer.reason.strip():
            yield Fault(criterion, "reason", _("Say why this does not apply."))
    elif criterion.kind != CriterionKind.TEXT and answer.score not in scales.values(criterion.kind):
        yield _unanswered(criterion)
    elif criterion.kind == CriterionKind.RELEVANCE and answer.is_low:
        yield from _faults_of_a_low_score(criterion, answer)


def _unanswered(criterion: Criterion) -> Fault:
    if criterion.kind == CriterionKind.TEXT:
        text = _("Write your answer, or say that it does not apply.")
        return Fault(criterion, "comment", text)
    if criterion.kind == CriterionKind.CHECK:
        text = _("Choose yes or no, or say that it does not apply.")
    elif criterion.kind == CriterionKind.ESSENTIAL:
        text = _("Choose one of the three, or say that it does not apply.")
    else:
        text = _("Choose one of the four, or say that it does not apply.")
    return Fault(criterion, "score", text)


def _faults_of_a_low_score(criterion: Criterion, answer: Answer) -> Iterator[Fault]:
    """Without both, the author knows neither what is wrong nor what would mend it."""
    if not answer.comment.strip():
        text = _("Say what is missing; a 1 or a 2 needs a comment.")
        yield Fault(criterion, "comment", text)
    if not answer.suggestion.strip():
        text = _("Say what would mend it; a 1 or a 2 needs a suggestion.")
        yield Fault(criterion, "suggestion", text)
