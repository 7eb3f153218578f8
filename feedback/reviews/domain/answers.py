"""What an expert has typed for the criteria, and what is still missing before it can be sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feedback.reviews.enums import LOW, Choice
from feedback.reviews.models import Criterion

MAX_COMMENT = 50_000
MAX_REASON = 500

_SCORES = frozenset(Choice.values) - {Choice.NOT_APPLICABLE}
Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Answer:
    """What is typed for one criterion; `score` is "1" to "4", "na" or empty."""

    score: str = ""
    comment: str = ""
    reason: str = ""

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


@dataclass(frozen=True)
class Fault:
    """What keeps a review from being sent: the criterion, the field to go to, the sentence."""

    criterion: Criterion
    field: str
    sentence: str

    @property
    def anchor(self) -> str:
        return f"c{self.criterion.pk}-{self.field}"


def of(stored: Answers, criterion: Criterion) -> Answer:
    """The answer to a criterion out of a draft."""
    return Answer(**stored.get(str(criterion.pk), {}))


def merged(stored: Answers, typed: Answers) -> dict[str, dict[str, str]]:
    """A draft with newly typed fields laid over it; what was not sent along stays as it was."""
    found = {key: dict(fields) for key, fields in stored.items()}
    for key, fields in typed.items():
        found.setdefault(key, {}).update(fields)
    return found


def faults(stored: Answers, criteria: Iterable[Criterion]) -> list[Fault]:
    """Everything that is missing, one fault a criterion at most, in their order."""
    found = (_fault(criterion, of(stored, criterion)) for criterion in criteria)
    return [fault for fault in found if fault is not None]


def _fault(criterion: Criterion, answer: Answer) -> Fault | None:
    if answer.score not in Choice.values:
        text = _("Choose one of the four, or say that it does not apply.")
        return Fault(criterion, "score", text)
    if answer.is_not_applicable and not answer.reason.strip():
        return Fault(criterion, "reason", _("Say why this does not apply."))
    if answer.is_low and not answer.comment.strip():
        return Fault(criterion, "comment", _("Say what is missing; a 1 or a 2 needs a comment."))
    return None
