"""Annex: where the full rating table is, and how its formulas are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Bullets, Chapter, Paragraph
from cop_platform.common.reporting.sections import Head, Part, Scope, Section
from feedback.reviews.domain.report import asked

KEY = "rating_table"


@dataclass(frozen=True)
class RatingTableFacts:
    """How many rounds the table has."""

    rounds: int


def collect(scope: Scope) -> RatingTableFacts:
    """Counts the rounds."""
    return RatingTableFacts(len(asked.rounds(scope)))


def title() -> str:
    return _("The full rating table")


def annexes(facts: RatingTableFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where there is no round."""
    if not facts.rounds:
        return
    yield Chapter(
        KEY,
        title(),
        (
            Paragraph(
                ngettext(
                    "The workbook of this report has every criterion of %(n)s round as a row:",
                    "The workbook of this report has every criterion of %(n)s rounds as a row:",
                    facts.rounds,
                )
                % {"n": sayings.count(facts.rounds)}
            ),
            Bullets(
                (
                    _(
                        "Sheet “Ratings”: the counts of answers as they were given, and beside "
                        "them N, I-CVI, kappa*, Aiken's V, mean and result as live formulas."
                    ),
                    _(
                        "Sheet “Rounds”: S-CVI/Ave, S-CVI/UA and mean kappa* as formulas over the "
                        "sheet of ratings; figures of agreement as values."
                    ),
                    _("Sheet “Materials”: each version with its fingerprint and its verdicts."),
                    _("Sheet “Panel”: the reviews asked for and handed in, round by round."),
                )
            ),
            Paragraph(
                _(
                    "Whoever changes a count sees what the figures become. The dataset that is "
                    "attached to this report holds the same counts, and every figure can be "
                    "computed from them again."
                )
            ),
        ),
    )


SECTION = Section(
    key=KEY,
    order=150,
    part=Part.ANNEX,
    title=title,
    facts=RatingTableFacts,
    collect=collect,
    annexes=annexes,
)
