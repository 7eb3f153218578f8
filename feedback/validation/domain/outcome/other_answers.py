"""What else a round says: counts of answers that are no scale of 1 to 4, free texts, and the mean.

Only for those whom the outcome is open to: the caller has withheld small panels already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.prepared import KeysSlot, Prepared, Slot, at_once
from experts.enums import Role
from experts.models import User
from feedback.reviews.domain import rubrics, scales
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Assignment, Criterion, Rating, ReviewRound
from feedback.reviews.querysets import AssignmentQuerySet
from feedback.validation import figures
from feedback.validation.domain.outcome import words

Parts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Counted:
    """A criterion of another kind: how many chose each word, and what was written.

    `parts` are (word, how many) in the order of the scale; texts are sorted by themselves, so
    that their order is nobody's. `texts` stays empty until comments are shown.
    """

    code: str
    text: str
    kind: str
    parts: Parts
    total: int
    not_applicable: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Mean:
    """The weighted mean, never without its denominator, its median and its distribution."""

    sentence: str
    denominator: str
    median: str
    parts: Parts
    total: int


@dataclass(frozen=True)
class _Given:
    criterion_id: int
    score: int | None
    not_applicable: bool
    comment: str
    suggestion: str
    reason: str

    @property
    def said(self) -> list[str]:
        """All that was written, ready to be read without the rest."""
        found = [self.comment] if self.comment else []
        if self.suggestion:
            found.append(_("Suggestion: %(text)s") % {"text": self.suggestion})
        if self.not_applicable:
            found.append(_("Not applicable: %(reason)s") % {"reason": self.reason})
        return found


_CRITERIA = Prepared(lambda: Criterion.objects.filter(rubric=Slot("rubric")).order_by("position"))


def _given(assignments: AssignmentQuerySet) -> QuerySet:
    sent = assignments.submitted().filter(round=Slot("round")).order_by().values("pk")
    return Rating.objects.filter(assignment__in=sent).values_list(
        "criterion_id", "score", "not_applicable", "comment", "suggestion", "na_reason"
    )


_GIVEN = Prepared(lambda: _given(Assignment.objects.all()))
_GIVEN_IN = Prepared(
    lambda: _given(Assignment.objects.filter(country_id__in=KeysSlot("countries")))
)


def build(
    review_round: ReviewRound, user: User, *, with_texts: bool
) -> tuple[tuple[Counted, ...], Mean | None]:
    """The criteria of other kinds and the weighted mean, out of the assignments this person counts.

    One statement. The mean is None where no criterion counts or nobody rated one.
    """
    if user.access.is_manager:
        answers = _GIVEN.asked(round=review_round.pk)
    else:
        own = list(user.access.countries(Role.COORDINATOR))
        answers = _GIVEN_IN.asked(round=review_round.pk, countries=own)
    criteria, rows = at_once([_CRITERIA.asked(rubric=review_round.rubric_id), answers])
    given: dict[int, list[_Given]] = defaultdict(list)
    for row in rows:
        given[row[0]].append(_Given(*row))
    others = (c for c in criteria if c.kind != CriterionKind.RELEVANCE)
    counted = tuple(_counted(c, given.get(c.pk, []), with_texts) for c in others)
    return counted, _mean(criteria, given)


def _counted(criterion: Criterion, given: list[_Given], with_texts: bool) -> Counted:
    scores = [row.score for row in given if row.score is not None]
    is_text = criterion.kind == CriterionKind.TEXT
    said = sorted(text for row in given for text in row.said)
    answered = sum(not row.not_applicable for row in given)
    return Counted(
        code=criterion.code,
        text=criterion.text,
        kind=criterion.kind,
        parts=tuple((word, scores.count(int(n))) for n, word in scales.choices(criterion)),
        total=answered if is_text else len(scores),
        not_applicable=len(given) - answered,
        texts=tuple(said) if with_texts else (),
    )


def _mean(criteria: Iterable[Criterion], given: Mapping[int, list[_Given]]) -> Mean | None:
    """Each criterion's mean counts by its weight; one that nobody rated leaves the denominator."""
    scores = {
        c: [row.score for row in given.get(c.pk, []) if row.score is not None] for c in criteria
    }
    rated = [c for c in scores if c.kind == CriterionKind.RELEVANCE and c.weight > 0 and scores[c]]
    if not rated:
        return None
    weights = rubrics.weights(rated)
    value = sum(c.weight * sum(scores[c]) / len(scores[c]) for c in rated) / weights.total
    everything = sorted(score for c in rated for score in scores[c])
    counts = figures.distribution(everything)
    return Mean(
        sentence=_("Weighted mean: %(value)s") % {"value": f"{value:.2f}"},
        denominator=_denominator(weights, len(everything)),
        median=words.score(figures.median(everything)),
        parts=tuple((str(n), c) for n, c in enumerate(counts, start=figures.LOWEST)),
        total=len(everything),
    )


def _denominator(weights: rubrics.Weights, ratings: int) -> str:
    said = ngettext(
        "of %(n)d criterion, weights add up to %(total)d, %(ratings)d ratings",
        "of %(n)d criteria, weights add up to %(total)d, %(ratings)d ratings",
        weights.criteria,
    )
    return said % {"n": weights.criteria, "total": weights.total, "ratings": ratings}
