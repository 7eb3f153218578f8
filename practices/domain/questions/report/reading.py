"""Reads the questions and answers of a report's countries and days. Two questions, no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import F, Q

from cop_platform.common.reporting.cells import merge_counts
from cop_platform.common.reporting.sections import Scope
from cop_platform.common.times import to_wall
from practices.domain.questions.report.facts import HelpFacts, PairFacts
from practices.enums import Worked
from practices.models import Answer, Question

_HOUR = 3600


@dataclass(frozen=True)
class _Crossing:
    """An answer that went from one country to another."""

    giver_id: int
    giver: str
    asker_id: int
    asker: str
    at: datetime


def collect(scope: Scope) -> HelpFacts:
    """Questions opened within the bounds, as they stood at their end, and answers given there."""
    questions = _questions(scope)
    crossings = _crossings(scope)
    own = set(scope.country_ids)
    judged = [question for question in questions if question.worked and _by(question, scope)]
    said = Counter(question.worked for question in judged)
    return HelpFacts(
        asked=len(questions),
        answered=sum(_until(q.first_answer_at, scope) for q in questions),
        solved=sum(_until(q.accepted_at, scope) for q in questions),
        judged=len(judged),
        worked=said[Worked.YES],
        partly=said[Worked.PARTLY],
        median_hours=_median_hours(questions, scope),
        given=sum(one.giver_id in own for one in crossings),
        received=sum(one.asker_id in own for one in crossings),
        pairs=_pairs(crossings),
        newest=_newest(questions, crossings, scope),
    )


def _questions(scope: Scope) -> list[Question]:
    found = Question.objects.filter(
        country__in=scope.country_ids, checked_at__gt=scope.after, checked_at__lte=scope.until
    )
    return list(found.order_by("checked_at", "pk"))


def _crossings(scope: Scope) -> list[_Crossing]:
    own = Q(by__country__in=scope.country_ids) | Q(question__country__in=scope.country_ids)
    found = Answer.objects.filter(own, at__gt=scope.after, at__lte=scope.until)
    abroad = found.filter(
        question__checked_at__isnull=False,
        by__country__isnull=False,
        question__country__isnull=False,
    ).exclude(by__country=F("question__country"))
    rows = abroad.order_by("at", "pk").values_list(
        "by__country_id",
        "by__country__iso_code",
        "question__country_id",
        "question__country__iso_code",
        "at",
    )
    return [_Crossing(*row) for row in rows]


def _until(moment: datetime | None, scope: Scope) -> bool:
    return moment is not None and moment <= scope.until


def _by(question: Question, scope: Scope) -> bool:
    day = question.worked_on
    return _until(question.accepted_at, scope) and day is not None and day.isoformat() <= scope.end


def _median_hours(questions: Iterable[Question], scope: Scope) -> float | None:
    took = [
        (question.first_answer_at - question.checked_at).total_seconds() / _HOUR
        for question in questions
        if question.first_answer_at
        and question.checked_at
        and _until(question.first_answer_at, scope)
    ]
    return round(median(took), 1) if took else None


def _pairs(crossings: Iterable[_Crossing]) -> tuple[PairFacts, ...]:
    """Pairs of countries with at least five answers; the others are one line."""
    counts = Counter(f"{one.giver} {one.asker}" for one in crossings)
    found = []
    for cell in merge_counts(counts, rest_label=" "):
        giver, _blank, asker = cell.label.partition(" ")
        found.append(PairFacts(giver, asker, cell.people))
    return tuple(found)


def _newest(questions: list[Question], crossings: list[_Crossing], scope: Scope) -> str:
    moments = [question.checked_at for question in questions if question.checked_at]
    moments += [one.at for one in crossings]
    if not moments:
        return ""
    zone = scope.countries[0].zone if scope.countries else "UTC"
    return to_wall(max(moments), zone).date().isoformat()
