"""The codebook as its page and its table show it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.models import Country
from feedback.focus_groups.domain.coding import agreement, coded, saturation
from feedback.focus_groups.domain.coding.agreement import Agreement, Reading
from feedback.focus_groups.domain.coding.saturation import Step
from feedback.focus_groups.models import Code, FocusGroup, MergeProposal, Theme

# Of a column of the curve, of the highest one, and between two.
WIDTH, HEIGHT, GAP = 48, 96, 16
# The kind of a chip and its icon, by how an alpha is read.
_CHIPS = {
    Reading.RELIABLE: ("ok", "check"),
    Reading.TENTATIVE: ("warn", "question"),
    Reading.LOW: ("bad", "warning"),
    Reading.NONE: ("quiet", "minus"),
}


@dataclass(frozen=True)
class Row:
    """One code with what it was given to and how well coders agree on it."""

    code: Code
    quotes: int
    found: Agreement
    themes: list[str]

    @property
    def alpha(self) -> str:
        """Three decimals, "" where there is no figure."""
        value = self.found.alpha.value
        return "" if value is None else f"{value:.3f}"

    @property
    def percent(self) -> str:
        value = self.found.percent.value
        return "" if value is None else f"{100 * value:.0f}"

    @property
    def reading(self) -> str:
        return agreement.reading_said(self.found.alpha)

    @property
    def why_not(self) -> str:
        return agreement.why_not(self.found)

    @property
    def chip(self) -> tuple[str, str]:
        return _CHIPS[agreement.reading(self.found.alpha)]


@dataclass(frozen=True)
class CurveStep:
    """A step of the saturation curve as it is drawn, in units of the drawing."""

    step: Step
    group: FocusGroup
    names: list[str]
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def label_y(self) -> int:
        """A little over the column."""
        return self.y - 6


@dataclass(frozen=True)
class CodebookPage:
    """`closed` groups are left out of every number here; `coders` is how many have coded."""

    rows: list[Row]
    proposals: list[MergeProposal]
    curve: list[CurveStep]
    saturation: str
    standing: str
    closed: int

    @property
    def width(self) -> int:
        """Of the drawing."""
        return len(self.curve) * (WIDTH + GAP)


def build(country: Country, closed: Collection[int]) -> CodebookPage:
    """The codebook of a country without what was coded in closed groups."""
    quotes = coded.of_country(country.pk, without=closed)
    found = rows(country, closed, quotes)
    steps = saturation.curve(quotes)
    return CodebookPage(
        rows=found,
        proposals=_proposals(country),
        curve=_curve(steps, {row.code.pk: row.code.name for row in found}),
        saturation=saturation.sentence(steps),
        standing=_standing(found, quotes),
        closed=len(closed),
    )


def rows(
    country: Country, closed: Collection[int], quotes: list[coded.CodedQuote] | None = None
) -> list[Row]:
    """The codes in use, by name."""
    if quotes is None:
        quotes = coded.of_country(country.pk, without=closed)
    counts = Counter(code for quote in quotes for code in quote.codes())
    among = agreement.units(country.pk, without=closed)
    themes = defaultdict(list)
    made_of = Theme.objects.filter(country=country).order_by("title")
    for code_id, title in made_of.filter(codes__isnull=False).values_list("codes", "title"):
        themes[code_id].append(title)
    return [
        Row(code, counts[code.pk], agreement.of_code(code.pk, among), themes[code.pk])
        for code in Code.objects.in_use().filter(country=country)
    ]


def _proposals(country: Country) -> list[MergeProposal]:
    """What waits for a decision and can still be done."""
    open_ones = MergeProposal.objects.filter(
        is_agreed__isnull=True,
        code__country=country,
        code__merged_into__isnull=True,
        into__merged_into__isnull=True,
    )
    return list(open_ones.select_related("code", "into", "proposed_by").order_by("pk"))


def _standing(found: list[Row], quotes: list[coded.CodedQuote]) -> str:
    coders = {coder for quote in quotes for coder in quote.coders}
    if not found:
        return _("No code yet.")
    said = {
        "codes": ngettext("%(n)d code", "%(n)d codes", len(found)) % {"n": len(found)},
        "quotes": ngettext("%(n)d coded quote", "%(n)d coded quotes", len(quotes))
        % {"n": len(quotes)},
        "coders": ngettext("%(n)d coder", "%(n)d coders", len(coders)) % {"n": len(coders)},
    }
    return _("%(codes)s, %(quotes)s, %(coders)s.") % said


def _curve(steps: list[Step], names: dict[int, str]) -> list[CurveStep]:
    """Columns beside each other, the highest as high as the drawing."""
    groups = FocusGroup.objects.select_related("session").in_bulk([step.group_id for step in steps])
    most = max((len(step.new) for step in steps), default=0) or 1
    drawn = []
    for place, step in enumerate(steps):
        height = round(HEIGHT * len(step.new) / most)
        drawn.append(
            CurveStep(
                step=step,
                group=groups[step.group_id],
                names=sorted(names.get(code, "") for code in step.new),
                x=place * (WIDTH + GAP),
                y=HEIGHT - height,
                height=height,
            )
        )
    return drawn
