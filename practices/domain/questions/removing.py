"""The details of a case are taken out by its asker; from then on every member reads it.

The machine marks what looks like a detail. For each the asker says: put its kind in its place,
leave it, or write something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import details, revisions
from cop_platform.common.refusals import NotPossible
from cop_platform.common.text import MAX_LINE
from experts.domain import audit
from experts.models import User
from practices import permissions
from practices.models import Question

TEXTS = ("title", "situation", "tried", "wanted")


@dataclass(frozen=True)
class Mark:
    """A likely detail: its number on the page, what was typed, and what would replace it."""

    number: int
    typed: str
    kind: str
    instead: str


@dataclass(frozen=True)
class Part:
    """A field of the case as (words, None) and (words, mark), in the order they were typed."""

    name: str
    label: str
    pieces: tuple[tuple[str, Mark | None], ...]

    @property
    def marks(self) -> list[Mark]:
        return [mark for _words, mark in self.pieces if mark is not None]


def parts(question: Question) -> list[Part]:
    """The fields that hold words, with what looks like a detail marked and numbered."""
    found, number = [], 0
    for name in TEXTS:
        text = getattr(question, name)
        if not text:
            continue
        pieces = tuple(_pieces(text, number))
        label = str(Question._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        found.append(Part(name, label[:1].upper() + label[1:], pieces))
        number += len(found[-1].marks)
    return found


def marks(question: Question) -> list[Mark]:
    """All likely details of a case, by their numbers."""
    return [mark for part in parts(question) for mark in part.marks]


def cleaned(question: Question, said: Mapping[int, str]) -> dict[str, str]:
    """The texts with the marks of these numbers replaced by these words; others stay."""
    return {
        part.name: "".join(
            words if mark is None else said.get(mark.number, words) for words, mark in part.pieces
        )
        for part in parts(question)
    }


@transaction.atomic
def finish(
    *, question_id: int, revision: int, said: Mapping[int, str], by: User, at: datetime
) -> Question:
    """Keeps the clean texts; the clock to the first answer starts at `at`.

    `said` holds, by the number of a mark, the words that take its place; a mark that is not in it
    stays as typed. Doing it twice changes nothing. Raises Refused, ChangedMeanwhile, and
    NotPossible where the question itself would be empty or too long.
    """
    rows = Question.objects.select_for_update(of=("self",)).select_related("asked_by")
    question = rows.get(pk=question_id)
    permissions.may_settle(by, question)
    if question.checked_at is not None:
        return question
    changed = _("You changed this question in another window. Please read it again.")
    revisions.check(question, revision, changed)
    for name, text in cleaned(question, said).items():
        setattr(question, name, text)
    _fits(question)
    question.checked_at = at
    question.revision += 1
    question.save()
    audit.record(
        deed="question opened", about=question, by=by, at=at, country_id=question.country_id
    )
    return question


def _fits(question: Question) -> None:
    if not (question.title.strip() and question.situation.strip()):
        raise NotPossible(_("Leave some words in the question and in the situation."))
    if len(question.title) > MAX_LINE:
        raise NotPossible(_("The question is too long now; shorten what you put in its place."))


def _pieces(text: str, first: int) -> Iterator[tuple[str, Mark | None]]:
    end, found = 0, details.find(text)
    for number, detail in enumerate(found, start=first):
        if detail.start > end:
            yield text[end : detail.start], None
        typed, kind = text[detail.start : detail.end], str(detail.kind.label)
        yield typed, Mark(number, typed, kind, f"[{kind}]")
        end = detail.end
    if end < len(text):
        yield text[end:], None
