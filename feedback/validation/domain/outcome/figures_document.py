"""All figures of a table of ratings as the document that the command prints.

Numbers are not rounded. A figure is {"value", "n", "reason"}: the value is null exactly when there
is a reason. An interval of 95 % is the same with "low" and "high" beside, its value both ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from feedback.validation.domain.outcome.rating_files import RatingFile
from feedback.validation.figures import Accord, Appropriateness, Figure, Interval, Level, cvr
from feedback.validation.figures.appropriateness import NINE, Judged
from feedback.validation.figures.concordance import Concordance
from feedback.validation.figures.intraclass import Correlation
from feedback.validation.figures.whole import Agreement, ItemFigures, Whole

Document = dict[str, Any]


def build(file: RatingFile, found: Whole) -> Document:
    """The document; `found` are the figures of the file's table."""
    return {
        "scale": {
            "low": found.scale.low,
            "high": found.scale.high,
            "relevant_from": found.scale.relevant_from,
        },
        "level": str(found.level),
        "experts": found.experts,
        "items": _items(file.labels, found),
        "s_cvi_ave": figure(found.s_cvi_ave),
        "s_cvi_ua": figure(found.s_cvi_ua),
        "mean_k_star": figure(found.mean_kappa),
        "agreement": {
            "raw": _agreement(found.raw),
            "dichotomised": _agreement(found.dichotomised),
        },
        "icc": {form: _correlation(one) for form, one in found.icc.items()},
        "kendall_w": _concordance(found.kendall),
    }


def figure(found: Figure) -> Document:
    """A figure."""
    return {"value": found.value, "n": found.n, "reason": _word(found.reason)}


def interval(found: Interval) -> Document:
    """An interval."""
    both = None if found.low is None else [found.low, found.high]
    return {
        "value": both,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "reason": _word(found.reason),
    }


def _items(labels: Sequence[str | int], found: Whole) -> list[Document]:
    nine = found.scale == NINE
    return [
        _item(label, item) | ({"rand_ucla": _judged(item.judged)} if nine else {})
        for label, item in zip(labels, found.items, strict=True)
    ]


def _item(label: str | int, item: ItemFigures) -> Document:
    return {
        "item": label,
        "n": item.n,
        "relevant": item.relevant,
        "min_relevant": item.needed,
        "pass": item.passes,
        "i_cvi": figure(item.i_cvi),
        "wilson": interval(item.wilson),
        "clopper_pearson": interval(item.clopper_pearson),
        "k_star": figure(item.kappa),
        "k_band": _word(item.band),
        "aiken_v": figure(item.aiken_v),
        "aiken_v_interval": interval(item.aiken_v_interval),
        "cvr": figure(item.cvr),
        "cvr_critical": _critical(item),
        "mean": figure(item.mean),
        "median": figure(item.median),
        "sd": figure(item.deviation),
        "iqr": figure(item.interquartile),
        "distribution": {f"{value:g}": count for value, count in item.tally.items()},
    }


def _critical(item: ItemFigures) -> Document:
    """The critical count, and the ratio it gives."""
    count = item.cvr_critical.value
    ratio = None if count is None else cvr(int(count), item.n).value
    return figure(item.cvr_critical) | {"ratio": ratio}


def _judged(found: Judged) -> Document:
    return {
        "median": figure(found.median),
        "classic": {"accord": _word(found.accord), "reading": _word(found.classic)},
        "ipr": figure(found.ipr),
        "ipras": figure(found.ipras),
        "by_ipras": {"disagreement": found.disagrees, "reading": _word(found.by_ipras)},
    }


def _agreement(found: Agreement) -> Document:
    return {
        "percent": figure(found.percent),
        "alpha": {str(level): _alpha(found.alpha, found.alpha_intervals, level) for level in Level},
        "fleiss": figure(found.fleiss),
        "cohen": figure(found.cohen),
        "ac1": figure(found.ac1),
        "ac2": figure(found.ac2),
    }


def _alpha(
    found: Mapping[Level, Figure], intervals: Mapping[Level, Interval], level: Level
) -> Document:
    return figure(found[level]) | {"interval": interval(intervals[level])}


def _correlation(one: Correlation) -> Document:
    return figure(one.figure) | {"interval": interval(one.interval)}


def _concordance(found: Concordance) -> Document:
    return figure(found.w) | {"chi_squared": found.chi_squared, "p": found.p}


def _word(name: str | Accord | Appropriateness | None) -> str | None:
    return None if name is None else str(name)
