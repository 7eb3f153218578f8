"""What questions among colleagues give to a validation report: the chapter "help given"."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.cells import SMALLEST
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Paragraph,
    Stat,
    Stats,
    Table,
)
from cop_platform.common.reporting.sections import Head, Indicator, Part, Section, pointer
from practices.domain.questions.report import reading
from practices.domain.questions.report.facts import HelpFacts, PairFacts

KEY = "help_given"


def title() -> str:
    return _("Help given")


def chapters(facts: HelpFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where nobody asked and nobody answered; the limits say so."""
    if facts.asked or facts.given or facts.received:
        yield Chapter(KEY, title(), tuple(_blocks(facts)))


def _blocks(facts: HelpFacts) -> Iterator[Block]:
    yield Stats(tuple(stats(facts)))
    yield Paragraph(
        _(
            "An expert who is stuck describes a case without any detail that tells who it is "
            "about. It is put to three to five experts of other countries. The clock runs from "
            "the moment everybody may read the question to its first answer."
        )
    )
    if facts.asked:
        yield _asked(facts)
    if facts.pairs:
        yield _pairs(facts)


def stats(facts: HelpFacts) -> Iterator[Stat]:
    """Questions, and answers that went abroad."""
    yield Stat(
        sayings.count(facts.asked),
        ngettext("question was asked", "questions were asked", facts.asked),
        pointer(KEY, "asked"),
    )
    yield Stat(
        sayings.count(facts.given),
        ngettext("answer went to another country", "answers went to other countries", facts.given),
        pointer(KEY, "given"),
    )


def _asked(facts: HelpFacts) -> Table:
    """What became of the questions, each figure with what it is a share of."""
    rows = [
        (_("Questions asked"), "asked", facts.asked, 0),
        (_("Answered"), "answered", facts.answered, facts.asked),
        (_("Solved"), "solved", facts.solved, facts.asked),
        (_("Said whether it worked"), "judged", facts.judged, facts.solved),
        (_("Worked"), "worked", facts.worked, facts.judged),
        (_("Worked in part"), "partly", facts.partly, facts.judged),
    ]
    hours = celling.number(facts.median_hours, pointer(KEY, "median_hours"), 1)
    return Table(
        key="help-questions",
        caption=_("Questions and what became of them"),
        columns=(
            Column(_("Figure"), 4),
            Column(_("Value"), 1, Align.END),
            Column(_("Share"), 3, Align.END),
        ),
        rows=(
            *(
                (Cell(label), celling.count(value, pointer(KEY, key)), Cell(_share(value, whole)))
                for label, key, value, whole in rows
            ),
            (Cell(_("Hours to the first answer, median")), hours, Cell(_of(facts.answered))),
        ),
    )


def _share(part: int, whole: int) -> str:
    if not whole:
        return sayings.NONE
    return _("%(share)s of %(whole)s") % {
        "share": sayings.share(part, whole),
        "whole": sayings.count(whole),
    }


def _of(n: int) -> str:
    return _("n = %(n)s") % {"n": sayings.count(n)}


def _pairs(facts: HelpFacts) -> Table:
    return Table(
        key="help-pairs",
        caption=_("Answers from country to country"),
        columns=(
            Column(_("From"), 3),
            Column(_("To"), 3),
            Column(_("Answers"), 2, Align.END),
        ),
        rows=tuple(_pair(pair, n) for n, pair in enumerate(facts.pairs)),
        note=_("Pairs of countries with fewer than %(n)s answers stand together in one line.")
        % {"n": sayings.count(SMALLEST)},
    )


def _pair(pair: PairFacts, n: int) -> tuple[Cell, ...]:
    answers = celling.people(pair.answers, pointer(KEY, "pairs", n, "answers"))
    if not pair.giver:
        return (Cell(_("All other pairs")), Cell(sayings.NONE), answers)
    return (Cell(sayings.country(pair.giver)), Cell(sayings.country(pair.asker)), answers)


def gaps(facts: HelpFacts, head: Head) -> Iterator[str]:
    """No questions, no answers abroad, or nobody who said whether advice worked."""
    if not facts.asked:
        yield _("No question was put to colleagues in other countries in this period.")
    if facts.solved and not facts.judged:
        yield _("Nobody has said yet whether an accepted answer worked.")


def headline(facts: HelpFacts, head: Head) -> Iterator[str]:
    """How many questions there were and how many are solved."""
    if facts.asked:
        yield ngettext(
            "%(n)s question was put to colleagues abroad; %(share)s of them are solved.",
            "%(n)s questions were put to colleagues abroad; %(share)s of them are solved.",
            facts.asked,
        ) % {"n": sayings.count(facts.asked), "share": sayings.share(facts.solved, facts.asked)}


def indicator_keys() -> tuple[tuple[str, str], ...]:
    """What a plan may promise."""
    return (
        ("questions_answered", _("Questions answered")),
        ("answers_abroad", _("Answers to other countries")),
    )


def indicators(facts: HelpFacts, head: Head) -> Iterator[Indicator]:
    """Answered questions, and answers that crossed a border."""
    labels = dict(indicator_keys())
    yield Indicator(
        "questions_answered",
        labels["questions_answered"],
        facts.answered,
        pointer(KEY, "answered"),
    )
    yield Indicator("answers_abroad", labels["answers_abroad"], facts.given, pointer(KEY, "given"))


def easy(facts: HelpFacts, head: Head) -> Iterator[str]:
    """For readers of short sentences."""
    if facts.given:
        yield ngettext(
            "Experts helped colleagues in other countries %(n)s time.",
            "Experts helped colleagues in other countries %(n)s times.",
            facts.given,
        ) % {"n": sayings.count(facts.given)}


SECTION = Section(
    key=KEY,
    order=94,
    part=Part.CHAPTER,
    title=title,
    facts=HelpFacts,
    collect=reading.collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    gaps=gaps,
    headline=headline,
    indicators=indicators,
    indicator_keys=indicator_keys,
    stats=lambda facts, head: stats(facts) if facts.asked or facts.given else (),
    easy=easy,
)
