"""The tables and the figure of countries beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import (
    Align,
    Cell,
    Column,
    Figure,
    Sign,
    Table,
)
from cop_platform.common.reporting.drawings import Forest, ForestRow
from cop_platform.common.reporting.sections import pointer
from feedback.validation.domain.outcome.across import ItemAcross, Power
from feedback.validation.domain.report import across_tests, ratings_sayings
from feedback.validation.domain.report.across_facts import (
    AcrossFacts,
    ComparedFacts,
    PanelFacts,
    StandingFacts,
)
from feedback.validation.enums import GOOD, Standing

KEY = "across"


def named(panel: PanelFacts) -> str:
    """A panel: its country and the language it read."""
    return _("%(country)s, %(language)s") % {
        "country": sayings.country(panel.country),
        "language": sayings.language(panel.language),
    }


def forest(place: int, material: ComparedFacts) -> Figure:
    """S-CVI/Ave of each country's panel, with the span of its items."""
    caption = _("%(code)s: S-CVI/Ave by country, with the lowest and the highest I-CVI") % {
        "code": material.code
    }
    marks = {panel.mark for panel in material.panels}
    mark = marks.pop() if len(marks) == 1 else None
    said = [
        _("%(panel)s: %(value)s")
        % {"panel": named(panel), "value": ratings_sayings.value(panel.s_cvi_ave)}
        for panel in material.panels
    ]
    key = f"across-{material.code}"
    return Figure(
        key=key,
        caption=caption,
        alt=_("The mean I-CVI of %(code)s in each country. %(list)s.")
        % {"code": material.code, "list": "; ".join(said)},
        drawing=Forest(
            tuple(_forest_row(panel) for panel in material.panels),
            None if mark is None else mark / 100,
            _("mark of the policy"),
        ),
        table=Table(
            key=key,
            caption=caption,
            columns=(
                Column(_("Country and language"), 3),
                Column(_("Reviews"), 1, Align.END),
                Column(_("S-CVI/Ave"), 1, Align.END),
                Column(_("Lowest I-CVI"), 1, Align.END),
                Column(_("Highest I-CVI"), 1, Align.END),
            ),
            rows=tuple(_forest_cells(place, n, p) for n, p in enumerate(material.panels)),
            note=_("The line of each country spans its items; it is no interval of confidence."),
        ),
    )


def _forest_row(panel: PanelFacts) -> ForestRow:
    return ForestRow(
        label=named(panel),
        value=panel.s_cvi_ave.value,
        low=panel.low,
        high=panel.high,
        said=ratings_sayings.value(panel.s_cvi_ave),
    )


def _forest_cells(place: int, n: int, panel: PanelFacts) -> tuple[Cell, ...]:
    here = pointer(KEY, "materials", place, "panels", n)
    return (
        Cell(named(panel)),
        celling.count(panel.submitted, f"{here}/submitted"),
        ratings_sayings.cell(panel.s_cvi_ave, f"{here}/s_cvi_ave"),
        celling.number(panel.low, f"{here}/low"),
        celling.number(panel.high, f"{here}/high"),
    )


def items(place: int, material: ComparedFacts, tested: Sequence[ItemAcross]) -> Table:
    """Each criterion with what every panel said; what differs is marked."""
    return Table(
        key=f"across-items-{material.code}",
        caption=_("%(code)s: how many of each panel found a criterion relevant")
        % {"code": material.code},
        columns=(
            Column(_("Criterion"), 3),
            *[Column(named(panel), 1.1, Align.END) for panel in material.panels],
            Column(_("Difference"), 1.1),
        ),
        rows=tuple(_item_cells(place, n, material, tested[n]) for n in range(len(tested))),
        note=_(
            "Fisher's exact test, corrected for all comparisons of this report (Benjamini and "
            "Hochberg, among the tests that could show anything); marked from a corrected p of "
            "0.05 down."
        ),
    )


def _item_cells(place: int, n: int, material: ComparedFacts, item: ItemAcross) -> tuple[Cell, ...]:
    differing = {name for test in item.flagged for name in (test.name, test.against)}
    cells = []
    for number, panel in enumerate(material.panels):
        relevant, rated = panel.items[n]
        source = pointer(KEY, "materials", place, "panels", number, "items", n, 0)
        names = {across_tests.cell(panel).country.name, sayings.language(panel.language)}
        cells.append(
            Cell(
                _("%(relevant)s of %(n)s")
                % {"relevant": sayings.count(relevant), "n": sayings.count(rated)}
                if rated
                else sayings.NONE,
                value=relevant if rated else None,
                source=source if rated else "",
                sign=Sign.BAD if names & differing else Sign.NONE,
                tint=relevant / rated if rated else None,
            )
        )
    last = Cell(_("differs"), sign=Sign.BAD) if item.flagged else Cell(sayings.NONE)
    return (Cell(f"{item.code} {item.text}"), *cells, last)


