"""What stands after the sections: what is missing, and what the report was made of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cop_platform.common.reporting.document import (
    Bullets,
    Cell,
    Chapter,
    Column,
    Paragraph,
    Span,
    Table,
)
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.facts import Dataset


def limits(dataset: Dataset) -> Chapter:
    """What a reader would look for and does not find, said in sentences."""
    gaps = [
        sentence
        for section, facts in dataset.parts()
        for sentence in section.gaps(facts, dataset.head)
    ]
    nothing = Paragraph(_("Nothing that this report asks for is missing."))
    return Chapter("limits", _("Limitations"), (Bullets(tuple(gaps)) if gaps else nothing,))


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
