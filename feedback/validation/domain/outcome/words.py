"""Figures in words: every number with its N, and a sentence where there is no number."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from feedback.validation import figures
from feedback.validation.figures import Band, Figure, Interval, Reason


def reason(why: Reason | None) -> str:
    """Why a figure is not computable, as a person reads it."""
    texts = {
        Reason.NO_RATING: _("not computable: nobody rated it"),
        Reason.ONE_EXPERT: _("not computable: one expert is no panel"),
        Reason.NO_ITEM: _("not computable: no criterion has a panel"),
        Reason.ONE_ITEM: _("not computable: it takes two items or more"),
        Reason.NO_PAIR: _("not computable: no item was rated by two experts"),
        Reason.MISSING: _("not computable: ratings are missing"),
        Reason.NOT_TWO: _("not computable: it is for exactly two experts"),
        Reason.ALL_EQUAL: _("not computable: all ratings are equal, so nothing can be told apart"),
        Reason.NO_VARIATION: _("not computable: the ratings differ too little"),
        Reason.TOO_SMALL: _("not computable: with so few experts nothing is beyond chance"),
        Reason.NEGATIVE: _("not computable: a ratio has no negative numbers"),
        Reason.MANY_VALUES: _("not computable: too many different values"),
        Reason.OTHER_SCALE: _("not computable: it is for the scale from 1 to 9"),
    }
    return texts[why] if why else ""


def share(figure: Figure) -> str:
    """A share with two decimals: 0.83."""
    return reason(figure.reason) if figure.value is None else f"{figure.value:.2f}"


def score(figure: Figure) -> str:
    """A middle score: 3 or 3.5."""
    return reason(figure.reason) if figure.value is None else f"{figure.value:g}"


def interval(found: Interval) -> str:
    """Both ends of an interval: 0.44 to 0.97."""
    if found.low is None or found.high is None:
        return reason(found.reason)
    return _("%(low)s to %(high)s") % {"low": f"{found.low:.2f}", "high": f"{found.high:.2f}"}


def kappa(figure: Figure) -> str:
    """A modified kappa with its reading: 0.82, excellent."""
    if figure.value is None:
        return reason(figure.reason)
    return f"{figure.value:.2f}, {band(figure.value)}"


def band(value: float) -> str:
    """How a modified kappa is read."""
    return {
        Band.POOR: pgettext("agreement", "poor"),
        Band.FAIR: pgettext("agreement", "fair"),
        Band.GOOD: pgettext("agreement", "good"),
        Band.EXCELLENT: pgettext("agreement", "excellent"),
    }[figures.band(value)]


def pass_sentence(relevant: int, n: int, needed: int | None) -> str:
    """The decision in whole numbers: 6 of 7 say it is mostly or fully so; 6 are needed."""
    counts = {"relevant": relevant, "n": n, "needed": needed}
    if needed is None:
        return _("%(relevant)d of %(n)d relevant; too few for a pass mark") % counts
    return _("%(relevant)d of %(n)d relevant; %(needed)d needed") % counts


def verdict(passed: bool | None) -> tuple[str, str]:
    """The state of a criterion as the kind of its chip and its word."""
    if passed is None:
        return "quiet", _("Not enough ratings")
    return ("ok", _("Passes")) if passed else ("bad", _("Does not pass"))
