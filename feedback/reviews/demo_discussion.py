"""The demo project's talk about reviews: a round that is discussed, and one that was answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from experts.models import User
from feedback.reviews.domain import phases, responses
from feedback.reviews.enums import LOW, Phase, Voice
from feedback.reviews.models import Assignment, Rating, Reply, ReviewRound

DISCUSSED = "M11"
ANSWERED = "M12"
_SHOWN = 6
_AGREES = "I saw the same with my group, in the second exercise."
_DIFFERS = "My group had no trouble with it; it may depend on the language people read in."
_ASKS = "Would a picture be enough, or should the words change as well?"
_RESPONSE = "\n\n".join(
    (
        "Thank you for reading it so closely.",
        "We look at the part on residence titles again and take the date of the law into the text. "
        "The file can be changed now: it is no longer locked.",
        "Where you did not agree with each other, two groups of learners were asked; the next one "
        "says what they told us.",
    )
)


def lead(review_round: ReviewRound, *, manager: User, at: datetime) -> None:
    """Takes the two rounds of the demo on, a week after they were opened; the others stay."""
    code = review_round.version.material.code
    if code == DISCUSSED:
        _go_on(review_round, Phase.DISCUSSION, manager, at + timedelta(days=6))
        _talk(review_round, manager, at + timedelta(days=6))
    if code == ANSWERED:
        _go_on(review_round, Phase.DISCUSSION, manager, at + timedelta(days=10))
        _talk(review_round, manager, at + timedelta(days=11))
        _go_on(review_round, Phase.RESPONSE, manager, at + timedelta(days=14))
        _answer(review_round, at + timedelta(days=18))
        _go_on(review_round, Phase.DECISION, manager, at + timedelta(days=21))


def _go_on(review_round: ReviewRound, to: Phase, manager: User, at: datetime) -> None:
    phases.go_on(round_id=review_round.pk, to=to, by=manager, at=at)


def _talk(review_round: ReviewRound, manager: User, at: datetime) -> None:
    """Answers under the first low scores; written as rows, so that no mail of the past goes out."""
    low = [int(score) for score in LOW]
    remarks = Rating.objects.filter(assignment__round=review_round, score__in=low)
    sent = Assignment.objects.submitted().filter(round=review_round)
    voices = list(sent.order_by("reviewer_code"))
    rows = remarks.order_by("criterion__position", "assignment__reviewer_code")
    for number, rating in enumerate(rows[:_SHOWN]):
        others = [a for a in voices if a.pk != rating.assignment_id]
        said = _AGREES if number % 2 else _DIFFERS
        _reply(rating, 1, said, at, voice=Voice.REVIEWER, assignment=others[number % len(others)])
        if number % 3 == 0:
            _reply(rating, 2, _ASKS, at, voice=Voice.COORDINATOR, person=manager.person)


def _reply(rating: Rating, position: int, text: str, at: datetime, **who: object) -> None:
    Reply.objects.create(rating=rating, position=position, text=text, on=at.date(), **who)


def _answer(review_round: ReviewRound, at: datetime) -> None:
    """The response of the material's owner; without an account of theirs there is none."""
    owner = User.objects.filter(person=review_round.version.material.owner_id).first()
    if owner is not None:
        responses.write(
            round_id=review_round.pk, text=_RESPONSE, revision=0, send=True, by=owner, at=at
        )
