"""What stands after the sections: what is missing, what to do, what the report was made of."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Span,
    Table,
)
from feedback.reports.domain.assembly import plan
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.facts import Dataset


def limits(dataset: Dataset) -> Chapter:
    """What a reader would look for and does not find, and planned numbers that were missed."""
    gaps = [
        sentence
        for section, facts in dataset.parts()
        for sentence in section.gaps(facts, dataset.head)
    ]
    nothing = Paragraph(_("Nothing that this report asks for is missing."))
    blocks: list[Block] = [Bullets(_once(gaps)) if gaps else nothing]
    missed = plan.missed(dataset)
    if missed:
        blocks += [Heading(_("Planned and not reached")), Bullets(tuple(missed))]
    return Chapter("limits", _("Limitations"), tuple(blocks))


def outlook(dataset: Dataset) -> Chapter:
    """What follows from the facts, by rules that are the same for everybody; and what lasts."""
    advice = [
        sentence
        for section, facts in dataset.parts()
        for sentence in section.recommendations(facts, dataset.head)
    ]
    blocks: list[Block] = []
    if advice:
        blocks.append(
            Paragraph(_("These follow from the figures by rules; they are a start for a talk."))
        )
        blocks.append(Bullets(_once(advice), ordered=True))
    else:
        blocks.append(Paragraph(_("Nothing has to be done that these figures could tell.")))
    blocks += [Heading(_("What lasts")), *_lasting(dataset)]
    return Chapter("outlook", _("Recommendations and what comes next"), tuple(blocks))


def _once(sentences: list[str]) -> tuple[str, ...]:
    """Two rooms may miss the same; it is said once."""
    return tuple(dict.fromkeys(sentences))


def _lasting(dataset: Dataset) -> Iterator[Block]:
    said = [
        _("A verdict holds for one exact version until a day; then the material is rated again."),
        _("Every figure can be counted again from the dataset that comes with this report."),
        _("A later report has the same chapters, so that both can be set beside each other."),
    ]
    if dataset.funding and dataset.funding.licence:
        said.append(
            _("Others may use this report under its licence: %(licence)s.")
            % {"licence": dataset.funding.licence}
        )
    yield Bullets(tuple(said))


def manifest(dataset: Dataset, edition: Edition, digest: str) -> Chapter:
    """What the files were made of, so that they can be made again."""
    values = (
        (_("Release"), edition.release),
        (_("Period"), f"{dataset.start} {dataset.end}"),
        (_("Profile"), str(dataset.profile)),
        (_("Language"), edition.language),
        (_("Template version"), edition.template_version),
        (_("Schema of the dataset"), dataset.schema),
        (_("Newest row"), dataset.newest_row),
        (_("Dataset, SHA-256"), digest),
    )
    table = Table(
        key="manifest",
        caption=_("What these files were made of"),
        columns=(Column(_("What"), 1), Column(_("Value"), 3)),
        rows=tuple((Cell(label), Cell((Span(said, code=True),))) for label, said in values),
    )
    return Chapter("manifest", _("Manifest"), (table,))
