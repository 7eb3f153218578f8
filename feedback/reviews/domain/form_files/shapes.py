"""What a form holds, whatever the kind of file: rows by key, fields by name."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from feedback.reviews.domain import answers, scales
from feedback.reviews.domain.answers import Answer
from feedback.reviews.domain.cards import stored_answers
from feedback.reviews.enums import Choice, Confidence, CriterionKind
from feedback.reviews.models import Assignment, Criterion

# What can be typed, in the order of the columns.
FIELDS = ("score", "comment", "suggestion", "reason", "confidence")
KEY = re.compile(r"c([0-9]{1,18})")
FORMAT = "review-form-1"
STAMP = re.compile(rf"{FORMAT}:([0-9a-f]{{32}})")
# XML has no way to say these two.
UNWRITABLE = {0xFFFE: "[U+FFFE]", 0xFFFF: "[U+FFFF]"}


@dataclass(frozen=True)
class Row:
    """One criterion: its key, what is asked, what may be answered, what is typed."""

    key: str
    code: str
    text: str
    is_text: bool
    scale: str
    values: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True)
class Form:
    """A whole form with words that are ready to print."""

    stamp: str
    title: str
    note: tuple[str, ...]
    labels: dict[str, str]
    rows: tuple[Row, ...]
    is_rtl: bool


def of(assignment: Assignment, language: str) -> Form:
    """The form of one's own review with the draft filled in, its labels in this language."""
    with translation.override(language):
        return _form(assignment)


def _form(assignment: Assignment) -> Form:
    version = assignment.round.version
    said = {"code": version.material.code, "title": version.material.title, "n": version.number}
    stored = stored_answers(assignment)
    return Form(
        stamp=stamp(assignment),
        title=_("Review of %(code)s %(title)s, version %(n)d") % said,
        note=_note(),
        labels=labels(),
        rows=tuple(_row(c, stored) for c in assignment.round.rubric.criteria.all()),
        is_rtl=get_language_bidi(),
    )


def stamp(assignment: Assignment) -> str:
    """Which review with which rubric a form is of; it tells neither to anybody else."""
    said = f"{FORMAT}:{assignment.pk}:{assignment.round.rubric_id}"
    made = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256)
    return f"{FORMAT}:{made.hexdigest()[:32]}"


def labels() -> dict[str, str]:
    """The words over each field."""
    return {
        "score": _("Answer"),
        "comment": _("Comment"),
        "suggestion": _("Suggestion"),
        "reason": _("Why it does not apply"),
        "confidence": _("How sure (1 to 3)"),
    }


def printable(text: str) -> str:
    """A text as a file of XML can hold it."""
    return text.translate(UNWRITABLE)


def _note() -> tuple[str, ...]:
    sure = ", ".join(f"{value} = {word}" for value, word in Confidence.choices)
    return (
        _("Write a number as the answer, or na where a criterion does not apply."),
        _("A 1 or a 2 on a scale of four needs a comment and a suggestion; na needs a reason."),
        _("How sure you are: %(steps)s. You may leave it empty.") % {"steps": sure},
        _("Upload the file again; you see what was read before it goes into your draft."),
    )


def _row(criterion: Criterion, stored: answers.Answers) -> Row:
    choices = scales.choices(criterion)
    steps = [f"{value} = {word}" for value, word in choices]
    none = pgettext("in a form to fill in", "na = does not apply")
    is_text = criterion.kind == CriterionKind.TEXT
    first = [_("Answer in words, as a comment")] if is_text else steps
    return Row(
        key=f"c{criterion.pk}",
        code=criterion.code,
        text=criterion.text,
        is_text=is_text,
        scale=", ".join([*first, none]),
        values=(*(value for value, _word in choices), Choice.NOT_APPLICABLE.value),
        answer=answers.of(stored, criterion),
    )
