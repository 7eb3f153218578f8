"""What a proposal could not bring together, and which constraint stands in the way, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.times import say_day
from feedback.reviews.domain.panel import eligibility
from feedback.reviews.domain.panel.eligibility import Obstacle
from feedback.reviews.domain.panel.gathering import Board
from feedback.reviews.domain.panel.shapes import Expert, Item
from feedback.reviews.domain.panel.solving import Solution

PRACTITIONERS, LIVED = "practitioners", "lived"
# Beside the obstacles of one person: a coordinator left them out, or other rounds need them.
LEFT_OUT, ELSEWHERE = "left out", "elsewhere"
# The further down, the nearer somebody came to being asked; the nearest one is the constraint.
_ORDER: tuple[str, ...] = (*Obstacle, LEFT_OUT, ELSEWHERE)
_COUNTS: dict[str, Callable[[Expert], bool]] = {
    PRACTITIONERS: lambda expert: expert.is_practitioner,
    LIVED: lambda expert: expert.has_lived_it,
}


def sentences(
    board: Board,
    item: Item,
    solution: Solution,
    given: Mapping[int, int],
    left_out: Collection[int],
) -> Iterable[str]:
    """A sentence for each seat and quota that stays empty, and for each pin that was not kept.

    `given` is how many reviews the proposal gives each person, `left_out` whom a coordinator does
    not want in this round.
    """
    chosen = {person for round_id, person in solution.chosen if round_id == item.key}
    pool = [expert for expert in board.pool if expert.country in item.countries]
    why = {
        expert.key: None if expert.key in chosen else _why_not(expert, item, given, left_out)
        for expert in pool
    }
    for country in item.countries:
        if missing := solution.empty_seats.get((item.key, country), 0):
            found = [why[expert.key] for expert in pool if expert.country == country]
            yield _of_country(board, item, country, missing, found)
    for kind, counts in _COUNTS.items():
        if missing := solution.unmet_quotas.get((item.key, kind), 0):
            found = [why[expert.key] for expert in pool if counts(expert)]
            yield _of_quota(board, item, kind, missing, found)
    for expert in pool:
        if (item.key, expert.key) in solution.broken_pins:
            yield _of_pin(board, item, expert)


def _why_not(
    expert: Expert, item: Item, given: Mapping[int, int], left_out: Collection[int]
) -> str | None:
    """What keeps somebody from being asked in this round; None for who still could be."""
    if found := eligibility.obstacle(expert, item):
        return found
    if expert.key in left_out:
        return LEFT_OUT
    return ELSEWHERE if expert.load + given.get(expert.key, 0) >= expert.most else None


def _of_country(
    board: Board, item: Item, country: int, missing: int, why: Sequence[str | None]
) -> str:
    who = _("expert of %(country)s") % {"country": board.countries[country]}
    text = ngettext(
        "%(n)d seat of %(country)s stays empty. %(reason)s: ask somebody from another country, or "
        "lower the number of experts.",
        "%(n)d seats of %(country)s stay empty. %(reason)s: ask somebody from another country, or "
        "lower the number of experts.",
        missing,
    )
    words = {"n": missing, "country": board.countries[country]}
    return text % {**words, "reason": _reason(board, item, who, why)}


def _of_quota(board: Board, item: Item, kind: str, missing: int, why: Sequence[str | None]) -> str:
    if kind == PRACTITIONERS:
        who = _("practitioner")
        text = ngettext(
            "%(n)d practitioner is missing. %(reason)s: ask another country, or lower the quota.",
            "%(n)d practitioners are missing. %(reason)s: ask another country, or lower the quota.",
            missing,
        )
    else:
        who = _("person with lived experience")
        text = ngettext(
            "%(n)d person with lived experience is missing. %(reason)s: ask another country, or "
            "lower the quota.",
            "%(n)d people with lived experience are missing. %(reason)s: ask another country, or "
            "lower the quota.",
            missing,
        )
    return text % {"n": missing, "reason": _reason(board, item, who, why)}


def _reason(board: Board, item: Item, who: str, why: Sequence[str | None]) -> str:
    """The constraint that stands in the way, and how many people each constraint keeps out."""
    values = {
        "who": who,
        "language": board.languages[item.key],
        "due": say_day(item.due_on),
    }
    counted = Counter(reason for reason in why if reason is not None)
    if not counted:
        return _("There is no %(who)s to ask") % values if not why else _("All are asked")
    nearest = max(counted, key=_ORDER.index)
    is_alone = len(why) == sum(counted.values()) and Obstacle.ASKED not in counted
    return _head(nearest, is_alone) % values + _tally(counted, values)


def _head(nearest: str, is_alone: bool) -> str:
    """The constraint in words; `is_alone` when nobody of these people is on the panel."""
    if nearest == Obstacle.CONFLICT:
        return (
            _("Every %(who)s has a conflict of interest")
            if is_alone
            else _("Every other %(who)s has a conflict of interest")
        )
    if nearest == Obstacle.LANGUAGE:
        return (
            _("No %(who)s reads %(language)s")
            if is_alone
            else _("No other %(who)s reads %(language)s")
        )
    if nearest == Obstacle.AWAY:
        return (
            _("No %(who)s reads %(language)s and is free before %(due)s")
            if is_alone
            else _("No other %(who)s reads %(language)s and is free before %(due)s")
        )
    if nearest == Obstacle.FULL:
        return (
            _("No %(who)s reads %(language)s and has room for a review")
            if is_alone
            else _("No other %(who)s reads %(language)s and has room for a review")
        )
    return {
        Obstacle.ASKED: _("Every %(who)s was asked already"),
        LEFT_OUT: _("You left out every other %(who)s who fits"),
        ELSEWHERE: _("Every other %(who)s who fits is needed in other rounds"),
    }[nearest]


def _tally(counted: Counter[str], values: Mapping[str, str]) -> str:
    """(2 do not read Greek, 1 away); empty where one constraint keeps out everybody."""
    if len(counted) < 2:
        return ""
    labels = {
        Obstacle.ASKED: _("%(n)d asked already"),
        Obstacle.CONFLICT: _("%(n)d with a conflict of interest"),
        Obstacle.LANGUAGE: _("%(n)d without %(language)s"),
        Obstacle.AWAY: _("%(n)d away"),
        Obstacle.FULL: _("%(n)d with as many reviews as they take"),
        LEFT_OUT: _("%(n)d left out by you"),
        ELSEWHERE: _("%(n)d needed in other rounds"),
    }
    parts = [labels[key] % {"n": counted[key], **values} for key in _ORDER if counted[key]]
    return f" ({', '.join(parts)})"


def _of_pin(board: Board, item: Item, expert: Expert) -> str:
    found = eligibility.obstacle(expert, item)
    words = (
        eligibility.words(expert, item, found, board.languages[item.key])
        if found
        else _("has no room beside the other reviews you want of them")
    )
    return _("%(name)s is not proposed: %(reason)s.") % {"name": expert.name, "reason": words}
