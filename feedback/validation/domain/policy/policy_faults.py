"""What would make a policy unusable, as sentences for the person who writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from feedback.reviews import marks
from feedback.reviews.domain.rounds import PANEL
from feedback.validation.domain.policy.pass_table import BEYOND, SIZES
from feedback.validation.domain.policy.rules import Rules

WHOLE = 100
# A quota beyond this is a slip of the hand; no panel of a country is as large.
MOST_EXPERTS = 50
MOST_MONTHS = 120

Fault = tuple[str, str]


def of_counts(needed: Mapping[int, int | None]) -> Iterator[Fault]:
    """Faults of the whole numbers by panel size, each with the size's field ("of_5").

    The smallest sizes may be left empty; after the first number there is no gap, none is larger
    than its panel, and a larger panel never needs fewer.
    """
    before: int | None = None
    for n in SIZES:
        enough = needed.get(n)
        words = {"n": n, "smaller": n - 1, "before": before}
        if enough is None:
            if before is not None or n == SIZES[-1]:
                yield f"of_{n}", _("Say how many of %(n)d experts must agree.") % words
            continue
        if not 1 <= enough <= n:
            yield f"of_{n}", _("Of %(n)d experts it can be 1 to %(n)d.") % words
        elif before is not None and enough < before:
            text = _(
                "A larger panel cannot need fewer: of %(smaller)d experts %(before)d must agree."
            )
            yield f"of_{n}", text % words
        before = enough


def of_beyond(mark: int, last: int | None) -> Iterator[Fault]:
    """Faults of the mark for large panels; `last` must agree of the largest size before."""
    if not 1 <= mark <= WHOLE:
        yield "beyond", _("A mark is 1 to 100 of 100.")
    elif last is not None and (marks.needed(BEYOND, [(2, mark)]) or 0) < last:
        text = _("Of %(n)d experts fewer would have to agree than of %(smaller)d.")
        yield "beyond", text % {"n": BEYOND, "smaller": SIZES[-1]}


def of_rules(held: Rules) -> Iterator[Fault]:
    """Faults of everything, with the name of the rule or of the size's field."""
    needed = {n: marks.needed(n, held.marks) for n in SIZES}
    if any(not 1 <= mark <= WHOLE for _size, mark in held.marks):
        yield "marks", _("A mark is 1 to 100 of 100.")
    elif [size for size, _mark in held.marks] != sorted({size for size, _mark in held.marks}):
        yield "marks", _("Sizes of panels rise from one mark to the next.")
    else:
        yield from of_counts(needed)
        yield from of_beyond(marks.mark_of(BEYOND, held.marks) or 0, needed[SIZES[-1]])
    yield from of_quotas(held)
    for name in ("kappa", "scale_ave", "scale_ua"):
        value = getattr(held, name)
        if value is not None and not 1 <= value <= WHOLE:
            yield name, _("A mark is 1 to 100 of 100.")
    for name in ("most_missing", "may_fail"):
        if not 0 <= getattr(held, name) <= WHOLE:
            yield name, _("A percentage is 0 to 100.")
    if not 1 <= held.months <= MOST_MONTHS:
        yield "months", _("A verdict lasts 1 to %(n)d months.") % {"n": MOST_MONTHS}


def of_quotas(held: Rules) -> Iterator[Fault]:
    """Faults of how many reviews a country's panel must have handed in, and of whom."""
    if not PANEL <= held.experts <= MOST_EXPERTS:
        text = _("Ask for %(least)d to %(most)d reviews: fewer would tell who said what.")
        yield "experts", text % {"least": PANEL, "most": MOST_EXPERTS}
    for name in ("practitioners", "lived"):
        if not 0 <= getattr(held, name) <= held.experts:
            text = _("This cannot be more than the %(n)d reviews asked for.")
            yield name, text % {"n": held.experts}
            return
    if held.practitioners + held.lived > held.experts:
        text = _(
            "Together with the practitioners these are more than the %(n)d reviews asked for: "
            "nobody counts for both."
        )
        yield "lived", text % {"n": held.experts}
