"""The pictures of a round: ratings by code, panels beside each other, then and now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from experts.models import Country, User
from feedback.reviews.domain import visibility
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.domain.visibility import View
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Assignment, Criterion, Rating, ReviewRound
from feedback.validation import figures
from feedback.validation.domain.outcome import figures_page, figures_words
from feedback.validation.domain.outcome.figures_page import Row
from feedback.validation.figures import whole
from feedback.validation.pictures import before_after, forest, heat_map
from feedback.validation.pictures.shapes import Picture


@dataclass(frozen=True)
class Pictures:
    """The page; `withheld` stands in place of everything. `items` are the choices of the forest
    plot: (code, text, whether it is shown).
    """

    withheld: str
    heat_map: Picture | None = None
    forest: Picture | None = None
    items: tuple[tuple[str, str, bool], ...] = ()
    before_after: Picture | None = None
    agreement: tuple[Row, ...] = ()
    paradox: str = ""


@dataclass(frozen=True)
class _Given:
    """A rating: whose code, of which country, to which criterion; None is "not applicable"."""

    assignment: int
    country: int
    criterion: int
    score: int | None


def build(review_round: ReviewRound, user: User, item: str = "") -> Pictures:
    """What this person may see of a round in pictures; `item` is a code for the forest plot.

    The round comes `with_version`. Scores stand under a code, in the order that everybody calls
    the reviewers by, only where the visibility of the round shows scores.
    """
    view = visibility.of(user, review_round)
    if not (view.reads and view.scores):
        return Pictures(
            _("Pictures open when the independent phase is over, from three reviews on.")
        )
    given = _given(visibility.ratings_for(user, review_round, view))
    criteria = list(
        Criterion.objects.filter(
            rubric=review_round.rubric_id, kind=CriterionKind.RELEVANCE
        ).order_by("position")
    )
    chosen = next((c for c in criteria if c.code == item), criteria[0] if criteria else None)
    found = whole.agreement_on_relevance(_table(criteria, given))
    return Pictures(
        withheld="",
        heat_map=_heat_map(review_round, view, criteria, given),
        forest=_forest(chosen, given) if chosen else None,
        items=tuple((c.code, c.text, c == chosen) for c in criteria),
        before_after=_before_after(review_round, user, criteria, given),
        agreement=figures_page.agreement_rows(found),
        paradox=figures_words.paradox(found),
    )


def _given(ratings: QuerySet[Rating]) -> list[_Given]:
    rows = ratings.filter(kind=CriterionKind.RELEVANCE).values_list(
        "assignment", "assignment__country", "criterion", "score"
    )
    return [_Given(*row) for row in rows]


def _table(criteria: Sequence[Criterion], given: Sequence[_Given]) -> list[list[float | None]]:
    """Items by experts, as the figures take it."""
    experts = sorted({row.assignment for row in given})
    scores = {(row.criterion, row.assignment): row.score for row in given}
    return [[scores.get((c.pk, expert)) for expert in experts] for c in criteria]


def _heat_map(
    review_round: ReviewRound, view: View, criteria: Sequence[Criterion], given: Sequence[_Given]
) -> Picture | None:
    labels = visibility.labels(review_round, view)
    sent = {row.assignment for row in given}
    codes = Assignment.objects.filter(pk__in=sent).order_by("reviewer_code")
    experts = list(codes.values_list("pk", "reviewer_code"))
    if not experts or not criteria:
        return None
    said = {(row.criterion, row.assignment): _said(row.score) for row in given}
    return heat_map.draw(
        [labels[code] for _pk, code in experts],
        [
            heat_map.Row(c.code, c.text, tuple(said.get((c.pk, pk), "") for pk, _code in experts))
            for c in criteria
        ],
    )


def _said(score: int | None) -> str:
    return heat_map.NOT_APPLICABLE if score is None else str(score)


def _forest(criterion: Criterion, given: Sequence[_Given]) -> Picture | None:
    """One item by country, small panels left out, and everybody together below."""
    by_country: dict[int, list[int]] = defaultdict(list)
    for row in given:
        if row.criterion == criterion.pk and row.score is not None:
            by_country[row.country].append(row.score)
    everybody = [score for scores in by_country.values() for score in scores]
    if not everybody:
        return None
    names = dict(
        Country.objects.filter(pk__in=by_country).order_by("name").values_list("pk", "name")
    )
    panels = [
        forest.Panel(name, figures.count_relevant(by_country[pk]), len(by_country[pk]))
        for pk, name in names.items()
        if len(by_country[pk]) >= PANEL
    ]
    whole = forest.Panel(_("All together"), figures.count_relevant(everybody), len(everybody))
    return forest.draw("forest", criterion.code, criterion.text, [*panels, whole])


def _before_after(
    review_round: ReviewRound, user: User, criteria: Sequence[Criterion], given: Sequence[_Given]
) -> Picture | None:
    """Against the round before, where there is one with the same questions that one may read."""
    if review_round.previous_id is None:
        return None
    before = ReviewRound.objects.with_version().get(pk=review_round.previous_id)
    view = visibility.of(user, before)
    if not view.reads or not view.scores:
        return None
    earlier = visibility.ratings_for(user, before, view).filter(kind=CriterionKind.RELEVANCE)
    old = _by_code(earlier.values_list("criterion__code", "score"))
    codes = {c.pk: c.code for c in criteria}
    new = _by_code((codes[row.criterion], row.score) for row in given if row.criterion in codes)
    pairs = [
        before_after.Pair(c.code, c.text, _counted(old[c.code]), _counted(new[c.code]))
        for c in criteria
        if old.get(c.code) and new.get(c.code)
    ]
    if not pairs:
        return None
    return before_after.draw(pairs, _named(before), _named(review_round))


def _by_code(rows: Iterable[tuple[str, int | None]]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for code, score in rows:
        if score is not None:
            found[code].append(score)
    return found


def _counted(scores: Sequence[int]) -> tuple[int, int]:
    return figures.count_relevant(scores), len(scores)


def _named(review_round: ReviewRound) -> str:
    return _("version %(n)d") % {"n": review_round.version.number}
