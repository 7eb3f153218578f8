"""Which mail about a review is due to whom and when; the sender re-checks each at the end.

A message names its person, so it must not name the assignment, which names the code: the contact
log would join the two. All kinds are about the *round*; which assignment of it is the reader's is
asked of the identity service when the mail is written. Reminders stop when the review is sent, so
whether one went would tell who had sent theirs: their kinds are confidential.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from cop_platform.common.times import to_utc
from experts.domain import outbox
from experts.enums import Channel
from experts.models import Person
from feedback.reviews.models import Assignment, ReviewRound

ASSIGNMENT = "review_assignment"
REMINDER = "review_reminder"
OVERDUE = "review_overdue"
RELEASED = "review_released"
ESCALATION = "review_escalation"
DECLINED = "review_declined"
DISCUSSION = "review_discussion"
RESPONSE = "review_response"
THANKS = "review_thanks"
REOPENED = "review_reopened"
WAVE = "review_wave"
KINDS = [ASSIGNMENT, REMINDER]

# Days from the due day on which a review that is still open is asked for.
LADDER = (-7, -2, 0, 3, 7)
# The hour of the reminder on the clock of the person reminded.
REMIND_CLOCK = time(9)


def tell_assigned(
    review_round: ReviewRound, people: Iterable[Person], *, due_on: date, at: datetime
) -> None:
    """Plans the request now, and a reminder for each day of the ladder, nine o'clock."""
    people = list(people)
    rows = [(review_round.pk, p, f"{ASSIGNMENT}:{review_round.pk}:{p.pk}") for p in people]
    outbox.plan_many(kind=ASSIGNMENT, rows=rows, due_at=at, at=at)
    plan_reminders(review_round, people, due_on=due_on, at=at)


def plan_reminders(
    review_round: ReviewRound, people: Iterable[Person], *, due_on: date, at: datetime
) -> None:
    """Plans the rungs that lie ahead; doing it twice plans nothing twice.

    `due_on` is the day these people have. It stands in the key: a new one plans anew.
    """
    for (days, due_at), group in _by_instant(due_on, people).items():
        if due_at <= at:
            continue
        keys = {p.pk: f"{REMINDER}:{review_round.pk}:{p.pk}:{due_on}:{days}" for p in group}
        payload = {"due_on": due_on.isoformat(), "days": days}
        outbox.plan_again(keys.values(), due_at=due_at, payload=payload, at=at)
        outbox.plan_many(
            kind=REMINDER,
            rows=[(review_round.pk, person, keys[person.pk]) for person in group],
            due_at=due_at,
            at=at,
            payload=payload,
        )


def take_back_reminders(review_round: ReviewRound, person: Person | None = None) -> None:
    """Takes back what is planned for one person, or for everybody in the round."""
    outbox.withdraw(kinds=[REMINDER], object_ids=[review_round.pk], person=person)


def tell_released(review_round: ReviewRound, person: Person, *, at: datetime) -> None:
    """Thanks somebody whose review was passed on, and asks no more."""
    take_back_reminders(review_round, person)
    outbox.plan(
        kind=RELEASED,
        object_id=review_round.pk,
        person=person,
        due_at=at,
        key=f"{RELEASED}:{review_round.pk}:{person.pk}",
        at=at,
    )


def tell_declined(
    review_round: ReviewRound, coordinators: Iterable[Person], *, number: int, at: datetime
) -> None:
    """Tells coordinators on the platform that one more expert has declined, the `number`th."""
    rows = [
        (review_round.pk, p, f"{DECLINED}:{review_round.pk}:{p.pk}:{number}") for p in coordinators
    ]
    outbox.plan_many(kind=DECLINED, rows=rows, due_at=at, at=at, channel=Channel.APP)


def tell_discussed(
    review_round: ReviewRound, people: Iterable[Person], *, on: date, at: datetime
) -> None:
    """Plans one notice for the next morning, however many answers the day `on` brings."""
    groups: dict[datetime, list[Person]] = defaultdict(list)
    for person in people:
        groups[_instant(on, 1, person.zone)].append(person)
    for due_at, group in groups.items():
        keys = {p.pk: f"{DISCUSSION}:{review_round.pk}:{p.pk}:{on}" for p in group}
        outbox.plan_many(
            kind=DISCUSSION,
            rows=[(review_round.pk, person, keys[person.pk]) for person in group],
            due_at=due_at,
            at=at,
            payload={"on": on.isoformat()},
        )


def tell_answered(review_round: ReviewRound, people: Iterable[Person], *, at: datetime) -> None:
    """Tells the reviewers that the author has answered, once for a round."""
    rows = [(review_round.pk, p, f"{RESPONSE}:{review_round.pk}:{p.pk}") for p in people]
    outbox.plan_many(kind=RESPONSE, rows=rows, due_at=at, at=at)


def tell_wave(
    review_round: ReviewRound, people: Iterable[Person], *, number: int, at: datetime
) -> None:
    """Asks a panel to rate again, once for each wave."""
    rows = [(review_round.pk, p, f"{WAVE}:{review_round.pk}:{p.pk}:{number}") for p in people]
    outbox.plan_many(kind=WAVE, rows=rows, due_at=at, at=at)


def thank(review_round: ReviewRound, person: Person, *, at: datetime) -> None:
    """Thanks for a sent review and tells of the certificate, once a round."""
    outbox.plan(
        kind=THANKS,
        object_id=review_round.pk,
        person=person,
        due_at=at,
        key=f"{THANKS}:{review_round.pk}:{person.pk}",
        at=at,
    )


def tell_reopened(assignment: Assignment, person: Person, *, at: datetime) -> None:
    """Says that a review was handed back, and reminds of it as of any other that is open."""
    review_round = assignment.round
    outbox.plan(
        kind=REOPENED,
        object_id=review_round.pk,
        person=person,
        due_at=at,
        key=f"{REOPENED}:{review_round.pk}:{person.pk}:{at.date()}",
        at=at,
    )
    plan_reminders(review_round, [person], due_on=assignment.due_on, at=at)


def _by_instant(due_on: date, people: Iterable[Person]) -> dict[tuple[int, datetime], list[Person]]:
    """People by rung and the instant their own clock shows the hour of the reminder."""
    found: dict[tuple[int, datetime], list[Person]] = defaultdict(list)
    for person in people:
        for days in LADDER:
            found[days, _instant(due_on, days, person.zone)].append(person)
    return found


def _instant(due_on: date, days: int, zone: str) -> datetime:
    return to_utc(datetime.combine(due_on + timedelta(days=days), REMIND_CLOCK), zone, fold=0)


def is_overtaken(due_on: date, days: int, zone: str, at: datetime) -> bool:
    """Whether the next reminder is due as well, so that an old one would only double it."""
    later = [_instant(due_on, rung, zone) for rung in LADDER if rung > days]
    return any(instant <= at for instant in later)
