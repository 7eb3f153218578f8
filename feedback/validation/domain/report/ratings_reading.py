"""Reads the ratings of every round as counts of answers, with the verdicts that rest on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cop_platform.common.reporting.cells import SMALLEST
from cop_platform.common.reporting.sections import Scope
from feedback.reviews.domain import scales
from feedback.reviews.domain.report import asked
from feedback.reviews.domain.report.asked import Seat
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Criterion, Rating, ReviewRound, ValidationPolicy
from feedback.validation import figures
from feedback.validation.domain.policy import rules
from feedback.validation.domain.policy.rules import Rules
from feedback.validation.domain.report import computing, verdict_facts
from feedback.validation.domain.report.ratings_facts import (
    ItemFacts,
    OtherFacts,
    PolicyFacts,
    RatingsFacts,
    RoundFacts,
    Withheld,
)
from feedback.validation.domain.report.verdict_facts import VerdictFacts

# Verdicts of rounds that were opened before policies were kept rest on version 1.
_FIRST = 1


@dataclass(frozen=True)
class _Given:
    """One answer: whose task, to which criterion; `score` None for "not applicable" and texts."""

    seat: int
    criterion: int
    score: int | None
    left_out: bool


def collect(scope: Scope) -> RatingsFacts:
    """Every round these countries were asked in. Six queries, however many rounds there are."""
    found = asked.rounds(scope)
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in asked.seats(scope, found):
        seats[seat.round_id].append(seat)
    criteria = _criteria(found)
    sent = {seat.pk: seat.round_id for some in seats.values() for seat in some if seat.submitted}
    given = _given(sent)
    verdicts = verdict_facts.read(scope, {one.version_id for one in found})
    rows = tuple(
        _round(
            scope,
            one,
            seats[one.pk],
            criteria[one.rubric_id],
            given[one.pk],
            verdict_facts.of_round(verdicts.get(one.version_id, ()), one.pk),
        )
        for one in found
    )
    return RatingsFacts(rows, policies(scope, found), _newest(rows))


def policies(scope: Scope, found: Iterable[ReviewRound]) -> tuple[PolicyFacts, ...]:
    """The policies that rounds were opened under, by number."""
    known = {one.policy.number: one.policy for one in found if one.policy}
    used = {number: _policy(scope, policy) for number, policy in known.items()}
    if any(one.policy is None for one in found):
        used.setdefault(_FIRST, PolicyFacts(_FIRST, "", "", rules.STRICT))
    return tuple(used[number] for number in sorted(used))


def policy_number(one: ReviewRound) -> int:
    """The number of the policy a round was opened under."""
    return one.policy.number if one.policy else _FIRST


def rubric_sizes(rubrics: Iterable[int]) -> Mapping[int, int]:
    """How many criteria each rubric has."""
    rows = Criterion.objects.filter(rubric__in=list(rubrics)).order_by()
    return Counter(rows.values_list("rubric_id", flat=True))


def _policy(scope: Scope, policy: ValidationPolicy) -> PolicyFacts:
    return PolicyFacts(
        number=policy.number,
        name=policy.name,
        frozen_on=asked.day_of(policy.frozen_at, scope),
        rules=rules.of(policy),
    )


def _criteria(found: Iterable[ReviewRound]) -> Mapping[int, list[Criterion]]:
    by_rubric: dict[int, list[Criterion]] = defaultdict(list)
    keys = {one.rubric_id for one in found}
    for criterion in Criterion.objects.filter(rubric__in=keys).order_by("rubric", "position"):
        by_rubric[criterion.rubric_id].append(criterion)
    return by_rubric


def _given(sent: Mapping[int, int]) -> Mapping[int, list[_Given]]:
    """The answers of these tasks, by round."""
    found: dict[int, list[_Given]] = defaultdict(list)
    rows = Rating.objects.filter(assignment__in=list(sent)).order_by()
    for row in rows.values_list("assignment_id", "criterion_id", "score", "not_applicable"):
        found[sent[row[0]]].append(_Given(*row))
    return found


def _round(
    scope: Scope,
    one: ReviewRound,
    seats: Sequence[Seat],
    criteria: Sequence[Criterion],
    given: Sequence[_Given],
    verdicts: tuple[VerdictFacts, ...],
) -> RoundFacts:
    sent = [seat for seat in seats if seat.submitted]
    withheld, counted = _counted(scope, one, seats, sent)
    shown = [row for row in given if row.seat in counted]
    scaled = [c for c in criteria if c.kind == CriterionKind.RELEVANCE]
    items = _items(scaled, shown, rules.of_round(one)) if not withheld else ()
    relevance, ratings = computing.agreement(items) if items else (None, None)
    closed = one.closed_at if one.closed_at and one.closed_at <= scope.until else None
    kept = scope.for_agency and closed and len(counted) >= SMALLEST
    return RoundFacts(
        code=one.version.material.code,
        title=one.version.material.title,
        version=one.version.number,
        language=one.version.language,
        sha256=one.version.sha256,
        round_id=one.pk,
        rubric=str(one.rubric),
        policy=policy_number(one),
        opened_on=asked.day_of(one.opened_at, scope),
        closed_on=asked.day_of(closed, scope),
        asked=sum(not seat.declined for seat in seats),
        submitted=len(sent),
        counted=len(counted),
        withheld=withheld,
        items=items,
        others=_others(criteria, shown) if not withheld else (),
        s_cvi_ave=computing.scale(items, figures.s_cvi_ave),
        s_cvi_ua=computing.scale(items, figures.s_cvi_ua),
        mean_kappa=computing.scale(items, figures.mean_kappa),
        relevance=relevance,
        ratings=ratings,
        verdicts=verdicts if len(counted) == len(sent) > 0 else _without_figures(verdicts),
        matrix=_matrix(scaled, shown) if kept else (),
    )


def _counted(
    scope: Scope, one: ReviewRound, seats: Sequence[Seat], sent: Sequence[Seat]
) -> tuple[Withheld, set[int]]:
    """Why there are no figures, and the tasks whose answers make them up."""
    kept = {seat.pk for seat in asked.counted(sent)}
    if not kept:
        return Withheld.SMALL, kept
    if asked.would_sway(scope, one, seats):
        return Withheld.OPEN, set()
    return Withheld.NO, kept


def _items(
    criteria: Iterable[Criterion], given: Sequence[_Given], held: Rules
) -> tuple[ItemFacts, ...]:
    asked_for = {criterion.pk for criterion in criteria}
    raters = len({row.seat for row in given if row.criterion in asked_for})
    scores: dict[int, list[int]] = defaultdict(list)
    left_out: Counter[int] = Counter()
    for row in given:
        if row.score is not None:
            scores[row.criterion].append(row.score)
        left_out[row.criterion] += row.left_out
    return tuple(
        computing.item(
            criterion.code,
            criterion.text,
            figures.distribution(scores[criterion.pk]),
            left_out[criterion.pk],
            raters - len(scores[criterion.pk]) - left_out[criterion.pk],
            held,
        )
        for criterion in criteria
    )


def _others(criteria: Iterable[Criterion], given: Sequence[_Given]) -> tuple[OtherFacts, ...]:
    return tuple(_other(c, given) for c in criteria if c.kind != CriterionKind.RELEVANCE)


def _other(criterion: Criterion, given: Sequence[_Given]) -> OtherFacts:
    own = [row for row in given if row.criterion == criterion.pk]
    answers = [row.score for row in own if row.score is not None]
    tally = tuple(answers.count(n) for n in range(1, scales.size(criterion.kind) + 1))
    is_essential = criterion.kind == CriterionKind.ESSENTIAL
    return OtherFacts(
        code=criterion.code,
        text=criterion.text,
        kind=criterion.kind,
        anchors=tuple(criterion.anchors),
        tally=tally,
        written=sum(not row.left_out for row in own) if criterion.kind == CriterionKind.TEXT else 0,
        not_applicable=sum(row.left_out for row in own),
        cvr=computing.measured(figures.cvr(tally[-1], sum(tally))) if is_essential else None,
    )


def _matrix(
    criteria: Sequence[Criterion], given: Sequence[_Given]
) -> tuple[tuple[int | None, ...], ...]:
    """One row an expert, sorted by what the rows say: the order is nobody's."""
    scores: dict[int, dict[int, int | None]] = defaultdict(dict)
    for row in given:
        scores[row.seat][row.criterion] = row.score
    rows = [tuple(own.get(c.pk) for c in criteria) for own in scores.values()]
    return tuple(sorted(rows, key=lambda row: [score or 0 for score in row], reverse=True))


def _without_figures(verdicts: Iterable[VerdictFacts]) -> tuple[VerdictFacts, ...]:
    """Verdicts whose reasons say nothing of what a few people answered."""
    return tuple(verdict_facts.without_figures(verdict) for verdict in verdicts)


def _newest(rows: Iterable[RoundFacts]) -> str:
    days = [day for row in rows for day in (row.opened_on, row.closed_on)]
    signed = [v.in_force_on or v.confirmed_on for row in rows for v in row.verdicts]
    return max([*days, *signed], default="")
