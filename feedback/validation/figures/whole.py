"""All figures of one table of ratings: what the command prints and the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.validation.figures import (
    agreement,
    aiken,
    appropriateness,
    bootstrap,
    concordance,
    content,
    intervals,
    intraclass,
    krippendorff,
    lawshe,
    spread,
)
from feedback.validation.figures.ratings import dichotomised, given, without_silent
from feedback.validation.figures.values import (
    STANDARD,
    YES_NO,
    Figure,
    Interval,
    Level,
    Scale,
    Table,
)


@dataclass(frozen=True)
class ItemFigures:
    """One item; `needed` and `passes` are None where the panel is too small for a pass mark."""

    n: int
    relevant: int
    needed: int | None
    passes: bool | None
    i_cvi: Figure
    wilson: Interval
    clopper_pearson: Interval
    kappa: Figure
    band: content.Band | None
    aiken_v: Figure
    aiken_v_interval: Interval
    cvr: Figure
    cvr_critical: Figure
    mean: Figure
    median: Figure
    deviation: Figure
    interquartile: Figure
    tally: Mapping[float, int]
    judged: appropriateness.Judged


@dataclass(frozen=True)
class Agreement:
    """How far the experts agree over all items."""

    percent: Figure
    alpha: Mapping[Level, Figure]
    alpha_intervals: Mapping[Level, Interval]
    fleiss: Figure
    cohen: Figure
    ac1: Figure
    ac2: Figure


@dataclass(frozen=True)
class Whole:
    """Everything: `raw` agreement on the ratings, `dichotomised` on relevant or not.

    `experts` counts those who rated anything.
    """

    scale: Scale
    level: Level
    experts: int
    items: tuple[ItemFigures, ...]
    s_cvi_ave: Figure
    s_cvi_ua: Figure
    mean_kappa: Figure
    raw: Agreement
    dichotomised: Agreement
    icc: Mapping[str, intraclass.Correlation]
    kendall: concordance.Concordance


def of(
    table: Table,
    scale: Scale = STANDARD,
    level: Level = Level.ORDINAL,
    policy: content.Policy = content.STRICT,
) -> Whole:
    """All figures of a table whose ratings lie on the scale; `level` chooses the weights of AC2."""
    items = tuple(of_item(given(row), scale, policy) for row in table)
    counts = [(item.relevant, item.n) for item in items]
    return Whole(
        scale=scale,
        level=level,
        experts=len(without_silent(table)[0]) if table else 0,
        items=items,
        s_cvi_ave=content.s_cvi_ave(counts),
        s_cvi_ua=content.s_cvi_ua(counts),
        mean_kappa=content.mean_kappa(counts),
        raw=agreement_of(table, scale, level),
        dichotomised=agreement_on_relevance(table, scale, level),
        icc=intraclass.icc(table),
        kendall=concordance.kendall_w(table),
    )


def of_item(
    scores: Sequence[float], scale: Scale = STANDARD, policy: content.Policy = content.STRICT
) -> ItemFigures:
    """The figures of the ratings that one item was given."""
    n, relevant = len(scores), content.count_relevant(scores, scale)
    kappa = content.modified_kappa(relevant, n)
    return ItemFigures(
        n=n,
        relevant=relevant,
        needed=content.min_relevant(n, policy),
        passes=content.passes(relevant, n, policy),
        i_cvi=content.i_cvi(relevant, n),
        wilson=intervals.wilson(relevant, n),
        clopper_pearson=intervals.clopper_pearson(relevant, n),
        kappa=kappa,
        band=None if kappa.value is None else content.band(kappa.value),
        aiken_v=aiken.aiken_v(scores, scale),
        aiken_v_interval=aiken.aiken_v_interval(scores, scale),
        cvr=lawshe.cvr(relevant, n),
        cvr_critical=lawshe.cvr_critical(n),
        mean=spread.mean(scores),
        median=spread.median(scores),
        deviation=spread.deviation(scores),
        interquartile=spread.interquartile(scores),
        tally=spread.tally(scores, scale),
        judged=appropriateness.judge(scores, scale),
    )


def agreement_on_relevance(
    table: Table, scale: Scale = STANDARD, level: Level = Level.ORDINAL
) -> Agreement:
    """The same, where each rating counts as relevant or not."""
    return agreement_of(dichotomised(table, scale), YES_NO, level)


def agreement_of(table: Table, scale: Scale, level: Level) -> Agreement:
    """How far the experts agree; the ratings lie on the scale."""
    return Agreement(
        percent=agreement.percent(table),
        alpha={level: krippendorff.alpha(table, level) for level in Level},
        alpha_intervals=bootstrap.alpha_intervals(table),
        fleiss=agreement.fleiss(table),
        cohen=agreement.cohen(table),
        ac1=agreement.ac1(table, scale),
        ac2=agreement.ac2(table, scale, level),
    )