def powers(facts: AcrossFacts, found: Sequence[Sequence[Power]]) -> Table:
    """By material and panel, how often a shift of 40 points would be found."""
    names = sorted({power.name for some in found for power in some})
    rows = []
    for material, some in zip(facts.materials, found, strict=True):
        held = {power.name: power for power in some}
        rows.append((Cell(material.code), *[_power(held.get(name)) for name in names]))
    return Table(
        key="across-powers",
        caption=_("In how many of 100 cases a shift of 40 points against the others is found"),
        columns=(Column(_("Material")), *[Column(name, 1, Align.END) for name in names]),
        rows=tuple(rows),
        note=_("“None” stands where panels of these sizes cannot show any difference."),
    )


def _power(power: Power | None) -> Cell:
    if power is None:
        return Cell(sayings.NONE)
    if power.chance is None:
        return Cell(_("none"), sign=Sign.OPEN)
    sign = Sign.NONE if power.enough else Sign.OPEN
    return Cell(sayings.count(power.chance), sign=sign)


# A version of a material: code and number.
_Work = tuple[str, int]


def divergent(facts: AcrossFacts) -> dict[_Work, list[StandingFacts]]:
    """The verdicts on each version of which countries say different things."""
    by_version: dict[_Work, list[StandingFacts]] = defaultdict(list)
    for verdict in facts.verdicts:
        by_version[verdict.code, verdict.version].append(verdict)
    return {key: v for key, v in by_version.items() if len({one.standing for one in v}) > 1}


def codes(found: dict[_Work, list[StandingFacts]]) -> list[str]:
    """The materials among them."""
    return sorted({code for code, _version in found})


def verdicts(found: dict[_Work, list[StandingFacts]]) -> Table:
    """A row for each version that is seen differently, a column for each country."""
    places = sorted({one.country for some in found.values() for one in some})
    return Table(
        key="across-verdicts",
        caption=_("Materials of which countries say different things"),
        columns=(
            Column(_("Material"), 1.8),
            *[Column(sayings.country(place), 1.2) for place in places],
        ),
        rows=tuple(_verdict_row(some, places) for some in found.values()),
    )


def _verdict_row(some: list[StandingFacts], places: list[str]) -> tuple[Cell, ...]:
    held = {one.country: one for one in some}
    named = _("%(code)s %(title)s, version %(n)s") % {
        "code": some[0].code,
        "title": some[0].title,
        "n": sayings.count(some[0].version),
    }
    return (Cell(named), *[_verdict(held.get(place)) for place in places])


def _verdict(one: StandingFacts | None) -> Cell:
    if one is None:
        return Cell(sayings.NONE)
    standing = Standing(one.standing)
    if standing == Standing.NOT_ENOUGH:
        return Cell(str(standing.label), sign=Sign.OPEN)
    return Cell(str(standing.label), sign=Sign.GOOD if standing in GOOD else Sign.BAD)


def adapted(facts: AcrossFacts) -> Table:
    """Editions of each material, and the changes that each country asked for and got."""
    return Table(
        key="across-adapted",
        caption=_("Language editions, and accepted changes by the country that asked"),
        columns=(
            Column(_("Material"), 2.5),
            Column(_("Editions"), 1.8),
            Column(_("Country"), 1.4),
            Column(_("Accepted changes"), 1, Align.END),
            Column(_("In a version"), 1, Align.END),
        ),
        rows=tuple(_adapted_rows(facts)),
    )


def _adapted_rows(facts: AcrossFacts) -> Iterator[tuple[Cell, ...]]:
    for n, row in enumerate(facts.adapted):
        here = pointer(KEY, "adapted", n)
        languages = [sayings.language(code) for code in row.editions]
        yield (
            Cell(f"{row.code} {row.title}"),
            Cell(sayings.listed(languages)),
            Cell(sayings.country(row.country) if row.country else sayings.NONE),
            celling.count(row.accepted, f"{here}/accepted"),
            celling.count(row.done, f"{here}/done"),
        )
