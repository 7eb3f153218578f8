"""Help given: everybody's own log, and what it adds up to by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import Country, Person, User
from practices import permissions
from practices.domain.contributing import Contribution, Span
from practices.domain.people import wording
from practices.enums import Given, HelpKind
from practices.models import HelpGiven
from practices.querysets import HelpQuerySet

# Minutes that one day can hold.
DAY_MINUTES = 24 * 60


class NotNoted(NotPossible):
    """The line cannot be kept; the message says why."""


@dataclass(frozen=True)
class Typed:
    """The cleaned fields of a line."""

    kind: str
    minutes: int
    on: date
    to_person: Person | None
    to_country: Country | None


@dataclass(frozen=True)
class KindSum:
    """What was given in one way: lines and minutes."""

    kind: str
    label: str
    lines: int
    minutes: int

    @property
    def spent(self) -> str:
        """The minutes as people say them."""
        return wording.spent(self.minutes)


@transaction.atomic
def note(*, typed: Typed, by: User, at: datetime) -> HelpGiven:
    """Adds a line to one's own log.

    Raises NotNoted for a day to come, or where the day's lines are longer than a day.
    """
    permissions.may_contribute(by)
    Person.objects.select_for_update().get(pk=by.person.pk)
    if typed.on > to_wall(at, by.person.zone).date():
        raise NotNoted(_("This day is still to come."))
    same_day = HelpGiven.objects.filter(person=by.person, on=typed.on)
    known = same_day.aggregate(sum=Sum("minutes"))["sum"] or 0
    if known + typed.minutes > DAY_MINUTES:
        raise NotNoted(_("Your lines of this day are longer than a day. Look at the minutes."))
    return HelpGiven.objects.create(person=by.person, **vars(typed))


@transaction.atomic
def take_back(*, line_id: int, by: User) -> None:
    """Deletes a line of one's own log."""
    HelpGiven.objects.visible_to(by).get(pk=line_id).delete()


def sums(lines: HelpQuerySet) -> list[KindSum]:
    """What lines add up to, by kind, in the order of the kinds; one query."""
    rows = lines.order_by().values_list("kind").annotate(n=Count("pk"), minutes=Sum("minutes"))
    found = {kind: (n, minutes) for kind, n, minutes in rows}
    return [
        KindSum(kind.value, str(kind.label), *found[kind.value])
        for kind in HelpKind
        if kind.value in found
    ]


def whole(found: Iterable[KindSum]) -> int:
    """All minutes of all kinds."""
    return sum(one.minutes for one in found)


def contributions(span: Span) -> Iterator[Contribution]:
    """Every line as something given, at noon of its day; one query."""
    first = span.since.date() - timedelta(days=1)
    lines = HelpGiven.objects.filter(on__gte=first, on__lte=span.until.date())
    if span.people is not None:
        lines = lines.filter(person__in=span.people)
    rows = lines.values_list("person_id", "person__country_id", "on", "to_person_id", "minutes")
    for person, country, on, to, minutes in rows:
        at = datetime.combine(on, time(12), UTC)
        if span.since <= at < span.until:
            yield Contribution(person, country, at, Given.HELP, to_id=to, minutes=minutes)
