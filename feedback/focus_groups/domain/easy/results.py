"""What people answered to a form, in numbers that give nobody away, and their clean words.

Cells under five are merged with their neighbours, those who left a question out among them; fewer
than five answers altogether are told as that and nothing else. Keys are values and positions,
never labels: the same figures come out in every language.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cop_platform.common.reporting import cells
from cop_platform.common.reporting.cells import PeopleCell
from feedback.focus_groups.domain.easy import sus
from feedback.focus_groups.domain.easy.sus import SusScore
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyForm, EasyQuestion, FormAnswer, FormResponse

# The cell of those who left a question out.
LEFT_OUT = "left_out"


@dataclass(frozen=True)
class QuestionResult:
    """The cells of a question by value ("1" to "5", LEFT_OUT, cells.REST), in the scale's order."""

    question: EasyQuestion
    cells: tuple[PeopleCell, ...]


@dataclass(frozen=True)
class Said:
    """Clean words that may be printed, and the language of the answer."""

    words: str
    language: str


@dataclass(frozen=True)
class WordsResult:
    """The words to a question: those that may be printed, and how many are kept for themes."""

    question: EasyQuestion
    printed: tuple[Said, ...]
    kept: int


@dataclass(frozen=True)
class SusResult:
    """The score, and how many people left one of its statements out; None where fewer than five
    did, since the total would tell of them.
    """

    score: SusScore | None
    incomplete: int | None


@dataclass(frozen=True)
class Results:
    """Everything the page of results shows; `people` None for fewer than five."""

    people: int | None
    scales: tuple[QuestionResult, ...] = ()
    words: tuple[WordsResult, ...] = ()
    languages: tuple[PeopleCell, ...] = ()
    sus: SusResult | None = None


def collect(form: EasyForm) -> Results:
    """The results of a form as of now; the same questions to the database for every size."""
    responses = list(FormResponse.objects.filter(form=form).finished().filter(_KEPT))
    people = cells.count_or_none(len(responses))
    if not people:
        return Results(people)
    questions = list(form.questions.all())
    answers = _answers(form)
    return Results(
        people=people,
        scales=tuple(
            _scale(question, answers[question.pk], people)
            for question in questions
            if question.kind != AnswerKind.WORDS
        ),
        words=tuple(
            _said(question, answers[question.pk])
            for question in questions
            if question.kind == AnswerKind.WORDS
        ),
        languages=cells.merge_counts(Counter(response.language for response in responses)),
        sus=_sus(questions, answers, people),
    )


_KEPT = Q(erased_on__isnull=True)


def _answers(form: EasyForm) -> dict[int, list[FormAnswer]]:
    """By the key of the question."""
    sent = FormAnswer.objects.filter(
        response__form=form,
        response__finished_on__isnull=False,
        response__erased_on__isnull=True,
    )
    found: dict[int, list[FormAnswer]] = defaultdict(list)
    for answer in sent.select_related("response").order_by("pk"):
        found[answer.question_id].append(answer)
    return found


def _scale(question: EasyQuestion, answers: Iterable[FormAnswer], people: int) -> QuestionResult:
    counts = Counter(str(answer.value) for answer in answers if answer.value is not None)
    counts[LEFT_OUT] = people - counts.total()
    merged = cells.merge_counts(counts)
    return QuestionResult(question, tuple(sorted(merged, key=_place)))


def _place(cell: PeopleCell) -> tuple[bool, bool, str]:
    """The scale from its end to its beginning, then what was left out and what was merged."""
    return (cell.label == cells.REST, cell.label == LEFT_OUT, cell.label)


def _said(question: EasyQuestion, answers: Iterable[FormAnswer]) -> WordsResult:
    clean = [answer for answer in answers if answer.checked_on and answer.clean_words]
    printed = [
        Said(answer.clean_words, answer.response.language)
        for answer in clean
        if answer.response.may_quote
    ]
    return WordsResult(question, tuple(printed), len(clean) - len(printed))


def _sus(
    questions: Iterable[EasyQuestion], answers: dict[int, list[FormAnswer]], people: int
) -> SusResult | None:
    numbers = {q.pk: int(q.scale_item.removeprefix("sus-")) for q in questions if q.scale_item}
    if len(numbers) < sus.ITEMS:
        return None
    by_person: dict[int, dict[int, int]] = defaultdict(dict)
    for key, number in numbers.items():
        for answer in answers[key]:
            if answer.value is not None:
                by_person[answer.response_id][number] = answer.value
    scores = [value for values in by_person.values() if (value := sus.score(values)) is not None]
    return SusResult(sus.summary(scores), cells.count_or_none(people - len(scores)))
