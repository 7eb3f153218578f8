"""What people answered to a form, as far as it is told (ADR 41), and their clean words.

Today's answers are told tomorrow, and five or more at a time: so what the page says on two days
differs by nobody or by at least five people. Keys are values and positions, never labels: the
same figures come out in every language.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from feedback.focus_groups.domain.easy import answering, sus, told
from feedback.focus_groups.domain.easy.sus import SusScore
from feedback.focus_groups.domain.report import increments
from feedback.focus_groups.domain.report.increments import Part
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyForm, EasyQuestion, FormAnswer


@dataclass(frozen=True)
class QuestionResult:
    """How a question was answered, in the scale's order; no parts while its answers wait."""

    question: EasyQuestion
    parts: tuple[Part, ...]

    @property
    def people(self) -> int:
        """Whose answers to this question are told; fewer than all while some batches wait."""
        return sum(part.people for part in self.parts)


@dataclass(frozen=True)
class Said:
    """Clean words that may be printed, and the language of the answer."""

    words: str
    language: str


@dataclass(frozen=True)
class WordsResult:
    """The words to a question: those that may be printed, and how many others, in fives."""

    question: EasyQuestion
    printed: tuple[Said, ...]
    kept: int | None


@dataclass(frozen=True)
class SusResult:
    """The score; None where fewer than five have one. `people` who have one are told in fives."""

    score: SusScore | None
    people: int | None


@dataclass(frozen=True)
class Results:
    """Everything the page of results shows. `people` whose answers are told are none, or five and
    more; `languages` are people in fives by language, the most first.
    """

    people: int
    scales: tuple[QuestionResult, ...] = ()
    words: tuple[WordsResult, ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    sus: SusResult | None = None


def collect(form: EasyForm, *, at: datetime) -> Results:
    """The results of a form by the end of yesterday, by the clock of its country.

    Needs the country loaded; the same questions to the database for every size.
    """
    got = told.sent([form.pk])[form.pk]
    yesterday = answering.today(form, at) - timedelta(days=1)
    batches = increments.batches(got.given, yesterday)
    people = increments.keys(batches, date.min)
    if not people:
        return Results(0)
    questions = list(form.questions.all())
    said = _words(people)
    scores = told.scores(questions, got, batches, date.min)
    return Results(
        people=len(people),
        scales=tuple(
            QuestionResult(question, told.parts(question, got, batches, date.min))
            for question in questions
            if question.kind != AnswerKind.WORDS
        ),
        words=tuple(
            _said(question, said[question.pk])
            for question in questions
            if question.kind == AnswerKind.WORDS
        ),
        languages=_languages(got.languages[key] for key in people),
        sus=None
        if scores is None
        else SusResult(sus.summary(scores), increments.in_fives(len(scores))),
    )


def _languages(spoken: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Languages of at least five people; those of fewer are left out."""
    fives = [(code, increments.in_fives(n)) for code, n in Counter(spoken).items()]
    found = [(code, n) for code, n in fives if n is not None]
    # By the number that is told, then by name: the order must not tell who is ahead by one.
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _words(people: Collection[int]) -> dict[int, list[FormAnswer]]:
    """What these responses say in words that were gone through, by question, in random order."""
    clean = FormAnswer.objects.filter(response__in=people, checked_on__isnull=False)
    found: dict[int, list[FormAnswer]] = defaultdict(list)
    for answer in clean.exclude(clean_words="").select_related("response").order_by("pk"):
        found[answer.question_id].append(answer)
    return found


def _said(question: EasyQuestion, clean: Collection[FormAnswer]) -> WordsResult:
    printed = [
        Said(answer.clean_words, answer.response.language)
        for answer in clean
        if answer.response.may_quote
    ]
    return WordsResult(question, tuple(printed), increments.in_fives(len(clean) - len(printed)))
