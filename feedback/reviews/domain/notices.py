"""Which mail about a review is due to whom and when; the sender re-checks each at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time

from cop_platform.common.times import wall_before
from experts.domain import outbox
from experts.models import Person
from feedback.reviews.models import ReviewRound

ASSIGNMENT = "review_assignment"
REMINDER = "review_reminder"
KINDS = [ASSIGNMENT, REMINDER]

REMIND_DAYS_BEFORE = 2
# The hour of the reminder on the clock of the person reminded.
REMIND_CLOCK = time(9)


def tell_assigned(review_round: ReviewRound, people: Iterable[Person], *, at: datetime) -> None:
    """Plans the request now and the reminder for two days before the due day, nine o'clock.

    A message names its person, so it must not name the assignment, which names the code: the
    contact log would join the two. Both kinds are about the *round*; which assignment of it is
    the reader's is asked of the identity service when the mail is written.
    """
    people = list(people)
    outbox.plan_many(
        kind=ASSIGNMENT, rows=_rows(ASSIGNMENT, review_round, people), due_at=at, at=at
    )
    for due_at, group in _by_reminder(review_round, people).items():
        if due_at > at:
            rows = _rows(REMINDER, review_round, group)
            outbox.plan_many(kind=REMINDER, rows=rows, due_at=due_at, at=at)


def _rows(
    kind: str, review_round: ReviewRound, people: list[Person]
) -> list[tuple[int, Person, str]]:
    pk = review_round.pk
    return [(pk, person, f"{kind}:{pk}:{person.pk}") for person in people]


def _by_reminder(review_round: ReviewRound, people: list[Person]) -> dict[datetime, list[Person]]:
    """People by the instant their own clock shows the hour of the reminder."""
    due = datetime.combine(review_round.due_on, REMIND_CLOCK)
    found: dict[datetime, list[Person]] = defaultdict(list)
    for person in people:
        found[wall_before(due, person.zone, days=REMIND_DAYS_BEFORE)].append(person)
    return found
