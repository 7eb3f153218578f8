"""What stands before the sections: the whole report on a page, and what it is held against."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Paragraph,
    Sign,
    Table,
)
from cop_platform.common.reporting.sections import Indicator
from feedback.reports.domain.facts import Dataset


def summary(dataset: Dataset) -> Chapter:
    """The most telling sentences of each section."""
    said = [
        sentence
        for section, facts in dataset.parts()
        for sentence in section.headline(facts, dataset.head)
    ]
    return Chapter("summary", _("Executive summary"), (Bullets(tuple(said)),))


def context(dataset: Dataset) -> Chapter:
    """Period and plan: what was promised, and what was reached."""
    days = {
        "period": sayings.period(dataset.start, dataset.end),
        "countries": sayings.listed([sayings.country(c.iso_code) for c in dataset.countries]),
    }
    blocks: list[Block] = [
        Paragraph(_("This report covers %(countries)s from %(period)s.") % days),
        *_planned(dataset),
    ]
    return Chapter("context", _("Context and objectives"), tuple(blocks))


def _planned(dataset: Dataset) -> Iterator[Block]:
    reached = indicators(dataset)
    if not reached:
        return
    yield Table(
        key="indicators",
        caption=_("Planned and reached"),
        columns=(
            Column(_("Indicator"), 4),
            Column(_("Planned"), 1, Align.END),
            Column(_("Reached"), 1, Align.END),
        ),
        rows=tuple(_indicator(row, planned(dataset, row.key)) for row in reached),
    )


def indicators(dataset: Dataset) -> list[Indicator]:
    """What every section reached."""
    return [
        indicator
        for section, facts in dataset.parts()
        for indicator in section.indicators(facts, dataset.head)
    ]


def planned(dataset: Dataset, key: str) -> int | None:
    """The plan for these countries: one's own number, the project's, or the sum of countries'."""
    rows = [target for target in dataset.plan if target.key == key]
    whole = [target.planned for target in rows if not target.country]
    single = [target.planned for target in rows if target.country]
    return whole[0] if whole else (sum(single) if single else None)


def _indicator(row: Indicator, plan: int | None) -> tuple[Cell, ...]:
    sign = Sign.OPEN if plan is None else (Sign.GOOD if row.reached >= plan else Sign.BAD)
    return (
        Cell(row.label),
        Cell(sayings.NONE if plan is None else sayings.count(plan), value=plan),
        Cell(sayings.count(row.reached), value=row.reached, source=row.source, sign=sign),
    )
