"""What the frozen rules make of a panel's counts: a proposal, with each criterion's reason.

Plain numbers in, codes with numbers out; the sentences stand in `reason_words`. Everything is
compared as whole numbers or exact fractions, so that nothing hangs on how a share is rounded.

The first of these that holds is proposed: "not enough evidence" where the panel is too small, a
quota is not met or a criterion could not be judged; "not validated" where more criteria fail than
the rules allow to mend; "revise and rate again" where some fail, or the scale as a whole does;
"validated with changes" where changes are still open; "validated".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from feedback.reviews import marks
from feedback.validation import figures
from feedback.validation.domain.policy.rules import AGAINST, Rules
from feedback.validation.enums import Standing

# An answer of a rater: a score of 1 to 4, "does not apply", or nothing.
NOT_APPLICABLE = "na"
Answer = int | str | None

Reason = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """A criterion's counts: `n` rated it, `relevant` of them 3 or 4."""

    code: str
    text: str
    n: int
    relevant: int
    not_applicable: int = 0
    missing: int = 0


@dataclass(frozen=True)
class Counts:
    """A panel's counts. `raters` answered something; fewer than `smallest` keep all the rest empty.

    `open_changes` are grave and not decided, `not_done` accepted and not in this version.
    """

    raters: int
    smallest: int
    items: tuple[Item, ...] = ()
    practitioners: int = 0
    lived: int = 0
    open_changes: int = 0
    not_done: int = 0

    @property
    def is_small(self) -> bool:
        return self.raters < self.smallest


@dataclass(frozen=True)
class Judged:
    """One criterion under the rules. `passes` is None where it was not judged; `needed` then too.

    `n` is the number the mark is taken of: with "does not apply" where that counts against it.
    """

    item: Item
    n: int
    needed: int | None
    passes: bool | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What is proposed, why, and each criterion as it was judged."""

    standing: Standing
    reasons: tuple[Reason, ...]
    judged: tuple[Judged, ...] = field(default=())


def count(
    criteria: Iterable[tuple[str, str]], answers: Iterable[Mapping[str, Answer]]
) -> tuple[int, tuple[Item, ...]]:
    """How many raters answered anything, and the counts of each criterion (code, text).

    Who answered nothing is no rater and changes nothing.
    """
    raters = [row for row in answers if any(answer is not None for answer in row.values())]
    return len(raters), tuple(
        _item(code, text, [row.get(code) for row in raters]) for code, text in criteria
    )


def _item(code: str, text: str, given: list[Answer]) -> Item:
    scores = [answer for answer in given if isinstance(answer, int)]
    not_applicable = sum(answer == NOT_APPLICABLE for answer in given)
    return Item(
        code=code,
        text=text,
        n=len(scores),
        relevant=sum(score >= figures.RELEVANT for score in scores),
        not_applicable=not_applicable,
        missing=len(given) - len(scores) - not_applicable,
    )


def propose(counts: Counts, rules: Rules) -> Proposal:
    """The proposal for one panel's counts under the rules of its round."""
    if counts.is_small:
        reason = {"code": "small_panel", "n": counts.raters, "needed": counts.smallest}
        return Proposal(Standing.NOT_ENOUGH, (reason,))
    judged = tuple(judge(item, counts.raters, rules) for item in counts.items)
    lacking = _lacking(counts, judged, rules)
    changes = _changes(counts)
    failing = [one for one in judged if one.passes is False]
    failed = tuple(reason for one in failing for reason in one.reasons)
    left_out = tuple(r for one in judged for r in one.reasons if r["code"] == "does_not_apply")
    scale = _scale(judged, rules)
    if lacking:
        return Proposal(Standing.NOT_ENOUGH, (*lacking, *failed, *changes), judged)
    if failing:
        number, of = len(failing), sum(one.passes is not None for one in judged)
        share = {"code": "failing", "n": number, "of": of, "most": rules.may_fail}
        too_many = 100 * number > rules.may_fail * of
        standing = Standing.NOT_VALIDATED if too_many else Standing.REVISE
        return Proposal(standing, (share, *failed, *scale, *left_out, *changes), judged)
    if scale:
        return Proposal(Standing.REVISE, (*scale, *left_out, *changes), judged)
    whole = {"code": "all_pass", "n": sum(one.passes is True for one in judged)}
    standing = Standing.WITH_CHANGES if changes else Standing.VALIDATED
    return Proposal(standing, (whole, *left_out, *changes), judged)


