"""How far coders agree on a code, each having worked alone: Krippendorff's alpha, nominal.

The items are quotes that two coders or more went through; the rating is whether the code was given.
What was changed after talking about differences does not count: it would only show that people
talked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from feedback.focus_groups.models import Code, CoderPass, Coding
from feedback.validation import figures
from feedback.validation.figures import Figure, Level, Reason

RELIABLE, TENTATIVE = 0.800, 0.667

# Of one quote: by coder, the codes given alone.
Unit = Mapping[int, frozenset[int]]


class Reading(StrEnum):
    """How an alpha is read by custom."""

    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True)
class Agreement:
    """Of one code: `quotes` were coded by two or more, `given` of them got it from somebody."""

    quotes: int
    given: int
    alpha: Figure
    percent: Figure


def units(country_id: int, *, without: Collection[int] = ()) -> list[Unit]:
    """The quotes of a country that two or more went through, but in the groups left out.

    Codes that were merged stand for what they became. Three questions.
    """
    passes = CoderPass.objects.filter(
        quote__group__country_id=country_id, quote__checked_on__isnull=False
    ).exclude(quote__group__in=without)
    merged = Code.objects.filter(country_id=country_id, merged_into__isnull=False)
    became: dict[int, int | None] = dict(merged.values_list("pk", "merged_into"))
    now: dict[int, set[int]] = defaultdict(set)
    given = Coding.objects.filter(coded__in=passes.order_by().values("pk"))
    for done, code in given.values_list("coded", "code"):
        now[done].add(code)
    found: dict[int, dict[int, frozenset[int]]] = defaultdict(dict)
    for pk, quote, coder, alone in passes.order_by("quote", "coder").values_list(
        "pk", "quote", "coder", "alone"
    ):
        codes = now[pk] if alone is None else alone
        found[quote][coder] = frozenset(became.get(code) or code for code in codes)
    return [unit for unit in found.values() if len(unit) > 1]


def of_code(code_id: int, among: Sequence[Unit]) -> Agreement:
    """The agreement on one code over these quotes."""
    coders = sorted({coder for unit in among for coder in unit})
    table = [
        [float(code_id in unit[coder]) if coder in unit else None for coder in coders]
        for unit in among
    ]
    return Agreement(
        quotes=len(among),
        given=sum(any(code_id in codes for codes in unit.values()) for unit in among),
        alpha=figures.alpha(table, Level.NOMINAL),
        percent=figures.percent(table),
    )


def reading(alpha: Figure) -> Reading:
    """How an alpha is read; three decimals decide, as they are shown."""
    if alpha.value is None:
        return Reading.NONE
    shown = round(alpha.value, 3)
    if shown >= RELIABLE:
        return Reading.RELIABLE
    return Reading.TENTATIVE if shown >= TENTATIVE else Reading.LOW


def reading_said(alpha: Figure) -> str:
    return {
        Reading.RELIABLE: _("can be relied on"),
        Reading.TENTATIVE: _("tentative: talk about the differences"),
        Reading.LOW: _("too low: sharpen the meaning or merge"),
        Reading.NONE: _("no figure yet"),
    }[reading(alpha)]


def why_not(found: Agreement) -> str:
    """Why there is no alpha, "" where there is one."""
    if found.alpha.reason is None:
        return ""
    if found.alpha.reason is Reason.ALL_EQUAL and found.given:
        return _("It cannot be computed because every coder gave this code to every quote.")
    if found.alpha.reason is Reason.ALL_EQUAL:
        return _("It cannot be computed because nobody gave this code to a quote two have coded.")
    return _("It cannot be computed because no quote was coded by two people yet.")
