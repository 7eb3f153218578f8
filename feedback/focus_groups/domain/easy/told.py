"""What is told of the answers to forms: whole batches and blocks, wherever they are read (ADR 41).

A page that counted live would be two reports for whoever looks today and tomorrow. So pages,
tables and reports read here, and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from feedback.focus_groups.domain.easy import sus
from feedback.focus_groups.domain.easy.answering import SCALES
from feedback.focus_groups.domain.report import increments
from feedback.focus_groups.domain.report.increments import Batch, Given, Part
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyQuestion, FormAnswer, FormResponse

# Somebody either answered all statements, which is as good as a thumb up, or has no score.
_COMPLETE = 2


@dataclass
class Sent:
    """What a form got: values by question and response, languages by response."""

    given: list[Given] = field(default_factory=list)
    values: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    languages: dict[int, str] = field(default_factory=dict)


def sent(forms: Collection[int]) -> dict[int, Sent]:
    """By the key of the form, also what is not told yet; two queries."""
    found = {form: Sent() for form in forms}
    responses = FormResponse.objects.finished().filter(form__in=forms)
    for form, key, day, erased_on, language in responses.order_by("pk").values_list(
        "form_id", "pk", "finished_on", "erased_on", "language"
    ):
        if day is not None:
            found[form].given.append(Given(key, day, erased_on))
            found[form].languages[key] = language
    answers = FormAnswer.objects.filter(response__in=responses.order_by().values("pk"))
    for form, question, response, value in answers.filter(value__isnull=False).values_list(
        "response__form_id", "question_id", "response_id", "value"
    ):
        if value is not None:
            found[form].values[question][response] = value
    return found


def parts(
    question: EasyQuestion, got: Sent, batches: Sequence[Batch], start: date
) -> tuple[Part, ...]:
    """How a question was answered in blocks that closed on or after `start`.

    Empty while its answers wait, and for a question in words.
    """
    highest = SCALES.get(AnswerKind(question.kind), 0)
    if not highest:
        return ()
    blocks = tuple(increments.blocks(batches, got.values[question.pk], highest))
    return increments.parts(blocks, start, highest)


def scores(
    questions: Sequence[EasyQuestion], got: Sent, batches: Sequence[Batch], start: date
) -> list[float] | None:
    """The SUS scores told on or after `start`; None where the form has not all ten statements.

    Batches wait for each other until at least five people of them, or nobody, have a score: the
    mean of yesterday and of today would tell the one score between them. How many left a
    statement out holds nothing up, since that number is not told.
    """
    items = {q.pk: int(q.scale_item.removeprefix("sus-")) for q in questions if q.scale_item}
    if len(items) < sus.ITEMS:
        return None
    found = _by_person(items, got)
    only = [replace(b, keys=tuple(key for key in b.keys if key in found)) for b in batches]
    blocks = increments.blocks(only, dict.fromkeys(found, _COMPLETE), _COMPLETE)
    return [found[key] for block in blocks if block.closed_on >= start for key in block.keys]


def _by_person(items: Mapping[int, int], got: Sent) -> dict[int, float]:
    values: dict[int, dict[int, int]] = defaultdict(dict)
    for question, number in items.items():
        for response, value in got.values[question].items():
            values[response][number] = value
    scored = {response: sus.score(given) for response, given in values.items()}
    return {response: score for response, score in scored.items() if score is not None}
