"""From counts of answers to figures: what `collect` stores and what a recount finds again.

Pure: takes and gives plain values, so that a file can be recounted without a database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from feedback.validation import figures
from feedback.validation.domain.judging import proposing
from feedback.validation.domain.policy.rules import Rules
from feedback.validation.domain.report.ratings_facts import (
    DECIMALS,
    AgreementFacts,
    ItemFacts,
    Measured,
)
from feedback.validation.figures import STANDARD, Figure, Level, Table
from feedback.validation.figures.ratings import dichotomised
from feedback.validation.figures.values import YES_NO


def rounded(value: float | None) -> float | None:
    """As the dataset keeps it."""
    return None if value is None else round(value, DECIMALS)


def measured(found: Figure) -> Measured:
    """A figure as the dataset keeps it."""
    return Measured(rounded(found.value), found.n, str(found.reason or ""))


def item(
    code: str,
    text: str,
    distribution: Sequence[int],
    not_applicable: int,
    missing: int,
    rules: Rules,
) -> ItemFacts:
    """The figures of one criterion, judged as the verdict judges it."""
    scores = expanded(distribution)
    counts = proposing.Item(
        code=code,
        text=text,
        n=len(scores),
        relevant=figures.count_relevant(scores),
        not_applicable=not_applicable,
        missing=missing,
    )
    judged = proposing.judge(counts, len(scores) + not_applicable + missing, rules)
    ends = figures.wilson(counts.relevant, judged.n)
    return ItemFacts(
        code=code,
        text=text,
        distribution=tuple(distribution),
        not_applicable=not_applicable,
        missing=missing,
        n=judged.n,
        relevant=counts.relevant,
        needed=judged.needed,
        passes=judged.passes,
        i_cvi=measured(figures.i_cvi(counts.relevant, judged.n)),
        low=rounded(ends.low),
        high=rounded(ends.high),
        kappa=measured(figures.modified_kappa(counts.relevant, judged.n)),
        aiken_v=measured(figures.aiken_v(scores)),
        mean=rounded(figures.mean(scores).value),
        median=figures.median(scores).value,
    )


def expanded(distribution: Sequence[int]) -> list[int]:
    """The ratings in rising order that a distribution counts."""
    return [
        score
        for score, count in zip(STANDARD.points, distribution, strict=True)
        for _n in range(count)
    ]


def scale(
    items: Sequence[ItemFacts], figure: Callable[[Sequence[tuple[int, int]]], Figure]
) -> Measured:
    """A figure of the whole scale, over the criteria that could be judged."""
    return measured(figure([(one.relevant, one.n) for one in items if one.passes is not None]))


def agreement(items: Sequence[ItemFacts]) -> tuple[AgreementFacts, AgreementFacts]:
    """Agreement on relevant or not, and on the ratings as given.

    None of these figures asks which expert gave which rating, so the distributions are enough.
    Each rating, and so each expert, counts once.
    """
    rows = [expanded(one.distribution) for one in items]
    width = max(map(len, rows), default=0)
    table: Table = [[*row, *[None] * (width - len(row))] for row in rows]
    return _agreement(dichotomised(table, STANDARD), Level.NOMINAL, YES_NO), _agreement(
        table, Level.ORDINAL, STANDARD
    )


def _agreement(table: Table, level: Level, scale: figures.Scale) -> AgreementFacts:
    return AgreementFacts(
        percent=measured(figures.percent(table)),
        alpha=measured(figures.alpha(table, level)),
        fleiss=measured(figures.fleiss(table)),
        ac1=measured(figures.ac1(table, scale)),
    )
