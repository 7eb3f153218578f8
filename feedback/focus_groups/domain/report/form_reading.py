"""Reads the answers of forms by link, in batches that no two reports can take apart (ADR 41)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from cop_platform.common.reporting.cells import SMALLEST
from cop_platform.common.reporting.sections import Scope
from feedback.focus_groups.domain.easy.answering import SCALES
from feedback.focus_groups.domain.report import increments, scoping, words_reading
from feedback.focus_groups.domain.report.facts import AnswersFacts, FormFacts, PartFacts, WordsFacts
from feedback.focus_groups.domain.report.increments import Batch, Given
from feedback.focus_groups.domain.report.scoping import Days
from feedback.focus_groups.domain.report.words_reading import Spoken
from feedback.focus_groups.enums import AnswerKind, FormKind, Voice
from feedback.focus_groups.models import EasyForm, EasyQuestion, FormAnswer, FormResponse

# The published scale: ten items of five steps, odd ones in favour.
_ITEMS = tuple(f"sus-{n}" for n in range(1, 11))
_STEP = 2.5


@dataclass
class _Read:
    """What one form got: values by question and response, and words that may be printed."""

    given: list[Given] = field(default_factory=list)
    values: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    words: list[Spoken] = field(default_factory=list)


def read(scope: Scope) -> tuple[tuple[FormFacts, ...], str]:
    """The forms that were open within the days, and the day of the newest batch; five queries."""
    days = scoping.days_by_country(scope)
    rows = EasyForm.objects.filter(country__in=scope.country_ids, opens_on__lte=scope.end)
    if scope.materials is not None:
        rows = rows.filter(version__material__in=scope.materials)
    whole = rows.select_related("country", "version__material").prefetch_related("questions")
    forms = list(whole.order_by("country__code", "opens_on", "pk"))
    got = _got(forms)
    found, newest = [], ""
    for form in forms:
        within = days[form.country_id]
        told = increments.batches(got[form.pk].given, within.last)
        closed = [batch.closed_on for batch in told if batch.closed_on in within]
        newest = max([newest, *map(str, closed)])
        if closed or form.closes_on >= within.start:
            found.append(_form(form, got[form.pk], told, within))
    return tuple(found), newest


def _got(forms: Sequence[EasyForm]) -> dict[int, _Read]:
    """By form; three queries."""
    found = {form.pk: _Read() for form in forms}
    responses = FormResponse.objects.finished().filter(form__in=list(found))
    for form, key, day, erased_on in responses.order_by("pk").values_list(
        "form_id", "pk", "finished_on", "erased_on"
    ):
        if day is not None:
            found[form].given.append(Given(key, day, erased_on))
    answers = FormAnswer.objects.filter(response__in=responses.order_by().values("pk"))
    valued = answers.filter(value__isnull=False).values_list(
        "response__form_id", "question_id", "response_id", "value"
    )
    for form, question, response, value in valued:
        if value is not None:
            found[form].values[question][response] = value
    for form, spoken in _words(answers):
        found[form].words.append(spoken)
    return found


def _words(answers: Iterable[FormAnswer]) -> Iterable[tuple[int, Spoken]]:
    """Words that were gone through, of people who let them be printed."""
    free = answers.filter(  # type: ignore[attr-defined]
        Q(checked_on__isnull=False), response__may_quote=True, response__erased_on__isnull=True
    ).exclude(clean_words="")
    for form, key, response, question, text, language, voice in free.order_by("pk").values_list(
        "response__form_id",
        "pk",
        "response_id",
        "question_id",
        "clean_words",
        "response__language",
        "response__form__voice",
    ):
        said = WordsFacts(words_reading.line(text), language, "", Voice(voice), on_form=True)
        yield form, Spoken(key, response, question, 0, said)


def _form(form: EasyForm, got: _Read, told: Sequence[Batch], days: Days) -> FormFacts:
    people = increments.keys(told, days.start)
    questions = form.questions.all()
    return FormFacts(
        country=form.country.code,
        title=form.title,
        kind=FormKind(form.kind),
        voice=Voice(form.voice),
        version=f"{form.version.material.code} v{form.version.number}" if form.version else "",
        languages=tuple(form.languages),
        answers=len(people),
        sus=sus({q.scale_item: got.values[q.pk] for q in questions}, people),
        questions=tuple(
            _question(question, got, told, days, people)
            for question in questions
            if question.scale_item not in _ITEMS
        ),
    )


def _question(
    question: EasyQuestion,
    got: _Read,
    told: Sequence[Batch],
    days: Days,
    people: Collection[int],
) -> AnswersFacts:
    kind = AnswerKind(question.kind)
    parts: tuple[PartFacts, ...] = ()
    if highest := SCALES.get(kind, 0):
        blocks = tuple(increments.blocks(told, got.values[question.pk], highest))
        found = increments.parts(blocks, days.start, highest)
        parts = tuple(PartFacts(part.values, part.people) for part in found)
    said = [w for w in got.words if w.question == question.pk and w.speaker in people]
    return AnswersFacts(
        texts=question.texts,
        kind=kind,
        people=sum(part.people for part in parts),
        parts=parts,
        quotes=words_reading.chosen(said),
    )


def sus(items: Mapping[str, Mapping[int, int]], people: Collection[int]) -> int | None:
    """The mean score from 0 to 100 of those who answered all ten items; None for under five."""
    if not set(_ITEMS) <= set(items):
        return None
    scores = []
    for one in people:
        values = [items[item].get(one) for item in _ITEMS]
        given = [value for value in values if value is not None]
        if len(given) == len(_ITEMS):
            # Odd items are in favour: value - 1; even ones are against: 5 - value.
            steps = (v - 1 if n % 2 == 0 else 5 - v for n, v in enumerate(given))
            scores.append(sum(steps) * _STEP)
    return round(sum(scores) / len(scores)) if len(scores) >= SMALLEST else None
