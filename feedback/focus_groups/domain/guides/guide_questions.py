"""The questions of a guide and their words in all languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import ordering, revisions
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.guides import guides
from feedback.focus_groups.domain.guides.guides import Frozen
from feedback.focus_groups.models import Guide, GuideQuestion

MAX_QUESTIONS = 20
ORIGINAL = "en"


class TooMany(NotPossible):
    """No talk holds so many questions."""


@transaction.atomic
def add(*, guide_id: int, text: str, minutes: int, by: User, at: datetime) -> GuideQuestion:
    """A question at the end, in English. Raises Refused, Frozen, TooMany."""
    guide = guides.editable(guide_id, by)
    number = guide.questions.count() + 1
    if number > MAX_QUESTIONS:
        raise TooMany(_("A guide has up to %(n)d questions.") % {"n": MAX_QUESTIONS})
    made = GuideQuestion.objects.create(
        guide=guide, position=number, minutes=minutes, texts={ORIGINAL: text}
    )
    guides.record("guide changed", guide, by, at)
    return made


@transaction.atomic
def change(
    *, question_id: int, text: str, minutes: int, seen: str, by: User, at: datetime
) -> GuideQuestion:
    """Another English wording or length. Where the wording changes, translations of the old one
    are dropped: they would say something else. `seen` is the mark of what the form showed.

    Raises Refused, Frozen, ChangedMeanwhile.
    """
    question, guide = _opened(question_id, by)
    revisions.check_mark(question, seen, mark(question))
    if text != question.said(ORIGINAL):
        question.texts = {ORIGINAL: text}
    question.minutes = minutes
    question.save()
    guides.record("guide changed", guide, by, at)
    return question


@transaction.atomic
def move(*, question_id: int, up: bool, by: User, at: datetime) -> GuideQuestion:
    """One place up or down; at the end of the list it stays. Raises Refused, Frozen."""
    question, guide = _opened(question_id, by)
    if ordered := ordering.moved(guide.questions.all(), question, up=up):
        ordering.number(ordered)
        guides.record("guide changed", guide, by, at)
    return question


@transaction.atomic
def delete(*, question_id: int, by: User, at: datetime) -> Guide:
    """Takes a question out; the others close the gap. Raises Refused, Frozen, also where
    something was said to it.
    """
    question, guide = _opened(question_id, by)
    if question.quotes.exists():
        raise Frozen(_("People answered this question already: revise the guide instead."))
    question.delete()
    ordering.number(guide.questions.all())
    guides.record("guide changed", guide, by, at)
    return guide


@transaction.atomic
def translate(
    *,
    guide_id: int,
    language: str,
    texts: Mapping[int, str],
    seen: str,
    by: User,
    at: datetime,
) -> Guide:
    """The words of a guide in one language, by question; empty ones are gaps again.

    Of a frozen guide gaps are filled and nothing else: what was read to people stays. `seen` is
    the mark of what the form showed. Raises Refused, Frozen, ChangedMeanwhile.
    """
    permissions.may_translate(by)
    guide = Guide.objects.select_for_update().get(pk=guide_id)
    questions = list(guide.questions.all())
    revisions.check_mark(guide, seen, words_mark(questions, language))
    for question in questions:
        before, after = question.texts.get(language, ""), texts.get(question.pk, "")
        if before and before != after and guide.frozen_at:
            raise Frozen(
                _("A group uses this guide: only questions that lack words can be filled.")
            )
        question.texts = {**question.texts, language: after}
        if not after:
            del question.texts[language]
    GuideQuestion.objects.bulk_update(questions, ["texts"])
    audit.record(deed="guide translated", about=guide, by=by, at=at, language=language)
    return guide


def mark(question: GuideQuestion) -> str:
    """A hash of what the form of a question edits."""
    return revisions.mark(question.said(ORIGINAL), question.minutes)


def words_mark(questions: Sequence[GuideQuestion], language: str) -> str:
    """A hash of a guide's words in one language."""
    said = [[question.pk, question.texts.get(language, "")] for question in questions]
    return revisions.mark(*said)


def translated_into() -> list[tuple[str, str]]:
    """The languages a guide is translated into, as choices."""
    return [(code, str(name)) for code, name in settings.PROJECT_LANGUAGES if code != ORIGINAL]


def _opened(question_id: int, by: User) -> tuple[GuideQuestion, Guide]:
    """The question and its guide, which is locked before the question is read."""
    guide_id = GuideQuestion.objects.values_list("guide_id", flat=True).get(pk=question_id)
    guide = guides.editable(guide_id, by)
    return GuideQuestion.objects.get(pk=question_id), guide
