"""The ratings of a round as tables of figures: what the outcome page and the reports read.

Blindness: scores are sorted, so that two criteria cannot be read as one person's row, and a panel
of fewer than `PANEL` handed-in reviews gives no figures at all, because somebody who knows whom
was asked would read the answers out of them.

What passes is decided by the policy the round was opened with, whichever is the newest now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from cop_platform.common.prepared import KeysSlot, Prepared
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Assignment, Criterion, Rating, ReviewRound
from feedback.reviews.querysets import handed_in
from feedback.validation import figures
from feedback.validation.domain.policy import rules
from feedback.validation.domain.policy.rules import Rules
from feedback.validation.figures import Figure, Interval, Policy

# Figures of content validity are of the scale of 1 to 4 alone.
_CRITERIA = Prepared(
    lambda: Criterion.objects.filter(
        rubric_id__in=KeysSlot("rubrics"), kind=CriterionKind.RELEVANCE
    )
)


@dataclass(frozen=True)
class CriterionRatings:
    """One criterion of a round: scores 1 to 4 in rising order, and the figures they give.

    `n` experts rated it, `relevant` of them 3 or 4, `needed` must for it to pass (None: the panel
    is too small for a pass mark, then `passes` is None as well). Where the round's policy counts
    "not applicable" against a criterion, `n` includes those answers.
    """

    code: str
    text: str
    scores: tuple[int, ...]
    not_applicable: int
    n: int
    relevant: int
    needed: int | None
    passes: bool | None
    i_cvi: Figure
    wilson: Interval
    kappa: Figure
    aiken_v: Figure
    median: Figure
    distribution: tuple[int, ...]


@dataclass(frozen=True)
class MaterialRatings:
    """One round on one version. `withheld`: the panel is too small, `criteria` is empty."""

    code: str
    title: str
    version: int
    language: str
    sha256: str
    round_id: int
    assigned: int
    submitted: int
    withheld: bool
    criteria: tuple[CriterionRatings, ...]
    s_cvi_ave: Figure
    s_cvi_ua: Figure


def rating_tables(country_id: int, until: datetime | None = None) -> list[MaterialRatings]:
    """All rounds, running or closed, that experts of a country were assigned to, by code.

    Only ratings of that country's experts count, handed in on or before the day of `until`.
    Four queries, however many rounds there are.
    """
    own = Assignment.objects.filter(country_id=country_id)
    found = ReviewRound.objects.filter(assignments__country_id=country_id)
    if until is not None:
        found = found.filter(opened_at__lte=until)
    rounds = found.distinct().with_version()
    return tables_of(rounds, own, until)


def tables_of(
    rounds: Iterable[ReviewRound], assignments: QuerySet[Assignment], until: datetime | None = None
) -> list[MaterialRatings]:
    """The tables of some rounds `with_version`, counting only the assignments given."""
    wanted = sorted(rounds, key=lambda r: (r.version.material.code, r.version.number, r.pk))
    own = assignments.filter(round__in=[r.pk for r in wanted]).order_by()
    done = handed_in(until.date() if until else None)
    counts = _counts(own, done)
    criteria = _criteria(wanted)
    ratings = _ratings(own.filter(done))
    return [_table(r, counts.get(r.pk, (0, 0)), criteria[r.rubric_id], ratings) for r in wanted]


def _counts(own: QuerySet[Assignment], done: Q) -> dict[int, tuple[int, int]]:
    # Who declined is on no panel any more.
    panel = Count("pk", filter=Q(declined_on__isnull=True))
    rows = own.values_list("round_id").annotate(asked=panel, sent=Count("pk", filter=done))
    return {pk: (asked, sent) for pk, asked, sent in rows}


def _criteria(rounds: Iterable[ReviewRound]) -> Mapping[int, list[Criterion]]:
    found: dict[int, list[Criterion]] = defaultdict(list)
    for criterion in _CRITERIA.all(rubrics=list({r.rubric_id for r in rounds})):
        found[criterion.rubric_id].append(criterion)
    return found


def _ratings(sent: QuerySet[Assignment]) -> Mapping[tuple[int, int], list[int | None]]:
    """Scores by (round, criterion); None stands for "not applicable"."""
    found: dict[tuple[int, int], list[int | None]] = defaultdict(list)
    rows = Rating.objects.filter(assignment__in=sent)
    for round_id, criterion, score in rows.values_list(
        "assignment__round_id", "criterion_id", "score"
    ):
        found[round_id, criterion].append(score)
    return found


def _table(
    review_round: ReviewRound,
    counts: tuple[int, int],
    criteria: list[Criterion],
    ratings: Mapping[tuple[int, int], list[int | None]],
) -> MaterialRatings:
    version = review_round.version
    assigned, submitted = counts
    withheld = submitted < PANEL
    held = rules.of_round(review_round)
    rows = () if withheld else _rows(review_round, held, criteria, ratings)
    items = [(row.relevant, row.n) for row in rows]
    return MaterialRatings(
        code=version.material.code,
        title=version.material.title,
        version=version.number,
        language=version.language,
        sha256=version.sha256,
        round_id=review_round.pk,
        assigned=assigned,
        submitted=submitted,
        withheld=withheld,
        criteria=rows,
        s_cvi_ave=figures.s_cvi_ave(items),
        s_cvi_ua=figures.s_cvi_ua(items),
    )


def _rows(
    review_round: ReviewRound,
    held: Rules,
    criteria: list[Criterion],
    ratings: Mapping[tuple[int, int], list[int | None]],
) -> tuple[CriterionRatings, ...]:
    policy = review_round.policy
    table = held.table(policy.name, policy.number) if policy else figures.STRICT
    against = held.not_applicable == rules.AGAINST
    return tuple(
        _row(c.code, c.text, ratings.get((review_round.pk, c.pk), []), table, against=against)
        for c in criteria
    )


def _row(
    code: str, text: str, given: list[int | None], table: Policy, *, against: bool
) -> CriterionRatings:
    scores = tuple(sorted(score for score in given if score is not None))
    relevant = figures.count_relevant(scores)
    n = len(given) if against else len(scores)
    return CriterionRatings(
        code=code,
        text=text,
        scores=scores,
        not_applicable=len(given) - len(scores),
        n=n,
        relevant=relevant,
        needed=figures.min_relevant(n, table),
        passes=figures.passes(relevant, n, table),
        i_cvi=figures.i_cvi(relevant, n),
        wilson=figures.wilson(relevant, n),
        kappa=figures.modified_kappa(relevant, n),
        aiken_v=figures.aiken_v(scores),
        median=figures.median(scores),
        distribution=figures.distribution(scores),
    )