def judge(item: Item, raters: int, rules: Rules) -> Judged:
    """One criterion: too many without a rating, the integer mark, modified kappa, in this order."""
    against = rules.not_applicable == AGAINST
    n = item.n + item.not_applicable if against else item.n
    without = raters - n
    if 100 * without > rules.most_missing * raters:
        # Where most of those who left it out say that it does not apply, that is an answer.
        outside = not against and 2 * item.not_applicable > without
        code = "does_not_apply" if outside else "missing"
        return Judged(item, n, None, None, (_about(item, code, n=without, of=raters),))
    needed = marks.needed(n, rules.marks)
    if needed is None:
        return Judged(item, n, None, None, (_about(item, "too_few", n=n),))
    reasons = []
    if item.relevant < needed:
        reasons.append(_about(item, "mark", relevant=item.relevant, n=n, needed=needed))
    kappa = kappa_of(item.relevant, n)
    if rules.kappa is not None and (kappa is None or 100 * kappa < rules.kappa):
        value = None if kappa is None else math.floor(1000 * kappa)
        reasons.append(_about(item, "kappa", thousandths=value, needed=rules.kappa))
    return Judged(item, n, needed, not reasons, tuple(reasons))


def kappa_of(relevant: int, n: int) -> Fraction | None:
    """Modified kappa as an exact fraction (Polit, Beck and Owen 2007); None for fewer than two."""
    if n < 2:
        return None
    chance = Fraction(math.comb(n, relevant), 2**n)
    return (Fraction(relevant, n) - chance) / (1 - chance)


def _about(item: Item, code: str, **numbers: int | None) -> Reason:
    return {"code": code, "item": item.code, **numbers}


def _lacking(counts: Counts, judged: tuple[Judged, ...], rules: Rules) -> tuple[Reason, ...]:
    """What keeps the panel from showing anything: quotas, and criteria that were not judged."""
    quotas = [
        ("experts", counts.raters, rules.experts),
        ("practitioners", counts.practitioners, rules.practitioners),
        ("lived", counts.lived, rules.lived),
    ]
    found: list[Reason] = [
        {"code": code, "n": n, "needed": needed} for code, n, needed in quotas if n < needed
    ]
    found += [r for one in judged for r in one.reasons if r["code"] in {"missing", "too_few"}]
    number = sum(one.passes is not None for one in judged)
    if 2 * number < len(judged) or not number:
        found.append({"code": "few_judged", "n": number, "of": len(judged)})
    return tuple(found)


def _scale(judged: tuple[Judged, ...], rules: Rules) -> tuple[Reason, ...]:
    """The marks of the scale; shares are rounded half up to two decimals, as they are printed."""
    rated = [one for one in judged if one.passes is not None]
    if not rated:
        return ()
    average = sum((Fraction(one.item.relevant, one.n) for one in rated), Fraction(0)) / len(rated)
    universal = Fraction(sum(one.item.relevant == one.n for one in rated), len(rated))
    values = [
        ("scale_ave", _hundredths(average), rules.scale_ave),
        ("scale_ua", _hundredths(universal), rules.scale_ua),
    ]
    return tuple(
        {"code": code, "hundredths": value, "needed": mark}
        for code, value, mark in values
        if mark is not None and value < mark
    )


def _hundredths(share: Fraction) -> int:
    return math.floor(100 * share + Fraction(1, 2))


def _changes(counts: Counts) -> tuple[Reason, ...]:
    found = [("open_changes", counts.open_changes), ("not_done", counts.not_done)]
    return tuple({"code": code, "n": n} for code, n in found if n)
