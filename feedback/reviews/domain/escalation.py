"""Reviews a week late become a task of their country's coordinators, who ask somebody else.

Who is late is not said: reviews are read by a code. A coordinator learns that one of the reviews
asked for is a week late, which the counts of the round tell as well, and who could step in. The
late reviewer is thanked and reminded no more, and may still send the review.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as replace_values
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit, outbox
from experts.enums import Channel, Role
from experts.models import Membership, Message, Person, User
from feedback.reviews.domain import identity, notices, rounds
from feedback.reviews.domain.panel import eligibility, gathering, scoring
from feedback.reviews.domain.panel.gathering import Board
from feedback.reviews.domain.panel.shapes import Expert, Item
from feedback.reviews.models import Assignment, ReviewRound

LATE_AFTER = timedelta(days=7)
SHOWN = 10
# A seat of a country is filled from it, whatever else speaks for somebody of another one.
NEAR = 1000


class NothingLate(NotPossible):
    """No review of the round is a week late any more."""


@dataclass(frozen=True)
class Substitute:
    """Somebody who could step in, with the reasons in words; the first of a list fits best."""

    person: Person
    reasons: tuple[str, ...]
    score: int


def late(user: User, today: date) -> QuerySet[Assignment]:
    """Reviews a week late on `today` (the reader's own day), of countries the person coordinates.

    Of all countries for the project manager.
    """
    found: QuerySet[Assignment] = Assignment.objects.visible_to(user).late(today - LATE_AFTER)
    return found


def late_rounds(until: Any, countries: Any) -> QuerySet:
    """Rounds with reviews of these countries due on or before a day: `n` of them, since `due`.

    Both may be slots.
    """
    late = Assignment.objects.late(until).filter(country_id__in=countries).order_by()
    found = late.values("round_id", "round__version__material__title")
    return found.annotate(n=Count("pk"), due=Min("due_on"))


def substitutes(review_round: ReviewRound, user: User, today: date) -> list[Substitute]:
    """Who could be asked instead, the best first: ranked as a proposal ranks them, and before all
    others who is of a country where a review is late. Nobody away, busy enough or with a conflict.
    """
    countries = set(late(user, today).filter(round=review_round).values_list("country", flat=True))
    board = gathering.board([review_round], user, today)
    item = board.items[0]
    # Who steps in has some days of their own, so a round whose day is over stops nobody.
    item = replace_values(item, due_on=max(item.due_on, today + rounds.LATE_STARTERS_HAVE))
    found = [
        _weighed(board, expert, item, expert.country in countries)
        for expert in board.pool
        if expert.country in item.countries and eligibility.obstacle(expert, item) is None
    ]
    return sorted(found, key=lambda s: (-s.score, s.person.name, s.person.pk))[:SHOWN]


def _weighed(board: Board, expert: Expert, item: Item, is_near: bool) -> Substitute:
    person = board.people[expert.key]
    reasons = list(scoring.reasons(expert, item, board.languages[item.key]))
    score = scoring.rank(expert, item)
    if is_near and person.country:
        reasons.insert(1, _("works in %(country)s") % {"country": person.country.name})
        score += NEAR
    return Substitute(person, tuple(reasons), score)


@transaction.atomic
def replace(*, round_id: int, person: Person, by: User, at: datetime) -> None:
    """Asks a substitute, and releases one late reviewer, of the same country where there is one.

    Raises NothingLate, and whatever rounds.assign raises.
    """
    ReviewRound.objects.select_for_update().get(pk=round_id)
    today = to_wall(at, by.person.zone).date()
    waiting = list(late(by, today).filter(round=round_id).select_related("round"))
    if not waiting:
        raise NothingLate(_("No review of this round is a week late any more."))
    waiting.sort(key=lambda a: (a.country_id != person.country_id, a.due_on, a.reviewer_code))
    rounds.assign(round_id=round_id, people=[person], by=by, at=at)
    released = waiting[0]
    released.released_on = today
    released.save(update_fields=["released_on"])
    notices.tell_released(released.round, identity.reader_of(released), at=at)
    audit.record(
        deed="late review passed on",
        about=released.round,
        by=by,
        at=at,
        country_id=released.country_id,
    )


def tell_coordinators(*, at: datetime) -> int:
    """A notice on the platform to the coordinators of each late review's country, once. Run by
    the tick; doing it again tells nobody twice. How many reviews are late.
    """
    rows = list(Assignment.objects.late(at.date() - LATE_AFTER))
    coordinators: dict[int | None, list[Person]] = {}
    members = Membership.objects.current().filter(role=Role.COORDINATOR, cop__country__isnull=False)
    for member in members.select_related("person", "cop"):
        coordinators.setdefault(member.cop.country_id, []).append(member.person)
    told = {
        f"{notices.ESCALATION}:{row.pk}:{person.pk}": (row.round_id, person)
        for row in rows
        for person in coordinators.get(row.country_id, [])
    }
    known = set(Message.objects.filter(key__in=told).values_list("key", flat=True))
    if told.keys() <= known:
        return len(rows)
    outbox.plan_many(
        kind=notices.ESCALATION,
        rows=[(*about, key) for key, about in told.items() if key not in known],
        due_at=at,
        at=at,
        channel=Channel.APP,
    )
    return len(rows)
