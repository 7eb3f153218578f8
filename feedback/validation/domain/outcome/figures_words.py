"""What each figure of agreement says, in one plain sentence."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.reporting import sayings
from feedback.validation.figures import Accord, Appropriateness, Figure, Level
from feedback.validation.figures.whole import Agreement

LEVELS = {
    Level.NOMINAL: gettext_lazy("Krippendorff's alpha, names"),
    Level.ORDINAL: gettext_lazy("Krippendorff's alpha, order"),
    Level.INTERVAL: gettext_lazy("Krippendorff's alpha, equal steps"),
    Level.RATIO: gettext_lazy("Krippendorff's alpha, ratio"),
}
FORMS = {
    "1,1": gettext_lazy("One expert's rating, when each item has its own experts."),
    "2,1": gettext_lazy("One expert's rating, of all experts there could be."),
    "3,1": gettext_lazy("One expert's rating, of these experts only."),
    "1,k": gettext_lazy("The panel's mean, when each item has its own experts."),
    "2,k": gettext_lazy("The panel's mean, of all experts there could be."),
    "3,k": gettext_lazy("The panel's mean, of these experts only."),
}
# From where agreement counts as high, and kappa and alpha as low, for the paradox to be explained.
_HIGH, _LOW = 0.8, 0.4
_RELIABLE, _TENTATIVE = 0.8, 0.667


def percent(figure: Figure) -> str:
    """How often two experts agree."""
    return _("Two experts picked at random gave an item the same answer in %(n)s of 100 cases.") % {
        "n": hundred(figure.value)
    }


def alpha(figure: Figure) -> str:
    """The customary reading, never a verdict."""
    value = figure.value or 0
    if value >= _RELIABLE:
        return _("Customary reading: these ratings can be relied on.")
    if value >= _TENTATIVE:
        return _("Customary reading: enough for tentative conclusions.")
    return _("Customary reading: too low to rely on these ratings alone.")


def fleiss() -> str:
    """What Fleiss' kappa takes for chance."""
    return _("Agreement beyond chance, where chance is how often each answer was given by all.")


def cohen() -> str:
    """What Cohen's kappa takes for chance."""
    return _("Agreement of two experts beyond chance, each with their own habits.")


def ac1() -> str:
    """What AC1 takes for chance."""
    return _("Agreement beyond chance; an answer that nearly everybody gives hardly moves it.")


def ac2() -> str:
    """What AC2 adds to AC1."""
    return _("Like AC1, but ratings near each other count as partly the same.")


def concordance(p: float | None) -> str:
    """How far the experts put the items in the same order."""
    said = _("0: everybody puts the items in another order; 1: all in the same order.")
    if p is None:
        return said
    chance = _("under 0.001") if p < 0.001 else f"{p:.3f}"
    return _("%(said)s Chance alone would give as much with probability %(p)s.") % {
        "said": said,
        "p": chance,
    }


def paradox(found: Agreement) -> str:
    """Why high agreement and low kappa stand side by side; empty where they do not."""
    low = [figure.value for figure in (found.alpha[Level.NOMINAL], found.fleiss)]
    return paradox_of(found.percent.value, low, found.ac1.value)


def paradox_of(agreed: float | None, low: Iterable[float | None], ac1: float | None) -> str:
    """The same of bare values: the share agreed on, alpha and kappa, and AC1."""
    values = [value for value in low if value is not None]
    if agreed is None or agreed < _HIGH or not values or min(values) >= _LOW:
        return ""
    return _(
        "The experts agree in %(agreed)s of 100 cases, and yet alpha or Fleiss' kappa is only "
        "%(low)s. This is no contradiction: nearly all answers are the same, so these two take "
        "nearly all agreement for chance, and a single dissent weighs heavily. AC1 is not misled "
        "by this: it is %(ac1)s. Whether an item passes is decided by counting experts, not here."
    ) % {
        "agreed": hundred(agreed),
        "low": sayings.number(min(values)),
        "ac1": sayings.number(ac1),
    }


def hundred(value: float | None) -> str:
    """A share as so many of a hundred."""
    return sayings.count(round(100 * (value or 0)))


def reading(found: Appropriateness | None) -> str:
    """What a panel holds of an item."""
    texts = {
        Appropriateness.APPROPRIATE: _("appropriate"),
        Appropriateness.UNCERTAIN: _("uncertain"),
        Appropriateness.INAPPROPRIATE: _("inappropriate"),
    }
    return texts[found] if found else ""


def accord(found: Accord | None) -> str:
    """How the panel's ratings are spread."""
    texts = {
        Accord.AGREEMENT: _("agreement"),
        Accord.INDETERMINATE: _("neither agreement nor disagreement"),
        Accord.DISAGREEMENT: _("disagreement"),
    }
    return texts[found] if found else ""
