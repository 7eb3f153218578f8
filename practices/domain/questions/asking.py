"""A case is written down; nobody but its asker reads it until the details are out of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import Topic, User
from practices import permissions
from practices.domain import spam
from practices.models import Question


@dataclass(frozen=True)
class CaseWords:
    """What the asker typed; `topic` is of some community's charter, or none."""

    title: str
    situation: str
    tried: str
    wanted: str
    topic: Topic | None
    languages: list[str]
    groups: list[str]

    def texts(self) -> tuple[str, ...]:
        """What was typed, field by field."""
        return (self.title, self.situation, self.tried, self.wanted)

    def stored(self) -> dict[str, object]:
        """The fields of a row."""
        return {**asdict(self), "topic": self.topic}


@transaction.atomic
def ask(*, words: CaseWords, by: User, at: datetime) -> Question:
    """Keeps a draft, for the asker alone. Raises Refused, Spam."""
    permissions.may_contribute(by)
    recent = Question.objects.filter(asked_by=by.person, added_at__gt=at - spam.WINDOW)
    spam.check(*words.texts(), earlier=["\n".join(texts(question)) for question in recent])
    question = Question.objects.create(
        **words.stored(), asked_by=by.person, country=by.person.country, added_at=at
    )
    audit.record(deed="question written", about=question, by=by, at=at)
    return question


@transaction.atomic
def change(
    *, question_id: int, revision: int, words: CaseWords, by: User, at: datetime
) -> Question:
    """Changes a case; its details are then gone through anew, and until then it is hidden.

    Raises Refused, ChangedMeanwhile, Spam, and NotPossible once it was put to somebody or answered.
    """
    question = _locked(question_id)
    permissions.may_settle(by, question)
    revisions.check(question, revision, _("You changed this question in another window."))
    if not may_change(question):
        raise NotPossible(
            _("Others read it already. Say in an answer what has changed, or close it.")
        )
    spam.check(*words.texts())
    for name, value in words.stored().items():
        setattr(question, name, value)
    question.checked_at = None
    question.revision += 1
    question.save()
    audit.record(deed="question changed", about=question, by=by, at=at)
    return question


@transaction.atomic
def throw_away(*, question_id: int, by: User, at: datetime) -> None:
    """Deletes a draft that nobody else ever read. Raises Refused, NotPossible."""
    question = _locked(question_id)
    permissions.may_settle(by, question)
    if question.checked_at is not None:
        raise NotPossible(_("Others read it already; close it instead."))
    audit.record(deed="question thrown away", about=question, by=by, at=at)
    question.delete()


def texts(question: Question) -> tuple[str, ...]:
    """What the asker typed, field by field."""
    return (question.title, question.situation, question.tried, question.wanted)


def may_change(question: Question) -> bool:
    """Whether nobody was asked and nobody answered so far."""
    return not (question.routes.exists() or question.answers.exists())


def _locked(question_id: int) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related("asked_by")
    return rows.get(pk=question_id)
