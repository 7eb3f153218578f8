"""The chapter on how people came to the group, and who they are."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cop_platform.common.reporting import tongues
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Table,
)
from feedback.focus_groups.domain.group_report.facts import OneGroup
from feedback.focus_groups.domain.report import group_blocks, wording
from feedback.focus_groups.enums import Recruited


def blocks(group: OneGroup) -> Iterator[Block]:
    """How they were found, how many came, why others did not, and what they told."""
    if group.told.recruitment:
        yield Paragraph(tongues.words(group.told.recruitment))
    else:
        yield Paragraph(_("How people were found is not written down."))
    if group.flow is not None:
        yield _flow(group)
    if group.told.refusals:
        yield Heading(_("Why people said no or left"))
        yield Paragraph(tongues.words(group.told.refusals))
    yield Heading(_("Who took part"))
    if group.has_bands:
        yield _bands(group)
    else:
        yield Paragraph(
            _("Participants did not tell age, gender or language, or they were fewer than five.")
        )


def _flow(group: OneGroup) -> Table:
    flow = group.flow
    return Table(
        key="group-flow",
        caption=_("From being asked to taking part"),
        columns=(Column(_("Step"), 3), Column(_("People"), 1, Align.END)),
        rows=tuple(
            (
                Cell(str(step.label)),
                Cell(wording.in_fives(getattr(flow, step.value))),
            )
            for step in Recruited
        ),
        note=wording.fives_note(),
    )


def _bands(group: OneGroup) -> Table:
    told = (
        (_("Age"), "ages", group.ages),
        (_("Gender"), "genders", group.genders),
        (_("Language spoken"), "tongues", group.tongues),
    )
    rows = [
        (
            Cell(label),
            Cell(group_blocks.band_label(field, band.code)),
            Cell(wording.in_fives(band.people)),
        )
        for label, field, bands in told
        for band in bands
    ]
    return Table(
        key="group-people",
        caption=_("People who took part, by what they told"),
        columns=(Column(_("What"), 2), Column(_("Told"), 3), Column(_("People"), 2, Align.END)),
        rows=tuple(rows),
        note=wording.fives_note(),
    )
