"""Reads the answers of forms by link, in batches that no two reports can take apart (ADR 41)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from statistics import fmean

from cop_platform.common.reporting.cells import SMALLEST
from cop_platform.common.reporting.sections import Scope
from feedback.focus_groups.domain.easy import told
from feedback.focus_groups.domain.easy.told import Sent
from feedback.focus_groups.domain.report import increments, scoping, words_reading
from feedback.focus_groups.domain.report.facts import AnswersFacts, FormFacts, PartFacts, WordsFacts
from feedback.focus_groups.domain.report.increments import Batch, Part
from feedback.focus_groups.domain.report.words_reading import Spoken
from feedback.focus_groups.enums import AnswerKind, FormKind, Voice
from feedback.focus_groups.models import EasyForm, EasyQuestion, FormAnswer


def read(scope: Scope) -> tuple[tuple[FormFacts, ...], str]:
    """The forms that were open within the days, and the day of the newest batch; five queries."""
    days = scoping.days_by_country(scope)
    rows = EasyForm.objects.filter(country__in=scope.country_ids, opens_on__lte=scope.end)
    if scope.materials is not None:
        rows = rows.filter(version__material__in=scope.materials)
    whole = rows.select_related("country", "version__material").prefetch_related("questions")
    forms = list(whole.order_by("country__code", "opens_on", "pk"))
    got = told.sent([form.pk for form in forms])
    words = _words(list(got))
    found, newest = [], ""
    for form in forms:
        within = days[form.country_id]
        batches = increments.batches(got[form.pk].given, within.last)
        closed = [batch.closed_on for batch in batches if batch.closed_on in within]
        newest = max([newest, *map(str, closed)])
        if closed or form.closes_on >= within.start:
            found.append(_form(form, got[form.pk], words[form.pk], batches, within.start))
    return tuple(found), newest


def _words(forms: Collection[int]) -> dict[int, list[Spoken]]:
    """Words that were gone through, of people who let them be printed, by form; one query."""
    free = FormAnswer.objects.filter(
        response__form__in=forms,
        response__finished_on__isnull=False,
        response__erased_on__isnull=True,
        response__may_quote=True,
        checked_on__isnull=False,
    ).exclude(clean_words="")
    found: dict[int, list[Spoken]] = defaultdict(list)
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
        found[form].append(Spoken(key, response, question, 0, said))
    return found


def _form(
    form: EasyForm, got: Sent, words: Iterable[Spoken], batches: Sequence[Batch], start: date
) -> FormFacts:
    people = increments.keys(batches, start)
    said = [one for one in words if one.speaker in people]
    questions = list(form.questions.all())
    scores = told.scores(questions, got, batches, start) or ()
    return FormFacts(
        country=form.country.code,
        title=form.title,
        kind=FormKind(form.kind),
        voice=Voice(form.voice),
        version=f"{form.version.material.code} v{form.version.number}" if form.version else "",
        languages=tuple(form.languages),
        answers=len(people),
        sus=round(fmean(scores)) if len(scores) >= SMALLEST else None,
        questions=tuple(
            _question(question, told.parts(question, got, batches, start), said)
            for question in questions
            if not question.scale_item
        ),
    )


def _question(
    question: EasyQuestion, parts: Iterable[Part], said: Iterable[Spoken]
) -> AnswersFacts:
    found = tuple(PartFacts(part.values, part.people) for part in parts)
    return AnswersFacts(
        texts=question.texts,
        kind=AnswerKind(question.kind),
        people=sum(part.people for part in found),
        parts=found,
        quotes=words_reading.chosen(one for one in said if one.question == question.pk),
    )
