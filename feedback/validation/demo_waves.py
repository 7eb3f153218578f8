"""The demo project's Delphi: the panel of the round that is discussed is asked again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from experts.models import User
from feedback.reviews import demo_discussion
from feedback.reviews.demo import mark_told
from feedback.reviews.domain import identity
from feedback.reviews.models import Assignment, ReviewRound
from feedback.validation.consensus import Rule, State
from feedback.validation.domain.waves import wave_answers, waves
from feedback.validation.domain.waves.waves import Answer
from feedback.validation.models import Wave

_REASONS = (
    "The discussion showed me that this is said on the next page.",
    "Another country's example convinced me.",
    "I had read it as a rule; it is meant as a choice.",
)
# Agreement that the demo's panels do not reach at once, so that there is something to ask.
RULE = Rule(consensus=95)


def seed(anchor: date) -> None:
    """Opens a wave yesterday and lets half of the panel answer, where there is none yet."""
    rounds = ReviewRound.objects.open().filter(version__material__code=demo_discussion.DISCUSSED)
    review_round = rounds.with_version().order_by("pk").first()
    if review_round is None or Wave.objects.filter(round=review_round).exists():
        return
    at = datetime.combine(anchor - timedelta(days=1), time(9), tzinfo=UTC)
    manager = User.objects.get(email="manager@demo.example")
    criteria = _divided(review_round)
    if not criteria or waves.may_open_why_not(review_round, [], _sent(review_round).count()):
        return
    waves.open_wave(
        round_id=review_round.pk,
        criteria=criteria,
        rule=RULE,
        due_on=anchor + timedelta(days=6),
        by=manager,
        at=at,
    )
    mark_told(review_round, anchor)
    for place, assignment in enumerate(_sent(review_round).order_by("country__code", "pk")):
        if place % 2:
            _answer(assignment, place)


def _sent(review_round: ReviewRound) -> QuerySet[Assignment]:
    return Assignment.objects.filter(round=review_round, submitted_on__isnull=False)


def _divided(review_round: ReviewRound) -> list[int]:
    """The criteria that the panel does not agree on, three at most."""
    stands = wave_answers.stands(review_round, Assignment.objects.all(), [], RULE)
    return [stand.criterion.pk for stand in stands if stand.state == State.OPEN][:3]


def _answer(assignment: Assignment, place: int) -> None:
    """Low answers move up by one, all others stay."""
    user = identity.reader_of(assignment).user
    found = waves.open_for(user, assignment.pk) if user else None
    if user is None or found is None:
        return
    before, _given = waves.own_answers(*found)
    answers = {
        key: Answer(said.score + 1, _REASONS[place % len(_REASONS)])
        for key, said in before.items()
        if said.score is not None and said.score in {1, 2}
    }
    kept = {key: Answer(said.score) for key, said in before.items() if key not in answers}
    waves.answer(assignment_id=assignment.pk, answers={**kept, **answers}, by=user)
