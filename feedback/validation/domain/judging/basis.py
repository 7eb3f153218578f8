"""What a verdict rests on: the counts of a closed round, for each country and for the consortium.

A country's counts are of its own assignments alone, those of the consortium of all. Panels that
are too small to be shown give no counts. Where the counts of the consortium, read beside those of
the countries, would tell what fewer than `PANEL` people answered, pages hide them (`is_hidden`).

What is stored holds whole numbers only; every figure follows from them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from experts import reference
from experts.models import Country
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import identity
from feedback.reviews.domain.panel.professions import LIVED, PRACTITIONERS
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Assignment, Criterion, Rating, ReviewRound
from feedback.validation.domain.judging import proposing
from feedback.validation.domain.judging.proposing import Answer, Counts, Item

# The consortium, among the keys of countries.
ALL = None
_GRAVE = frozenset({Severity.CRITICAL, Severity.MAJOR})


@dataclass(frozen=True)
class Basis:
    """The counts of one panel; `country` is None for the consortium."""

    country: Country | None
    counts: Counts
    is_hidden: bool = False

    def stored(self) -> dict[str, Any]:
        """As a verdict keeps it."""
        counts = self.counts
        return {
            "raters": counts.raters,
            "smallest": counts.smallest,
            "practitioners": counts.practitioners,
            "lived": counts.lived,
            "open_changes": counts.open_changes,
            "not_done": counts.not_done,
            "is_hidden": self.is_hidden,
            "items": [vars(item) for item in counts.items],
        }


def read(stored: Mapping[str, Any]) -> Counts:
    """The counts out of what a verdict keeps."""
    numbers = {name: value for name, value in stored.items() if name in _NUMBERS}
    items = tuple(Item(**item) for item in stored.get("items", ()))
    return Counts(**({"raters": 0, "smallest": PANEL} | numbers), items=items)


_NUMBERS = frozenset({"raters", "smallest", "practitioners", "lived", "open_changes", "not_done"})


def digest(stored: Mapping[str, Any]) -> str:
    """A hash of what a verdict rests on, the same for the same numbers."""
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def gather(review_round: ReviewRound) -> dict[int | None, Basis]:
    """The bases of a round by country id, and of the consortium under `ALL`.

    The round comes `with_version`. Five questions, however many countries there are.
    """
    sent = Assignment.objects.submitted().filter(round=review_round).order_by()
    answers = _answers(sent)
    criteria = list(
        Criterion.objects.filter(rubric=review_round.rubric_id, kind=CriterionKind.RELEVANCE)
        .order_by("position", "pk")
        .values_list("code", "text")
    )
    professions = identity.professions_of(sent)
    changes = _changes(review_round)
    everybody = [row for rows in answers.values() for row in rows]
    found = {
        country.pk: _basis(
            country,
            criteria,
            answers.get(country.pk, []),
            professions.get(country.pk, Counter()),
            changes,
        )
        for country in _asked(review_round)
    }
    everyone = sum(professions.values(), Counter[str]())
    whole = _basis(None, criteria, everybody, everyone, changes)
    hidden = _would_tell(whole, found.values())
    return {ALL: replace(whole, is_hidden=hidden)} | found


def _basis(
    country: Country | None,
    criteria: Iterable[tuple[str, str]],
    answers: Iterable[Mapping[str, Answer]],
    who: Counter[str],
    changes: tuple[Counter[int | None], Counter[int | None]],
) -> Basis:
    raters, items = proposing.count(criteria, answers)
    small = raters < PANEL
    undecided, not_done = (_of(some, country) for some in changes)
    return Basis(
        country,
        Counts(
            raters=raters,
            smallest=PANEL,
            items=() if small else items,
            practitioners=0 if small else sum(who[p] for p in PRACTITIONERS),
            lived=0 if small else sum(who[p] for p in LIVED),
            open_changes=undecided,
            not_done=not_done,
        ),
    )


def _would_tell(whole: Basis, parts: Iterable[Basis]) -> bool:
    """Whether all but the panels that are shown are so few that taking those away tells of them."""
    rest = whole.counts.raters - sum(one.counts.raters for one in parts if not one.counts.is_small)
    return 0 < rest < PANEL


def _asked(review_round: ReviewRound) -> list[Country]:
    """The countries that somebody was asked in, by code."""
    asked = Assignment.objects.filter(round=review_round).order_by()
    keys = set(asked.values_list("country_id", flat=True).distinct())
    return [country for country in reference.countries() if country.pk in keys]


def _answers(sent: QuerySet[Assignment]) -> dict[int, list[dict[str, Answer]]]:
    """What each review answered by the criterion's code, by country, in nobody's order."""
    found: dict[tuple[int, int], dict[str, Answer]] = defaultdict(dict)
    rows = Rating.objects.filter(assignment__in=sent, kind=CriterionKind.RELEVANCE).order_by()
    for country, assignment, code, score, left_out in rows.values_list(
        "assignment__country_id",
        "assignment_id",
        "criterion__code",
        "score",
        "not_applicable",
    ):
        found[country, assignment][code] = proposing.NOT_APPLICABLE if left_out else score
    by_country: dict[int, list[dict[str, Answer]]] = defaultdict(list)
    for (country, _assignment), given in found.items():
        by_country[country].append(given)
    return by_country


def _changes(
    review_round: ReviewRound,
) -> tuple[Counter[int | None], Counter[int | None]]:
    """Changes of this version and earlier ones of its language, by the country that asks.

    The grave ones that nobody decided on; and those accepted that this version does not show.
    """
    version = review_round.version
    rows = ChangeRequest.objects.alone().filter(
        material=version.material_id,
        version__language=version.language,
        version__number__lte=version.number,
    )
    accepted = Q(decision__in=[Decision.ACCEPT, Decision.ADAPT])
    undecided = Q(decision=Decision.OPEN, severity__in=sorted(_GRAVE))
    shown = Q(done_in__number__lte=version.number)
    open_ones: Counter[int | None] = Counter()
    not_done: Counter[int | None] = Counter()
    for country_id, decision in (
        rows.filter(undecided | (accepted & ~shown))
        .order_by()
        .values_list("country_id", "decision")
    ):
        (open_ones if decision == Decision.OPEN else not_done)[country_id] += 1
    return open_ones, not_done


def _of(changes: Counter[int | None], country: Country | None) -> int:
    """A country's own changes and those that no country asked for; of the consortium all."""
    if country is None:
        return sum(changes.values())
    return changes[country.pk] + changes[None]
