"""The pictures of the ratings: distributions, the heat maps, and all materials beside each other.

Each has its values as a table and in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.document import Align, Cell, Column, Figure, Table
from cop_platform.common.reporting.drawings import (
    Bar,
    Bars,
    Forest,
    ForestRow,
    HeatCell,
    HeatMap,
)
from cop_platform.common.reporting.sections import pointer
from feedback.validation.domain.report import ratings_sayings
from feedback.validation.domain.report.ratings_facts import ItemFacts, RatingsFacts, RoundFacts
from feedback.validation.figures import STANDARD

KEY = "ratings"
_STEPS = STANDARD.high - STANDARD.low


def answers() -> tuple[str, ...]:
    """The points of the scale as they are named on an axis."""
    return tuple(sayings.count(point) for point in STANDARD.points)


def distributions(place: int, row: RoundFacts) -> Figure:
    """How many gave each rating, item by item, with I-CVI at the end of each bar."""
    caption = _("%(material)s: how many experts gave each rating") % {
        "material": ratings_sayings.named(row)
    }
    key = f"distribution-{row.round_id}"
    bars = [
        Bar(item.code, item.distribution, ratings_sayings.value(item.i_cvi)) for item in row.items
    ]
    return Figure(
        key=key,
        caption=caption,
        alt=_in_words(row),
        drawing=Bars(answers(), tuple(bars)),
        table=Table(
            key=key,
            caption=caption,
            columns=(
                Column(_("Criterion"), 1.2),
                *(Column(label, 0.8, Align.END) for label in answers()),
                Column(_("Not applicable"), 1.2, Align.END),
                Column(_("No answer"), 1.2, Align.END),
            ),
            rows=tuple(_counts(place, n, item) for n, item in enumerate(row.items)),
        ),
    )


def _in_words(row: RoundFacts) -> str:
    """Each item's counts, as somebody reads them who does not see the bars."""
    said = [
        _("%(code)s: %(counts)s") % {"code": item.code, "counts": _listed(item.distribution)}
        for item in row.items
    ]
    return _("Ratings from 1 to 4, how many experts gave each. %(items)s.") % {
        "items": "; ".join(said)
    }


def _listed(counts: Sequence[int]) -> str:
    return sayings.listed([sayings.count(count) for count in counts])


def _counts(place: int, n: int, item: ItemFacts) -> tuple[Cell, ...]:
    here = pointer(KEY, "rounds", place, "items", n)
    return (
        Cell(item.code),
        *(
            celling.count(count, f"{here}/distribution/{point}")
            for point, count in enumerate(item.distribution)
        ),
        celling.count(item.not_applicable, f"{here}/not_applicable"),
        celling.count(item.missing, f"{here}/missing"),
    )


# --- All materials ----------------------------------------------------------------------------


def shown(facts: RatingsFacts) -> list[tuple[int, RoundFacts]]:
    """The rounds with figures, each with its place in the facts."""
    return [(n, row) for n, row in enumerate(facts.rounds) if row.items]


def forest(facts: RatingsFacts) -> Figure:
    """S-CVI/Ave of each round, with the span of its items' I-CVI."""
    rows = shown(facts)
    caption = _("S-CVI/Ave by material, with the lowest and the highest I-CVI")
    marks = {facts.policy(row.policy).rules.scale_ave for _n, row in rows}
    mark = marks.pop() if len(marks) == 1 else None
    said = [
        _("%(material)s: %(value)s")
        % {"material": ratings_sayings.named(row), "value": ratings_sayings.value(row.s_cvi_ave)}
        for _n, row in rows
    ]
    return Figure(
        key="forest",
        caption=caption,
        alt=_("The mean I-CVI of each material. %(list)s.") % {"list": "; ".join(said)},
        drawing=Forest(
            tuple(_forest_row(row) for _n, row in rows),
            None if mark is None else mark / 100,
            _("mark of the policy"),
        ),
        table=Table(
            key="forest",
            caption=caption,
            columns=(
                Column(_("Material"), 3),
                Column(_("S-CVI/Ave"), 1, Align.END),
                Column(_("Lowest I-CVI"), 1, Align.END),
                Column(_("Highest I-CVI"), 1, Align.END),
            ),
            rows=tuple(_forest_cells(n, row) for n, row in rows),
            note=_("The line of each material spans its items; it is no interval of confidence."),
        ),
    )


def _ends(row: RoundFacts) -> tuple[int, int] | None:
    """The places of the items with the lowest and the highest I-CVI."""
    values = [(item.i_cvi.value, n) for n, item in enumerate(row.items) if item.passes is not None]
    rated = [(value, n) for value, n in values if value is not None]
    return (min(rated)[1], max(rated)[1]) if rated else None


def _forest_row(row: RoundFacts) -> ForestRow:
    ends = _ends(row)
    low, high = (row.items[n].i_cvi.value for n in ends) if ends else (None, None)
    return ForestRow(
        label=ratings_sayings.named(row),
        value=row.s_cvi_ave.value,
        low=low,
        high=high,
        said=ratings_sayings.value(row.s_cvi_ave),
    )


