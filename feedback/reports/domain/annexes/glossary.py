"""The annex that explains the words of a report, in the edition's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cop_platform.common.reporting.document import Cell, Chapter, Column, Span, Table
from cop_platform.common.reporting.sections import Head, Part, Scope, Section


@dataclass(frozen=True)
class GlossaryFacts:
    """Nothing: the words are ours and come with the templates."""


def collect(scope: Scope) -> GlossaryFacts:
    return GlossaryFacts()


def title() -> str:
    return _("Glossary")


def terms() -> list[tuple[str, str]]:
    """Each term with what it means here, in the order in which a reader meets them."""
    return [*_people(), *_materials(), *_figures(), *_results()]


def _people() -> list[tuple[str, str]]:
    return [
        (
            _("Community of practice"),
            _("People who do similar work and meet regularly to get better at it together."),
        ),
        (
            _("Charter"),
            _("The page on which a community says what it works on, what for, and on what topics."),
        ),
        (_("Partner"), _("The organisation that answers for the work in one country.")),
        (
            _("Coordinator"),
            _("The person who calls a country's community together and runs it."),
        ),
        (
            _("Expert"),
            _("Somebody whose daily work is with migrants and who reviews materials."),
        ),
        (_("Mentor"), _("Somebody who accompanies a migrant while a portfolio is made.")),
        (
            _("Session"),
            _("One meeting of one or more communities, in a room, online or both."),
        ),
        (
            _("Focus group"),
            _("A guided talk of five to ten people about a material, kept without their names."),
        ),
        (
            _("Attendance by answer"),
            _("Who said yes to an invitation; nobody's presence in the room is recorded."),
        ),
    ]


def _materials() -> list[tuple[str, str]]:
    return [
        (_("Material"), _("A guide, workbook, template, film or module of the project.")),
        (
            _("Version"),
            _("A material as it was on one day; it is never changed, and its hash proves that."),
        ),
        (
            _("Hash (SHA-256)"),
            _("A long number made of a file's content: one changed letter gives another number."),
        ),
        (_("Language edition"), _("A version of a material in another language.")),
        (
            _("Review round"),
            _("The days in which a panel looks at one exact version, by rules fixed beforehand."),
        ),
        (_("Panel"), _("The experts who were asked to review in a round.")),
        (
            _("Rubric"),
            _("The list of questions that every expert of a round answers; it is frozen."),
        ),
        (_("Criterion"), _("One question of a rubric.")),
        (
            _("Conflict of interest"),
            _("A reason why somebody should not review a material: they wrote it, for example."),
        ),
    ]


def _figures() -> list[tuple[str, str]]:
    return [
        (
            _("Relevant answer"),
            _("“Mostly” or “fully”: 3 or 4 on the scale of 1 to 4."),
        ),
        (
            _("I-CVI"),
            _("The share of relevant answers to one question; 1 means that everybody agrees."),
        ),
        (_("S-CVI"), _("The same for a whole material, over all of its questions.")),
        (
            _("Pass mark"),
            _("The share that is needed; it depends on how many experts answered."),
        ),
        (
            _("Policy"),
            _("The rule by which figures become a verdict, frozen before the round began."),
        ),
    ]


def _results() -> list[tuple[str, str]]:
    return [
        (_("Remark"), _("What an expert wrote to a question or to a place in a material.")),
        (_("Theme"), _("Remarks that are about one question and meant in one way.")),
        (_("Reach"), _("How many different people raised a theme.")),
        (
            _("Change request"),
            _("A change somebody asked for, with its severity, a decision and a reason."),
        ),
        (
            _("Verdict"),
            _("What is said of a version at the end: validated, or what is missing for it."),
        ),
        (
            _("Validation"),
            _(
                "Here: experts' judgement on materials. It is not the recognition of what a person "
                "has learned, which only authorised bodies give."
            ),
        ),
    ]


def annexes(facts: GlossaryFacts, head: Head) -> Iterator[Chapter]:
    """All terms as a table of two columns."""
    table = Table(
        key="glossary",
        caption=_("Words of this report"),
        columns=(Column(_("Term"), 2), Column(_("Meaning"), 5)),
        rows=tuple((Cell((Span(term, strong=True),)), Cell(meaning)) for term, meaning in terms()),
    )
    yield Chapter("glossary", title(), (table,))


SECTION = Section(
    key="glossary",
    order=170,
    part=Part.ANNEX,
    title=title,
    facts=GlossaryFacts,
    collect=collect,
    annexes=annexes,
)
