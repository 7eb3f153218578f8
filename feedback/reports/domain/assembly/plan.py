"""What was planned held against what was reached."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import Align, Cell, Column, Sign, Table
from cop_platform.common.reporting.sections import Indicator
from feedback.reports.domain.facts import Dataset


@dataclass(frozen=True)
class Held:
    """An indicator with the number the plan wants of it; None where the plan has none."""

    indicator: Indicator
    planned: int | None

    @property
    def sign(self) -> Sign:
        if self.planned is None:
            return Sign.OPEN
        return Sign.GOOD if self.indicator.reached >= self.planned else Sign.BAD


def held(dataset: Dataset) -> list[Held]:
    """What every section reached, planned numbers first."""
    found = [
        Held(indicator, planned(dataset, indicator.key))
        for section, facts in dataset.parts()
        for indicator in section.indicators(facts, dataset.head)
    ]
    return sorted(found, key=lambda row: row.planned is None)


def planned(dataset: Dataset, key: str) -> int | None:
    """The plan for these countries: one's own number, the project's, or the sum of countries'."""
    rows = [target for target in dataset.plan if target.key == key]
    whole = [target.planned for target in rows if not target.country]
    single = [target.planned for target in rows if target.country]
    return whole[0] if whole else (sum(single) if single else None)


def missed(dataset: Dataset) -> list[str]:
    """A sentence for each planned number that was not reached."""
    return [
        _("%(indicator)s: %(reached)s of %(planned)s planned.")
        % {
            "indicator": row.indicator.label,
            "reached": sayings.count(row.indicator.reached),
            "planned": sayings.count(row.planned or 0),
        }
        for row in held(dataset)
        if row.sign == Sign.BAD
    ]


def table(rows: list[Held]) -> Table:
    """Planned, reached, and whether that is enough."""
    return Table(
        key="indicators",
        caption=_("Planned and reached"),
        columns=(
            Column(_("Indicator"), 5),
            Column(_("Planned"), 2, Align.END),
            Column(_("Reached"), 2, Align.END),
            Column(_("Standing"), 3),
        ),
        rows=tuple(_row(row) for row in rows),
    )


def _row(row: Held) -> tuple[Cell, ...]:
    said = {
        Sign.GOOD: _("Reached"),
        Sign.BAD: _("Not reached"),
        Sign.OPEN: _("No number planned"),
    }
    wanted = sayings.NONE if row.planned is None else sayings.count(row.planned)
    return (
        Cell(row.indicator.label),
        Cell(wanted, value=row.planned),
        celling.count(row.indicator.reached, row.indicator.source),
        Cell(said[row.sign], sign=row.sign),
    )