def _forest_cells(place: int, row: RoundFacts) -> tuple[Cell, ...]:
    here = pointer(KEY, "rounds", place)
    ends = _ends(row)
    spans = (
        [ratings_sayings.cell(row.items[n].i_cvi, f"{here}/items/{n}/i_cvi") for n in ends]
        if ends
        else [Cell(sayings.NONE)] * 2
    )
    return (
        Cell(ratings_sayings.named(row)),
        ratings_sayings.cell(row.s_cvi_ave, f"{here}/s_cvi_ave"),
        *spans,
    )


def heat_maps(facts: RatingsFacts) -> Iterator[Figure]:
    """Items against materials, one map for each rubric that was used."""
    by_rubric: dict[str, list[tuple[int, RoundFacts]]] = {}
    for place, row in shown(facts):
        by_rubric.setdefault(row.rubric, []).append((place, row))
    for number, (rubric, rows) in enumerate(by_rubric.items(), start=1):
        # Wider than this nobody reads it; the table of all items has the rest.
        for start in range(0, len(rows), _WIDEST):
            yield _heat_map(f"heat-{number}-{start}", rubric, rows[start : start + _WIDEST])


_WIDEST = 14


def _heat_map(key: str, rubric: str, rows: Sequence[tuple[int, RoundFacts]]) -> Figure:
    caption = _("I-CVI of each criterion by material (rubric: %(rubric)s)") % {"rubric": rubric}
    codes = list(dict.fromkeys(item.code for _n, row in rows for item in row.items))
    columns = tuple(_short(row) for _n, row in rows)
    cells = {code: [_heat_cell(place, row, code) for place, row in rows] for code in codes}
    drawn = tuple(
        (code, tuple(HeatCell(cell.value, str(cell.text)) for cell in cells[code]))
        for code in codes
    )
    return Figure(
        key=key,
        caption=caption,
        alt=_("Criteria as rows, materials as columns; the lowest values are: %(list)s.")
        % {"list": _lowest(codes, columns, cells)},
        drawing=HeatMap(columns, drawn),
        table=Table(
            key=key,
            caption=caption,
            columns=(
                Column(_("Criterion"), 1.3),
                *(Column(label, 1, Align.END) for label in columns),
            ),
            rows=tuple((Cell(code), *cells[code]) for code in codes),
        ),
    )


def _short(row: RoundFacts) -> str:
    return _("%(code)s v%(version)s %(language)s") % {
        "code": row.code,
        "version": sayings.count(row.version),
        "language": row.language,
    }


def _heat_cell(place: int, row: RoundFacts, code: str) -> Cell:
    found = next(((n, item) for n, item in enumerate(row.items) if item.code == code), None)
    if found is None or found[1].i_cvi.value is None:
        return Cell(sayings.NONE)
    n, item = found
    source = pointer(KEY, "rounds", place, "items", n, "i_cvi", "value")
    return celling.number(item.i_cvi.value, source, tint=item.i_cvi.value)


def _lowest(codes: Sequence[str], columns: Sequence[str], cells: dict[str, list[Cell]]) -> str:
    found = sorted(
        (cell.value, f"{label} {code} {cell.text}")
        for code in codes
        for label, cell in zip(columns, cells[code], strict=True)
        if cell.value is not None
    )
    return sayings.listed([said for _value, said in found[:3]])


# --- Experts, for the agency ------------------------------------------------------------------


def experts(place: int, row: RoundFacts) -> Figure:
    """Items against experts under letters that stand for nobody outside this table."""
    caption = _("%(material)s: the ratings of each expert, under made-up codes") % {
        "material": ratings_sayings.named(row)
    }
    labels = tuple(_("E%(n)s") % {"n": n} for n in range(1, len(row.matrix) + 1))
    lines = list(zip(*row.matrix, strict=True))
    drawn = tuple(
        (item.code, tuple(_rating(score) for score in line))
        for item, line in zip(row.items, lines, strict=True)
    )
    key = f"experts-{row.round_id}"
    return Figure(
        key=key,
        caption=caption,
        alt=ngettext(
            "Criteria as rows and %(n)s expert as column; each cell holds a rating from 1 to 4.",
            "Criteria as rows and %(n)s experts as columns; each cell holds a rating from 1 to 4.",
            len(labels),
        )
        % {"n": sayings.count(len(labels))},
        drawing=HeatMap(labels, drawn),
        table=Table(
            key=key,
            caption=caption,
            columns=(
                Column(_("Criterion"), 1.3),
                *(Column(label, 0.7, Align.END) for label in labels),
            ),
            rows=tuple(
                _expert_cells(place, n, item, line)
                for n, (item, line) in enumerate(zip(row.items, lines, strict=True))
            ),
            note=_(
                "The codes are made for this table alone and sorted by what was answered: E1 here "
                "and E1 in another table are not the same person."
            ),
        ),
    )


def _rating(score: int | None) -> HeatCell:
    if score is None:
        return HeatCell(None, sayings.NONE)
    return HeatCell((score - STANDARD.low) / _STEPS, sayings.count(score))


def _expert_cells(
    place: int, n: int, item: ItemFacts, line: Sequence[int | None]
) -> tuple[Cell, ...]:
    here = pointer(KEY, "rounds", place, "matrix")
    return (
        Cell(item.code),
        *(
            celling.number(score, f"{here}/{expert}/{n}", 0, tint=_rating(score).share)
            for expert, score in enumerate(line)
        ),
    )
