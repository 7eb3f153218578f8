"""What rounds wait for from those who lead them: all of it in one question.

*Today* is opened many times a day, and on most days most of these lists are empty. Each of them
says which rows are its own; here they become one question, with all that a line of it shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from cop_platform.common.prepared import Asked, KeysSlot, Prepared, Slot
from cop_platform.common.times import to_wall
from experts.enums import Role
from experts.models import User
from feedback.reviews.domain import escalation, reopening
from feedback.reviews.domain.panel import seats
from feedback.reviews.models import Assignment, ReviewRound

OVER, LATE, BACK, DECLINED = "over", "late", "back", "declined"
SHOWN = 5
_COLUMNS = ("what", "about", "named", "day", "many")


@dataclass(frozen=True)
class Row:
    """A round by its key, the title of its material, the day that counts, and how many wait."""

    key: int
    title: str
    day: date
    many: int


def asked(user: User, at: datetime) -> Asked:
    """What rounds wait for from somebody who leads rounds."""
    today = to_wall(at, user.person.zone).date()
    question = _ALL if user.access.is_manager else _OWN
    return question.asked(
        person=user.person.pk,
        today=today,
        late=today - escalation.LATE_AFTER,
        countries=list(user.access.countries(Role.COORDINATOR)),
    )


def by_kind(rows: Iterable[tuple[str, int, str, date, int]]) -> Mapping[str, list[Row]]:
    """The answer by kind, at most `SHOWN` of each, the longest waiting first; a kind without any is
    empty. `DECLINED` has a row for each country of a round.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    for what, key, title, day, many in rows:
        found[what].append(Row(key, title, day, many))
    return found


def _over(rounds: QuerySet[ReviewRound]) -> QuerySet:
    due = rounds.filter(closed_at__isnull=True, due_on__lt=Slot("today"))
    return _rows(due, OVER, "pk", "version__material__title", F("due_on"))


def _late() -> QuerySet:
    return _rows(
        escalation.late_rounds(Slot("late"), KeysSlot("countries")),
        LATE,
        "round_id",
        "round__version__material__title",
        F("due"),
        F("n"),
    )


def _back(assignments: QuerySet[Assignment]) -> QuerySet:
    rounds = reopening.rounds_with_wishes(assignments, Slot("person"))
    return _rows(rounds, BACK, "pk", "version__material__title", F("due_on"))


def _declined(assignments: QuerySet[Assignment]) -> QuerySet:
    return _rows(
        seats.empty(assignments),
        DECLINED,
        "round_id",
        "round__version__material__title",
        F("round__due_on"),
        F("n"),
    )


def _rows(
    found: QuerySet, what: str, key: str, title: str, day: F, many: F | None = None
) -> QuerySet:
    """The same columns of every kind, the first `SHOWN`."""
    said = found.order_by().annotate(
        what=Value(what, CharField()),
        about=F(key),
        named=F(title),
        day=day,
        many=Cast(many or Value(1), BigIntegerField()),
    )
    return said.order_by("day", "about").values_list(*_COLUMNS)[:SHOWN]


def _union(rounds: QuerySet[ReviewRound], assignments: QuerySet[Assignment]) -> QuerySet:
    parts = (_late(), _back(assignments), _declined(assignments))
    return _over(rounds).union(*parts, all=True)


_ALL = Prepared(lambda: _union(ReviewRound.objects.all(), Assignment.objects.all()))
_OWN = Prepared(
    lambda: _union(
        ReviewRound.objects.led_from(KeysSlot("countries")),
        Assignment.objects.filter(country_id__in=KeysSlot("countries")),
    )
)
