"""The chapter on ideas: how far they got, the answers, and what was adopted."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import celling, sayings, tongues
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Stat,
    Stats,
    Table,
)
from cop_platform.common.reporting.sections import Head, pointer
from practices.domain.ideas.report.facts import AdoptedFacts, IdeaFacts
from practices.querysets import ANSWER_DAYS

KEY = "ideas"


def title() -> str:
    return _("Ideas")


def chapters(facts: IdeaFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where nobody handed one in; the limits say so."""
    if facts.ideas:
        yield Chapter(KEY, title(), tuple(_blocks(facts)))


def stats(facts: IdeaFacts, head: Head) -> Iterator[Stat]:
    """Ideas, and how many of them got a test."""
    if facts.ideas:
        yield from _numbers(facts)


def _numbers(facts: IdeaFacts) -> Iterator[Stat]:
    yield Stat(
        sayings.count(facts.ideas),
        ngettext("idea was handed in", "ideas were handed in", facts.ideas),
        pointer(KEY, "ideas"),
    )
    yield Stat(
        sayings.count(facts.tested),
        ngettext("idea was put to a test", "ideas were put to a test", facts.tested),
        pointer(KEY, "tested"),
    )


def _blocks(facts: IdeaFacts) -> Iterator[Block]:
    yield Stats(tuple(_numbers(facts)))
    yield Paragraph(
        _(
            "Any member hands an idea in, votes for those of others, and is owed an answer within "
            "%(days)s days."
        )
        % {"days": sayings.count(ANSWER_DAYS)}
    )
    yield Paragraph(answered(facts))
    if facts.combined:
        yield Paragraph(
            ngettext(
                "%(n)s idea combines several others.",
                "%(n)s ideas combine several others.",
                facts.combined,
            )
            % {"n": sayings.count(facts.combined)}
        )
    yield _funnel(facts)
    if facts.adopted:
        yield Heading(_("What was adopted"))
        yield _adopted(facts)


def answered(facts: IdeaFacts) -> str:
    """How many got their answer in time, in one sentence."""
    answers = facts.answers
    if not answers.due:
        return _("No answer was due yet.")
    return _("%(in_time)s of %(due)s answers that were due came within %(days)s days.") % {
        "in_time": sayings.count(answers.in_time),
        "due": sayings.count(answers.due),
        "days": sayings.count(ANSWER_DAYS),
    }


def _funnel(facts: IdeaFacts) -> Table:
    return Table(
        key="ideas-funnel",
        caption=_("How far ideas got, and how long they stayed there"),
        columns=(
            Column(_("State"), 3),
            Column(_("At the end"), 2, Align.END),
            Column(_("Ever"), 2, Align.END),
            Column(_("Median days"), 2, Align.END),
        ),
        rows=tuple(
            (
                Cell(str(stage.state.label)),
                celling.count(stage.now, pointer(KEY, "stages", n, "now")),
                celling.count(stage.ever, pointer(KEY, "stages", n, "ever")),
                celling.number(stage.days, pointer(KEY, "stages", n, "days"), 1),
            )
            for n, stage in enumerate(facts.stages)
        ),
        note=_("Days are counted of ideas that have left the state; a dash where none has."),
    )


def _adopted(facts: IdeaFacts) -> Table:
    return Table(
        key="ideas-adopted",
        caption=_("Adopted ideas"),
        columns=(Column(_("Idea"), 5), Column(_("Country"), 2), Column(_("What it became"), 4)),
        rows=tuple(
            (
                Cell(tongues.words(idea.title)),
                Cell(sayings.country(idea.iso_code) if idea.iso_code else sayings.NONE),
                _became(idea),
            )
            for idea in facts.adopted
        ),
    )


def _became(idea: AdoptedFacts) -> Cell:
    return Cell(tongues.words(idea.action) if idea.action else _("A good practice"))
