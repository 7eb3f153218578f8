"""What the fair-time finder knows: read by a constant number of queries, however many people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import F

from cop_platform.common.times import to_wall
from experts.enums import Role
from experts.models import Country, Membership, Person, User
from sessions.domain import fair_times, fair_words, public_holidays, religious_days
from sessions.domain.fair_times import Burden, Commitment, Facts, FairTime, Guest, Search
from sessions.enums import Answer
from sessions.models import BusyPeriod, CopSession, DutyHolder, Invitation, Room

SHOWN = 10


@dataclass(frozen=True)
class Wish:
    """What a coordinator looks for; without `people` all experts of the countries count."""

    countries: Sequence[Country]
    search: Search
    people: Sequence[Person] = ()
    facilitator: Person | None = None
    interpreter: Person | None = None
    room: Room | None = None


@dataclass(frozen=True)
class Found:
    """The best times with their reasons, and how much was looked at."""

    times: list[tuple[FairTime, list[fair_words.Reason]]]
    guests: int
    looked_at: int


def find(wish: Wish, *, by: User) -> Found:
    """The fairest times for a wish."""
    facts, search = load(wish, by=by), wish.search
    ranked = fair_times.rank(search, facts)
    names = {country.code: country.name for country in wish.countries}
    chosen = fair_times.best(ranked, SHOWN, search.minutes, search.zone)
    explained = [
        (slot, fair_words.reasons(slot, facts, minutes=search.minutes, names=names))
        for slot in chosen
    ]
    return Found(explained, len(facts.guests), len(ranked))


def load(wish: Wish, *, by: User) -> Facts:
    """Five queries: people, what they have, the room, busy periods, the past year."""
    search = wish.search
    first, last = search.first_day, search.first_day + timedelta(weeks=search.weeks)
    guests = _guests(wish, by)
    helpers = [person.pk for person in (wish.facilitator, wish.interpreter) if person]
    people = {*(guest.key for guest in guests), *helpers}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return Facts(
        guests=guests,
        commitments=_commitments(people, first, last),
        facilitator=wish.facilitator.pk if wish.facilitator else None,
        interpreter=wish.interpreter.pk if wish.interpreter else None,
        room_taken=_room_taken(wish.room, first, last),
        holidays={c.code: public_holidays.between(c.iso_code, first, last) for c in wish.countries},
        busy=_busy(wish.countries, first, last),
        religious={day: names for day in days if (names := religious_days.on(day))},
        burdens=burdens(wish.countries, at=search.at),
    )


def _guests(wish: Wish, by: User) -> list[Guest]:
    rows = Membership.objects.current().filter(
        cop__country__in=wish.countries, person__in=Person.objects.visible_to(by)
    )
    rows = rows.filter(person__in=wish.people) if wish.people else rows.filter(role=Role.EXPERT)
    values = rows.order_by("cop__country__code", "person_id").values_list(
        "person_id", "person__name", "cop__country__code", "person__zone"
    )
    return list({row[0]: Guest(*row) for row in values}.values())


def _commitments(people: set[int], first: date, last: date) -> list[Commitment]:
    """Sessions of these people that touch the weeks looked at; declined ones do not count."""
    begin, end = _window(first, last)
    clash = {
        "session__cancelled_at__isnull": True,
        "session__starts_at__lt": end,
        "session__ends_at__gt": begin,
        "person_id__in": people,
    }
    columns = ("person_id", "session__starts_at", "session__ends_at", "part")
    invited = Invitation.objects.filter(**clash).not_declined().order_by()
    duties = DutyHolder.objects.filter(**clash).order_by()
    rows = invited.annotate(part=F("answer")).values_list(*columns)
    rows = rows.union(duties.annotate(part=F("duty")).values_list(*columns), all=True)
    unsure = {Answer.NONE, Answer.MAYBE}
    return [Commitment(key, start, end, part not in unsure) for key, start, end, part in rows]


def _window(first: date, last: date) -> tuple[datetime, datetime]:
    """Instants that surely hold these days in every zone."""
    begin = datetime.combine(first, time.min, tzinfo=UTC) - timedelta(days=1)
    return begin, datetime.combine(last, time.min, tzinfo=UTC) + timedelta(days=2)


def _room_taken(room: Room | None, first: date, last: date) -> list[tuple[datetime, datetime]]:
    if room is None:
        return []
    begin, end = _window(first, last)
    taken = CopSession.objects.not_cancelled().filter(
        room=room, starts_at__lt=end, ends_at__gt=begin
    )
    return list(taken.order_by().values_list("starts_at", "ends_at"))


def _busy(
    countries: Sequence[Country], first: date, last: date
) -> dict[str, list[tuple[date, date, str]]]:
    found: dict[str, list[tuple[date, date, str]]] = {}
    periods = BusyPeriod.objects.touching(first, last).filter(country__in=countries)
    for period in periods.select_related("country"):
        span = (period.first_day, period.last_day, period.name)
        found.setdefault(period.country.code, []).append(span)
    return found


def burdens(countries: Sequence[Country], *, at: datetime) -> dict[str, Burden]:
    """How inconvenience was shared in the twelve months before `at`: sessions that two or more of
    the project's countries held together; what a country does alone it chose itself.
    """
    links = CopSession.host_cops.through.objects.filter(
        copsession__cancelled_at__isnull=True,
        copsession__starts_at__lt=at,
        copsession__starts_at__gte=at - relativedelta(months=12),
        communityofpractice__country__isnull=False,
    )
    path = "communityofpractice__country__"
    held: dict[int, list[tuple[str, str, datetime, int]]] = {}
    for session_id, *row in links.values_list(
        "copsession_id",
        f"{path}code",
        f"{path}zone",
        "copsession__starts_at",
        "copsession__minutes",
    ):
        held.setdefault(session_id, []).append((row[0], row[1], row[2], row[3]))
    total = {country.code: Burden() for country in countries}
    for together in held.values():
        if len(together) > 1:
            for code, zone, starts_at, minutes in together:
                _bear(total, code, fair_times.outside_minutes(to_wall(starts_at, zone), minutes))
    return total


def _bear(total: dict[str, Burden], code: str, minutes: int) -> None:
    if code in total and minutes:
        before = total[code]
        total[code] = Burden(before.minutes + minutes, before.times + 1)
