"""Figures of content validity and agreement: plain numbers in, plain numbers out, nothing else.

What cannot be computed says why, and is never 0, 1 or NaN. Each module names its sources; how a
table of ratings gives all of them stands in `whole`.
"""

from feedback.validation.figures.agreement import ac1, ac2, cohen, fleiss, percent
from feedback.validation.figures.aiken import aiken_v, aiken_v_interval
from feedback.validation.figures.appropriateness import Accord, Appropriateness, judge
from feedback.validation.figures.bootstrap import alpha_intervals
from feedback.validation.figures.concordance import kendall_w
from feedback.validation.figures.content import (
    SCALE_MARK,
    STRICT,
    Band,
    Policy,
    band,
    chance,
    count_relevant,
    i_cvi,
    mean_kappa,
    min_relevant,
    modified_kappa,
    passes,
    s_cvi_ave,
    s_cvi_ua,
)
from feedback.validation.figures.intervals import clopper_pearson, mean_interval, wilson
from feedback.validation.figures.intraclass import icc
from feedback.validation.figures.krippendorff import alpha
from feedback.validation.figures.lawshe import critical_count, cvr, cvr_critical
from feedback.validation.figures.spread import (
    deviation,
    distribution,
    interquartile,
    mean,
    median,
    quantile,
)
from feedback.validation.figures.values import (
    CONFIDENCE,
    HIGHEST,
    LOWEST,
    RELEVANT,
    STANDARD,
    Figure,
    Interval,
    Level,
    Reason,
    Scale,
    Table,
)

__all__ = [
    "CONFIDENCE",
    "HIGHEST",
    "LOWEST",
    "RELEVANT",
    "SCALE_MARK",
    "STANDARD",
    "STRICT",
    "Accord",
    "Appropriateness",
    "Band",
    "Figure",
    "Interval",
    "Level",
    "Policy",
    "Reason",
    "Scale",
    "Table",
    "ac1",
    "ac2",
    "aiken_v",
    "aiken_v_interval",
    "alpha",
    "alpha_intervals",
    "band",
    "chance",
    "clopper_pearson",
    "cohen",
    "count_relevant",
    "critical_count",
    "cvr",
    "cvr_critical",
    "deviation",
    "distribution",
    "fleiss",
    "i_cvi",
    "icc",
    "interquartile",
    "judge",
    "kendall_w",
    "mean",
    "mean_interval",
    "mean_kappa",
    "median",
    "min_relevant",
    "modified_kappa",
    "passes",
    "percent",
    "quantile",
    "s_cvi_ave",
    "s_cvi_ua",
    "wilson",
]
