"""What was answered in each wave of a round: read in three queries, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Assignment, Criterion, Rating, ReviewRound
from feedback.validation import consensus, figures
from feedback.validation.consensus import Again, Answers, Rule, State
from feedback.validation.figures import Figure
from feedback.validation.models import SecondRating, Wave


@dataclass(frozen=True)
class WaveStand:
    """An item after a wave: everybody's answer as it stands then; `again` answered in it.

    `changed` is empty for the reviews, before which there is nothing.
    """

    number: int
    distribution: tuple[int, ...]
    n: int
    relevant: int
    again: int
    median: Figure
    agreement: Figure
    changed: Figure | None


@dataclass(frozen=True)
class ItemStand:
    """A criterion through the waves, the reviews first."""

    criterion: Criterion
    waves: tuple[WaveStand, ...]
    state: State

    @property
    def first(self) -> WaveStand:
        return self.waves[0]

    @property
    def last(self) -> WaveStand:
        return self.waves[-1]


def rule_of(wave: Wave | None) -> Rule:
    """The rule a wave was opened with; the usual one before the first."""
    return Rule(**wave.rule) if wave else Rule()


def stands(
    review_round: ReviewRound,
    assignments: QuerySet[Assignment],
    waves: Sequence[Wave],
    rule: Rule | None = None,
) -> list[ItemStand]:
    """Every criterion of 1 to 4 through these waves, out of the sent reviews given.

    Judged by `rule`, or by the one the newest wave was opened with.
    """
    sent = assignments.filter(round=review_round, submitted_on__isnull=False).order_by()
    criteria = Criterion.objects.filter(
        rubric=review_round.rubric_id, kind=CriterionKind.RELEVANCE
    ).order_by("position")
    first = _first(sent)
    again = _again(sent, waves)
    judged_by = rule or rule_of(waves[-1] if waves else None)
    return [_item(criterion, first, again, waves, judged_by) for criterion in criteria]


def _first(sent: QuerySet[Assignment]) -> dict[int, dict[int, int]]:
    """Scores of the reviews by criterion and assignment."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Rating.objects.filter(assignment__in=sent, kind=CriterionKind.RELEVANCE)
    for criterion, assignment, score in rows.values_list("criterion", "assignment", "score"):
        if score is not None:
            found[criterion][assignment] = score
    return found


def _again(
    sent: QuerySet[Assignment], waves: Sequence[Wave]
) -> dict[tuple[int, int], dict[int, int | None]]:
    """Scores of later waves by (wave, criterion) and assignment; None for "does not apply"."""
    found: dict[tuple[int, int], dict[int, int | None]] = defaultdict(dict)
    rows = SecondRating.objects.filter(wave__in=[wave.pk for wave in waves], assignment__in=sent)
    for wave, criterion, assignment, score in rows.values_list(
        "wave", "criterion", "assignment", "score"
    ):
        found[wave, criterion][assignment] = score
    return found


def _item(
    criterion: Criterion,
    first: dict[int, dict[int, int]],
    again: dict[tuple[int, int], dict[int, int | None]],
    waves: Sequence[Wave],
    rule: Rule,
) -> ItemStand:
    said: list[Again] = [first.get(criterion.pk, {})]
    numbers = [1]
    for wave in waves:
        if answers := again.get((wave.pk, criterion.pk)):
            said.append(answers)
            numbers.append(wave.number)
    after = consensus.through(said)
    shown = [_stand(1, after[0], len(after[0]), None)]
    for place in range(1, len(said)):
        moved = consensus.changed(after[place - 1], said[place])
        shown.append(_stand(numbers[place], after[place], len(said[place]), moved))
    return ItemStand(criterion, tuple(shown), consensus.judge(said, rule))


def _stand(number: int, answers: Answers, again: int, moved: Figure | None) -> WaveStand:
    scores = sorted(answers.values())
    return WaveStand(
        number=number,
        distribution=figures.distribution(scores),
        n=len(scores),
        relevant=figures.count_relevant(scores),
        again=again,
        median=figures.median(scores),
        agreement=consensus.agreement(answers),
        changed=moved,
    )
