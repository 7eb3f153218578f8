"""Figures of ratings in a report's words: each with its N, or with why there is none."""

from __future__ import annotations

import math
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Cell, Sign
from feedback.validation.domain.outcome import figures_words, words
from feedback.validation.domain.report.ratings_facts import (
    AgreementFacts,
    ItemFacts,
    Measured,
    RoundFacts,
    Withheld,
)
from feedback.validation.figures import Reason


def value(found: Measured, digits: int = 2) -> str:
    """The figure, or why it is not computable."""
    if found.value is None:
        return words.reason(Reason(found.reason)) if found.reason else sayings.NONE
    return sayings.number(found.value, digits)


def cell(found: Measured, source: str, digits: int = 2, *, tint: bool = False) -> Cell:
    """The figure as a cell; a share may tint it."""
    return Cell(
        value(found, digits),
        value=found.value,
        source=f"{source}/value",
        tint=found.value if tint else None,
    )


def marked(found: Measured, source: str, mark: int | None) -> Cell:
    """A figure of the scale, signed where the policy has a mark for it (in hundredths).

    As the policy compares it: rounded half up to two decimals.
    """
    plain = cell(found, source, 4)
    if mark is None or found.value is None:
        return plain
    reached = math.floor(100 * found.value + 0.5) >= mark
    return replace(plain, sign=Sign.GOOD if reached else Sign.BAD)


def kappa(found: Measured, source: str) -> Cell:
    """A modified kappa with its reading."""
    if found.value is None:
        return cell(found, source)
    said = {"value": sayings.number(found.value), "band": words.band(found.value)}
    return Cell(_("%(value)s (%(band)s)") % said, value=found.value, source=f"{source}/value")


def passes(item: ItemFacts, source: str) -> Cell:
    """Whether a criterion passes, as a word with its sign."""
    sign = {None: Sign.OPEN, True: Sign.GOOD, False: Sign.BAD}[item.passes]
    return Cell(words.verdict(item.passes)[1], source=f"{source}/passes", sign=sign)


def needed(item: ItemFacts, source: str) -> Cell:
    """The mark in whole numbers: 5 of 6."""
    if item.needed is None:
        return Cell(sayings.NONE)
    said = {"needed": sayings.count(item.needed), "n": sayings.count(item.n)}
    text = _("%(needed)s of %(n)s") % said
    return Cell(text, value=item.needed, source=f"{source}/needed")


def named(row: RoundFacts) -> str:
    """A round by what it is about, in few words."""
    return _("%(code)s, version %(version)s, %(language)s") % {
        "code": row.code,
        "version": sayings.count(row.version),
        "language": sayings.language(row.language),
    }


def withheld(row: RoundFacts) -> str:
    """Why there are no figures."""
    if row.withheld == Withheld.OPEN:
        return _(
            "Experts still have to answer in this round: figures would sway them, so they are "
            "shown once it is closed."
        )
    return ngettext(
        "%(n)s review was handed in: fewer than three would tell who said what, so no figure is "
        "shown.",
        "%(n)s reviews were handed in: fewer than three would tell who said what, so no figure is "
        "shown.",
        row.submitted,
    ) % {"n": sayings.count(row.submitted)}


def left_out(row: RoundFacts) -> str:
    """What is not counted although the round has figures; "" where all is."""
    left = row.submitted - row.counted
    if row.withheld or not left:
        return ""
    return ngettext(
        "%(n)s review is left out: its country's panel is so small that the figures of the others "
        "would give it away.",
        "%(n)s reviews are left out: their countries' panels are so small that the figures of the "
        "others would give them away.",
        left,
    ) % {"n": sayings.count(left)}


def passed(row: RoundFacts) -> str:
    """How many criteria pass: 8 of 10."""
    judged = [item for item in row.items if item.passes is not None]
    good = sum(item.passes is True for item in judged)
    return _("%(good)s of %(n)s") % {
        "good": sayings.count(good),
        "n": sayings.count(len(judged)),
    }


def paradox(found: AgreementFacts) -> str:
    """Why high agreement and low kappa stand side by side; "" where they do not."""
    low = (found.alpha.value, found.fleiss.value)
    return figures_words.paradox_of(found.percent.value, low, found.ac1.value)
