"""The part of the chapter on forms by link: how each question was answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
    plain,
)
from cop_platform.common.reporting.drawings import Bar, Bars
from cop_platform.common.reporting.sections import pointer
from feedback.focus_groups.domain.easy.answering import SCALES
from feedback.focus_groups.domain.report import increments, wording
from feedback.focus_groups.domain.report.facts import AnswersFacts, FormFacts, HeardFacts
from feedback.focus_groups.domain.report.wording import KEY

# The average over many studies of the System Usability Scale.
SUS_AVERAGE = 68


def blocks(facts: HeardFacts) -> Iterator[Block]:
    """The forms by which anything can be told yet, and how it is told."""
    told = [(n, form) for n, form in enumerate(facts.forms) if form.answers]
    if not told:
        return
    yield Heading(_("Forms by link"))
    yield _overview(told)
    yield Note(
        _(
            "Answers are told in batches of at least five people, a day after the fifth came. A "
            "question waits until five people gave the rarer answer or nobody did; values that few "
            "gave are told together with their neighbours."
        )
    )
    for n, form in told:
        yield from _form(form, n)


def _overview(told: Sequence[tuple[int, FormFacts]]) -> Table:
    return Table(
        key="forms-list",
        caption=_("Forms and their answers"),
        columns=(
            Column(pgettext("questions answered by link", "Form"), 5),
            Column(_("Country"), 2),
            Column(_("Heard"), 2),
            Column(_("Version"), 2),
            Column(_("Languages"), 2, Align.END),
            Column(_("Answers"), 2, Align.END),
            Column(_("SUS"), 2, Align.END),
        ),
        rows=tuple(_row(form, pointer(KEY, "forms", n)) for n, form in told),
        note=_(
            "SUS is the System Usability Scale from 0 to 100; %(n)s is average over many studies."
        )
        % {"n": sayings.count(SUS_AVERAGE)}
        if any(form.sus is not None for _n, form in told)
        else "",
    )


def _row(form: FormFacts, at: str) -> tuple[Cell, ...]:
    return (
        Cell(form.title),
        celling.code(form.country),
        Cell(str(form.voice.label)),
        celling.code(form.version) if form.version else Cell(sayings.NONE),
        Cell(sayings.count(len(form.languages))),
        celling.count(form.answers, f"{at}/answers"),
        celling.number(form.sus, f"{at}/sus", 0) if form.sus is not None else Cell(sayings.NONE),
    )


def _form(form: FormFacts, n: int) -> Iterator[Block]:
    yield Heading(form.title, 3)
    shown = [(place, q) for place, q in enumerate(form.questions) if q.parts]
    waiting = sum(1 for q in form.questions if SCALES.get(q.kind) and not q.parts)
    if shown:
        yield _figure(form, n, shown)
    if waiting:
        yield Paragraph(
            ngettext(
                "The answers to %(n)s question wait until they can be shown.",
                "The answers to %(n)s questions wait until they can be shown.",
                waiting,
            )
            % {"n": sayings.count(waiting)}
        )
    for question in form.questions:
        if question.quotes:
            yield Paragraph(wording.spoken(question.texts))
            yield from wording.quotes(question.quotes)


def _figure(form: FormFacts, n: int, shown: Sequence[tuple[int, AnswersFacts]]) -> Figure:
    """Both sides of each question as a bar; the table holds what can be told apart."""
    caption = _("Answers to the form “%(form)s”") % {"form": form.title}
    bars = [
        Bar(plain(wording.spoken(q.texts)), both(q), sayings.share(both(q)[1], q.people))
        for _place, q in shown
    ]
    said = [
        _("%(question)s %(share)s good answers of %(n)s")
        % {"question": bar.label, "share": bar.said, "n": sayings.count(sum(bar.parts))}
        for bar in bars
    ]
    return Figure(
        key=f"form-{n + 1}",
        caption=caption,
        alt=sayings.listed(said),
        drawing=Bars((_("Poor, in between or left out"), _("Good")), tuple(bars)),
        table=Table(
            key=f"form-{n + 1}-values",
            caption=caption,
            columns=(
                Column(_("Question"), 5),
                Column(_("Answer"), 4),
                Column(_("People"), 2, Align.END),
            ),
            rows=tuple(_values(shown, pointer(KEY, "forms", n, "questions"))),
        ),
    )


def both(question: AnswersFacts) -> tuple[int, int]:
    """How many people stand on the poor side of the scale, and how many on the good one."""
    _poor, good = increments.sides(SCALES[question.kind])
    approving = sum(part.people for part in question.parts if set(part.values) <= set(good))
    return question.people - approving, approving


def _values(shown: Sequence[tuple[int, AnswersFacts]], at: str) -> Iterator[tuple[Cell, ...]]:
    for place, question in shown:
        for n, part in enumerate(question.parts):
            yield (
                Cell(wording.spoken(question.texts)),
                Cell(wording.answers(question.kind, part.values)),
                celling.count(part.people, f"{at}/{place}/parts/{n}/people"),
            )
