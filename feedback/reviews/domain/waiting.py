"""What rounds and the ledger wait for from those who lead them: all of it in one question.

*Today* is opened many times a day, and on most days most of these lists are empty. Each of them
says which rows are its own; here they become one statement, with all that a line of it shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from cop_platform.common.needs import Need
from cop_platform.common.prepared import KeysSlot, Prepared, Slot
from cop_platform.common.times import to_wall
from experts.enums import Role
from experts.models import User
from feedback.changes.domain import needs as change_needs
from feedback.reviews.domain import escalation, reopening
from feedback.reviews.domain.panel import seats
from feedback.reviews.models import Assignment, ReviewRound

# Rounds that were closed longer ago than this are not asked about on *Today* any more.
LOOK_BACK = timedelta(days=60)
OVER, LATE, BACK, DECLINED, CHANGES = "over", "late", "back", "declined", "changes"
SHOWN = 5
_COLUMNS = ("what", "about", "named", "day", "many")


@dataclass(frozen=True)
class Row:
    """A round by its key, the title of its material, the day that counts, and how many wait."""

    key: int
    title: str
    day: date
    many: int


@dataclass(frozen=True)
class Further:
    """What an upper room waits for: whether there is any of it is asked along with the rest.

    `found` gives its rows, of everything or of the countries asked from, by the slots person, since
    and countries; `needs` gives its lines, and is called only where there are rows.
    """

    what: str
    found: Callable[[bool], QuerySet]
    needs: Callable[[User, datetime], Iterable[Need]]


_further: list[Further] = []


def register(further: Further) -> None:
    """Called in AppConfig.ready; a second call with the same one is ignored."""
    if further not in _further:
        _further.append(further)


def further() -> tuple[Further, ...]:
    """What upper rooms wait for, in the order of registration."""
    return tuple(_further)


def of(user: User, at: datetime) -> Mapping[str, list[Row]]:
    """By kind, at most `SHOWN` of each, the longest waiting first; a kind without any is empty.

    `DECLINED` has a row for each country of a round; of `CHANGES` and of what is `further` it is
    only told that there are.
    """
    today = to_wall(at, user.person.zone).date()
    values = {
        "person": user.person.pk,
        "today": today,
        "late": today - escalation.LATE_AFTER,
        "since": at - LOOK_BACK,
        "countries": list(user.access.countries(Role.COORDINATOR)),
    }
    found: dict[str, list[Row]] = defaultdict(list)
    question = _ALL if user.access.is_manager else _OWN
    for what, *columns in question.all(**values):
        found[what].append(Row(*columns))
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


def _any(found: QuerySet, what: str) -> QuerySet:
    """That there are such rows, in the columns of all."""
    said = found.order_by().annotate(
        what=Value(what, CharField()),
        about=F("pk"),
        named=Value("", CharField()),
        day=Cast(Value(None), DateField()),
        many=Cast(Value(1), BigIntegerField()),
    )
    return said.values_list(*_COLUMNS)[:1]


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


def _union(
    rounds: QuerySet[ReviewRound], assignments: QuerySet[Assignment], *, everything: bool
) -> QuerySet:
    changes = _any(change_needs.waiting_for(Slot("person")), CHANGES)
    upper = (_any(one.found(everything), one.what) for one in _further)
    parts = (_late(), _back(assignments), _declined(assignments), changes, *upper)
    return _over(rounds).union(*parts, all=True)


_ALL = Prepared(
    lambda: _union(ReviewRound.objects.all(), Assignment.objects.all(), everything=True)
)
_OWN = Prepared(
    lambda: _union(
        ReviewRound.objects.led_from(KeysSlot("countries")),
        Assignment.objects.filter(country_id__in=KeysSlot("countries")),
        everything=False,
    )
)
