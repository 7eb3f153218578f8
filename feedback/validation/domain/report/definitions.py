"""Annex: what each figure is, how it is computed, in words, and who published it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Block,
    Cell,
    Chapter,
    Column,
    Paragraph,
    Span,
    Table,
)
from cop_platform.common.reporting.sections import Head, Part, Scope, Section
from feedback.reviews.domain.rounds import PANEL
from feedback.validation.figures import CONFIDENCE, RELEVANT

KEY = "definitions"


@dataclass(frozen=True)
class DefinitionsFacts:
    """What the figures of this report take as given."""

    relevant_from: int
    smallest_panel: int
    confidence: float


def collect(scope: Scope) -> DefinitionsFacts:
    """The same for every report of this version of the platform."""
    return DefinitionsFacts(RELEVANT, PANEL, CONFIDENCE)


def title() -> str:
    return _("Definitions of the figures")


def annexes(facts: DefinitionsFacts, head: Head) -> Iterator[Chapter]:
    yield Chapter(KEY, title(), tuple(_blocks(facts)))


def _blocks(facts: DefinitionsFacts) -> Iterator[Block]:
    yield Paragraph(
        _(
            "N is the number of experts who rated a criterion, A how many of them rated it "
            "%(relevant)s or higher on the scale of 1 to 4. Missing answers count in no figure. "
            "Figures of fewer than %(panel)s reviews are not shown."
        )
        % {
            "relevant": sayings.count(facts.relevant_from),
            "panel": sayings.count(facts.smallest_panel),
        }
    )
    yield Table(
        key="definitions",
        caption=_("Each figure, how it is computed, and its source"),
        columns=(
            Column(pgettext("a statistic", "Figure"), 1.6),
            Column(_("How it is computed"), 5),
            Column(_("Source"), 2.4),
        ),
        rows=tuple(
            (Cell((Span(name, strong=True),)), Cell(how), Cell(source))
            for name, how, source in _rows()
        ),
    )


def _rows() -> Iterator[tuple[str, str, str]]:
    yield from _of_items()
    yield from _of_scales()
    yield from _of_agreement()


def _of_items() -> Iterator[tuple[str, str, str]]:
    yield (
        "I-CVI",
        _("A divided by N. One expert alone gives none."),
        "Lynn 1986",
    )
    yield (
        _("95 % interval"),
        _(
            "Wilson's score interval of A of N. It is wide in small panels: for 4 of 5 it reaches "
            "from 0.38 to 0.96."
        ),
        "Wilson 1927",
    )
    yield (
        _("Pass mark"),
        _(
            "The smallest A whose share A/N, rounded half up to two decimals, reaches the mark for "
            "that N. Compared in whole numbers: 7 of 9 passes although 7/9 is below 0.78."
        ),
        "Davis 1992; Lynn 1986; Polit & Beck 2006",
    )
    yield (
        _("Kappa* (modified kappa)"),
        _(
            "I-CVI corrected for agreement by chance: (I-CVI - p) / (1 - p), where p is how likely "
            "A of N is when everybody tosses a coin. Below 0.40 poor, below 0.60 fair, up to 0.74 "
            "good, above excellent."
        ),
        "Polit, Beck & Owen 2007",
    )
    yield (
        _("Aiken's V"),
        _("How far the mean rating stands up the scale: (mean - 1) / 3; 0 is all 1, 1 is all 4."),
        "Aiken 1985",
    )
    yield (
        _("Lawshe's CVR"),
        _(
            "Of criteria answered by “essential”: (n - N/2) / (N/2), n being those who say "
            "essential; -1 is nobody, 0 half, 1 everybody."
        ),
        "Lawshe 1975",
    )
    yield (
        _("Mean and median"),
        _("Of the ratings 1 to 4. A mean alone misleads, so the distribution stands beside it."),
        sayings.NONE,
    )


def _of_scales() -> Iterator[tuple[str, str, str]]:
    yield (
        "S-CVI/Ave",
        _("The mean I-CVI of the criteria that could be judged."),
        "Polit & Beck 2006",
    )
    yield (
        "S-CVI/UA",
        _("The share of those criteria that every expert called relevant."),
        "Polit & Beck 2006",
    )


def _of_agreement() -> Iterator[tuple[str, str, str]]:
    yield (
        _("Per cent agreement"),
        _("How often two experts picked at random gave a criterion the same answer."),
        sayings.NONE,
    )
    yield (
        _("Krippendorff's alpha"),
        _(
            "1 minus the disagreement seen divided by the disagreement expected by chance. By "
            "custom, 0.800 and more can be relied on, 0.667 to 0.800 only tentatively. Where all "
            "ratings are equal there is none."
        ),
        "Krippendorff 2004, 2011",
    )
    yield (
        _("Fleiss' kappa"),
        _("Agreement beyond chance, chance being how often each answer was given by all."),
        "Fleiss 1971",
    )
    yield (
        _("Gwet's AC1"),
        _(
            "Agreement beyond chance, chance being as it is where experts guess only what they do "
            "not know. It does not fall when nearly everybody gives the same answer."
        ),
        "Gwet 2008",
    )
    yield (
        _("The paradox"),
        _(
            "Where nearly all answers are the same, alpha and kappa are near 0 although nearly "
            "everybody agrees. Therefore none of them decides anything here."
        ),
        "Gwet 2008; Zec and others 2017",
    )


SECTION = Section(
    key=KEY,
    order=180,
    part=Part.ANNEX,
    title=title,
    facts=DefinitionsFacts,
    collect=collect,
    annexes=annexes,
)
