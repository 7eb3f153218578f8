"""Counts the figures of a dataset again, from the distributions that stand beside them.

Who holds a report can so prove that no figure was changed, without a database: the answers are
counted as they were given, the rules are those that were frozen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields

from django.utils.translation import gettext as _

from feedback.reviews.domain.rounds import PANEL
from feedback.validation import figures
from feedback.validation.domain.policy.rules import Rules
from feedback.validation.domain.report import computing
from feedback.validation.domain.report.ratings_facts import (
    AgreementFacts,
    ItemFacts,
    Measured,
    RatingsFacts,
    RoundFacts,
)

# More reviews of one version than any panel has.
_MOST_REVIEWS = 10_000
_NAMES = {
    "n": "N",
    "relevant": "A",
    "needed": "min A",
    "i_cvi": "I-CVI",
    "low": "95 % low",
    "high": "95 % high",
    "kappa": "k*",
    "aiken_v": "V",
}


def recount(facts: RatingsFacts) -> list[str]:
    """A sentence for each figure that does not follow from its counts; none where all do."""
    rules = {policy.number: policy.rules for policy in facts.policies}
    return [sentence for row in facts.rounds for sentence in _round(row, rules.get(row.policy))]


def _round(row: RoundFacts, rules: Rules | None) -> Iterator[str]:
    if rules is None:
        yield _("Round %(round)s: its policy is not in the dataset.") % {"round": row.round_id}
    elif row.withheld or row.counted < PANEL:
        if row.items or row.matrix:
            yield _("Round %(round)s: it is withheld and holds figures.") % {"round": row.round_id}
    elif wrong := [item.code for item in row.items if not _can_be(item, row)]:
        # Nothing is computed of them: numbers without bounds would keep a machine busy.
        yield _("Round %(round)s, %(items)s: these counts cannot be those of answers.") % {
            "round": row.round_id,
            "items": ", ".join(wrong),
        }
    else:
        again = [_again(item, rules) for item in row.items]
        for item, found in zip(row.items, again, strict=True):
            yield from _item(row, item, found)
        yield from _scale(row, again)
        yield from _agreement(row, again)
        yield from _matrix(row)


def _can_be(item: ItemFacts, row: RoundFacts) -> bool:
    """Whether so many reviews can have given these answers."""
    counts = (*item.distribution, item.not_applicable, item.missing)
    whole = len(item.distribution) == len(figures.STANDARD.points) and min(counts) >= 0
    return whole and sum(counts) <= min(row.counted, _MOST_REVIEWS)


def _again(item: ItemFacts, rules: Rules) -> ItemFacts:
    return computing.item(
        item.code, item.text, item.distribution, item.not_applicable, item.missing, rules
    )


def _item(row: RoundFacts, item: ItemFacts, again: ItemFacts) -> Iterator[str]:
    for field in fields(ItemFacts):
        held, found = getattr(item, field.name), getattr(again, field.name)
        if held != found:
            yield _said(row, f"{item.code}, {_NAMES.get(field.name, field.name)}", held, found)


def _scale(row: RoundFacts, items: Sequence[ItemFacts]) -> Iterator[str]:
    for name, held, figure in (
        ("S-CVI/Ave", row.s_cvi_ave, figures.s_cvi_ave),
        ("S-CVI/UA", row.s_cvi_ua, figures.s_cvi_ua),
        ("mean k*", row.mean_kappa, figures.mean_kappa),
    ):
        found = computing.scale(items, figure)
        if held != found:
            yield _said(row, name, held, found)


def _agreement(row: RoundFacts, items: Sequence[ItemFacts]) -> Iterator[str]:
    again = computing.agreement(items) if items else (None, None)
    pairs = (("relevance", row.relevance), ("ratings", row.ratings))
    for (name, held), found in zip(pairs, again, strict=True):
        if held is None or found is None:
            if held is not found:
                yield _said(row, name, held, found)
            continue
        for field in fields(AgreementFacts):
            one, other = getattr(held, field.name), getattr(found, field.name)
            if one != other:
                yield _said(row, f"{name}, {field.name}", one, other)


def _matrix(row: RoundFacts) -> Iterator[str]:
    """The answers expert by expert give the same distributions."""
    if not row.matrix:
        return
    if {len(line) for line in row.matrix} != {len(row.items)}:
        yield _("Round %(round)s: its table of experts is not whole.") % {"round": row.round_id}
        return
    for item, line in zip(row.items, zip(*row.matrix, strict=True), strict=True):
        tally = Counter(line)
        found = tuple(tally[point] for point in figures.STANDARD.points)
        if found != item.distribution:
            yield _said(row, f"{item.code}, matrix", item.distribution, found)


def _said(row: RoundFacts, what: str, held: object, found: object) -> str:
    return _("Round %(round)s, %(what)s: the dataset says %(held)s, its counts give %(found)s.") % {
        "round": row.round_id,
        "what": what,
        "held": _plain(held),
        "found": _plain(found),
    }


def _plain(value: object) -> str:
    if isinstance(value, Measured):
        return f"{value.value if value.value is not None else value.reason} (N = {value.n})"
    return str(value)
