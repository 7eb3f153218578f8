"""The comparisons of a report, by the tests of the page that compares one round; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cop_platform.common.reporting import sayings
from feedback.validation.domain.outcome import across, comparing
from feedback.validation.domain.outcome.across import ItemAcross, Power
from feedback.validation.domain.outcome.comparing import Cell
from feedback.validation.domain.report.across_facts import AcrossFacts, ComparedFacts, PanelFacts


@dataclass(frozen=True)
class _Edition:
    """A version as the tests want it."""

    pk: int
    source_id: int | None
    language: str

    def get_language_display(self) -> str:
        return sayings.language(self.language)


@dataclass(frozen=True)
class _Place:
    """A country as the tests want it."""

    pk: str
    name: str


def cell(panel: PanelFacts) -> Cell:
    """The panel, named in the active language."""
    edition = _Edition(panel.version, panel.source or None, panel.language)
    return Cell(edition, _Place(panel.country, sayings.country(panel.country)))


def tested(facts: AcrossFacts) -> list[tuple[ItemAcross, ...]]:
    """For each material its criteria with their tests, corrected over the whole report."""
    items = [tuple(_items(material)) for material in facts.materials]
    raised = iter(comparing.corrected(item.tests for some in items for item in some))
    return [
        tuple(ItemAcross(item.code, item.text, item.shares, next(raised)) for item in some)
        for some in items
    ]


def _items(material: ComparedFacts) -> Iterator[ItemAcross]:
    for place, criterion in enumerate(material.criteria):
        rated = {cell(p): p.items[place] for p in material.panels if p.items[place][1]}
        yield ItemAcross(criterion.code, criterion.text, (), comparing.tests(rated))


def powers(tested: list[tuple[ItemAcross, ...]]) -> list[list[Power]]:
    """What the panels of each material can show, by the level that the whole report asks for."""
    asked = across.level(item for some in tested for item in some)
    return [list(across.powers(some, asked)) for some in tested]
