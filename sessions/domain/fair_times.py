"""Which times are fair: plain values in, ranked times with their reasons out. No database here.

A time costs points, the cheapest is best. All weights are ours (no source prescribes them): they
put a facilitator who cannot come before anything a guest may suffer, a room that is taken before
that, and count each country alike however many experts it sends. Hours that many offices share
(9-17) are good, one hour before and two after are bearable, the rest and the weekend are bad.
A country that met outside its hours more in the last twelve months counts up to twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from cop_platform.common.times import to_utc, to_wall

GOOD = ((9 * 60, 17 * 60),)
BEARABLE = ((8 * 60, 9 * 60), (17 * 60, 19 * 60))
FIRST_CLOCK, LAST_CLOCK, STEP = time(6), time(21, 30), 30

WEIGHTS = {
    "bad hours": 100.0,
    "bearable hours": 30.0,
    "said yes elsewhere": 150.0,
    "invited elsewhere": 80.0,
    "facilitator": 500.0,
    "interpreter": 400.0,
    "room": 5000.0,
    "public holiday": 120.0,
    "busy period": 60.0,
    "religious day": 25.0,
}


@dataclass(frozen=True)
class Guest:
    """Somebody who should be able to come; `country` is a code."""

    key: int
    name: str
    country: str
    zone: str


@dataclass(frozen=True)
class Commitment:
    """A session somebody has in [starts_at, ends_at); `coming`: they said yes, or have a duty."""

    guest: int
    starts_at: datetime
    ends_at: datetime
    coming: bool


@dataclass(frozen=True)
class Burden:
    """What a country bore in the last twelve months: minutes outside 9-17, in so many sessions."""

    minutes: int = 0
    times: int = 0


@dataclass(frozen=True)
class Search:
    """Which times are looked at: every half hour of weekdays from 06:00, in `zone`, after `at`."""

    first_day: date
    weeks: int
    zone: str
    minutes: int
    at: datetime


@dataclass(frozen=True)
class Facts:
    """All that is known about the people, their countries and the room."""

    guests: Sequence[Guest]
    commitments: Sequence[Commitment] = ()
    facilitator: int | None = None
    interpreter: int | None = None
    room_taken: Sequence[tuple[datetime, datetime]] = ()
    holidays: Mapping[str, Mapping[date, str]] = field(default_factory=dict)
    busy: Mapping[str, Sequence[tuple[date, date, str]]] = field(default_factory=dict)
    religious: Mapping[date, Sequence[str]] = field(default_factory=dict)
    burdens: Mapping[str, Burden] = field(default_factory=dict)


@dataclass(frozen=True)
class Local:
    """How a country meets at that time: its clock, and which shares of the time are unpleasant."""

    country: str
    wall: datetime
    bearable: float
    bad: float
    holiday: str = ""
    busy: str = ""

    @property
    def outside(self) -> bool:
        return self.bearable + self.bad > 0


@dataclass(frozen=True)
class FairTime:
    """A time, what it costs, and everything its explanation needs."""

    starts_at: datetime
    cost: float
    locals: tuple[Local, ...]
    coming_elsewhere: tuple[int, ...]
    invited_elsewhere: tuple[int, ...]
    facilitator_taken: bool
    interpreter_taken: bool
    room_taken: bool
    religious: tuple[str, ...]


def rank(search: Search, facts: Facts) -> list[FairTime]:
    """Every time looked at, the fairest first; equal ones by time."""
    starts = list(_starts(search))
    taken = _taken(starts, search.minutes, facts.commitments)
    rooms = _room_taken(starts, search.minutes, facts.room_taken)
    groups = _groups(facts.guests)
    found = [
        _weigh(start, taken[n], n in rooms, groups, search, facts) for n, start in enumerate(starts)
    ]
    return sorted(found, key=lambda slot: (slot.cost, slot.starts_at))


def best(ranked: Sequence[FairTime], count: int, minutes: int, zone: str) -> list[FairTime]:
    """The first `count` that are real alternatives: each on a day of its own while there are days,
    then a second one on a day, and none that overlaps another.

    A time whose room is taken cannot be had and is left out.
    """
    chosen: list[FairTime] = []
    length = timedelta(minutes=minutes)
    for per_day in (1, 2):
        for slot in ranked:
            if len(chosen) == count:
                break
            day = to_wall(slot.starts_at, zone).date()
            same = sum(to_wall(other.starts_at, zone).date() == day for other in chosen)
            near = any(abs(slot.starts_at - other.starts_at) < length for other in chosen)
            if not (slot.room_taken or near or same >= per_day):
                chosen.append(slot)
    return sorted(chosen, key=lambda slot: (slot.cost, slot.starts_at))


@lru_cache(maxsize=100_000)
def shares(weekday: int, minute: int, minutes: int) -> tuple[float, float]:
    """Which shares of a meeting are bearable and bad, by the wall clock it begins on.

    `minute` is that of the day (0-1439), `weekday` 0 for Monday. Past midnight is bad.
    """
    if weekday > 4:
        return 0.0, 1.0
    end = minute + minutes
    good = sum(max(0, min(end, b) - max(minute, a)) for a, b in GOOD)
    bearable = sum(max(0, min(end, b) - max(minute, a)) for a, b in BEARABLE)
    return bearable / minutes, (minutes - good - bearable) / minutes


def outside_minutes(wall: datetime, minutes: int) -> int:
    """Minutes of a meeting outside 9-17 for those whose clock shows `wall` at its start."""
    bearable, bad = shares(wall.weekday(), wall.hour * 60 + wall.minute, minutes)
    return round((bearable + bad) * minutes)


def _starts(search: Search) -> Iterator[datetime]:
    first = FIRST_CLOCK.hour * 60 + FIRST_CLOCK.minute
    last = LAST_CLOCK.hour * 60 + LAST_CLOCK.minute
    for n in range(search.weeks * 7):
        day = search.first_day + timedelta(days=n)
        if day.weekday() > 4:
            continue
        midnight = datetime.combine(day, time.min)
        for minute in range(first, last + 1, STEP):
            start = to_utc(midnight + timedelta(minutes=minute), search.zone, fold=0)
            if start > search.at:
                yield start


def _overlapping(starts: Sequence[datetime], minutes: int, begin: datetime, end: datetime) -> range:
    """Which of the sorted starts give a meeting that overlaps [begin, end)."""
    return range(bisect_right(starts, begin - timedelta(minutes=minutes)), bisect_left(starts, end))


def _taken(
    starts: Sequence[datetime], minutes: int, commitments: Sequence[Commitment]
) -> list[dict[int, bool]]:
    """For each start the people who have something else, and whether they said yes to it."""
    taken: list[dict[int, bool]] = [{} for _start in starts]
    for one in commitments:
        for n in _overlapping(starts, minutes, one.starts_at, one.ends_at):
            taken[n][one.guest] = taken[n].get(one.guest, False) or one.coming
    return taken


def _room_taken(
    starts: Sequence[datetime], minutes: int, spans: Sequence[tuple[datetime, datetime]]
) -> set[int]:
    return {n for begin, end in spans for n in _overlapping(starts, minutes, begin, end)}


def _groups(guests: Sequence[Guest]) -> dict[str, dict[str, int]]:
    """People by country and zone: two colleagues in one place share their hours."""
    groups: dict[str, dict[str, int]] = {}
    for guest in guests:
        zones = groups.setdefault(guest.country, {})
        zones[guest.zone] = zones.get(guest.zone, 0) + 1
    return dict(sorted(groups.items()))


def _weigh(
    start: datetime,
    taken: Mapping[int, bool],
    room: bool,
    groups: Mapping[str, Mapping[str, int]],
    search: Search,
    facts: Facts,
) -> FairTime:
    guests = {guest.key for guest in facts.guests}
    places = [_local(country, zones, start, search, facts) for country, zones in groups.items()]
    slot = FairTime(
        starts_at=start,
        cost=0.0,
        locals=tuple(places),
        coming_elsewhere=tuple(k for k, coming in taken.items() if coming and k in guests),
        invited_elsewhere=tuple(k for k, coming in taken.items() if not coming and k in guests),
        facilitator_taken=facts.facilitator in taken,
        interpreter_taken=facts.interpreter in taken,
        room_taken=room,
        religious=tuple(facts.religious.get(to_wall(start, search.zone).date(), ())),
    )
    return replace(slot, cost=_cost(slot, len(guests), facts.burdens))


def _local(
    country: str, zones: Mapping[str, int], start: datetime, search: Search, facts: Facts
) -> Local:
    """A country's part; with several zones the shares are those of its average guest."""
    people = sum(zones.values())
    bearable = bad = 0.0
    for zone, count in zones.items():
        wall = to_wall(start, zone)
        one = shares(wall.weekday(), wall.hour * 60 + wall.minute, search.minutes)
        bearable += one[0] * count / people
        bad += one[1] * count / people
    home = max(zones, key=lambda zone: (zones[zone], zone))
    wall = to_wall(start, home)
    day = wall.date()
    periods = facts.busy.get(country, ())
    busy = next((name for first, last, name in periods if first <= day <= last), "")
    holiday = facts.holidays.get(country, {}).get(day, "")
    return Local(country, wall, bearable, bad, holiday, busy)


def _cost(slot: FairTime, guests: int, burdens: Mapping[str, Burden]) -> float:
    """Points; every summand is zero or more, so that nothing bad can make a time look better."""
    heaviest = max((burden.minutes for burden in burdens.values()), default=0)
    cost = 0.0
    for place in slot.locals:
        burden = burdens.get(place.country, Burden()).minutes
        weight = 1 + (burden / heaviest if heaviest else 0)
        hours = WEIGHTS["bearable hours"] * place.bearable + WEIGHTS["bad hours"] * place.bad
        points = weight * hours
        points += WEIGHTS["public holiday"] * bool(place.holiday)
        points += WEIGHTS["busy period"] * bool(place.busy)
        cost += points / len(slot.locals)
    people = max(guests, 1)
    cost += WEIGHTS["said yes elsewhere"] * len(slot.coming_elsewhere) / people
    cost += WEIGHTS["invited elsewhere"] * len(slot.invited_elsewhere) / people
    cost += WEIGHTS["facilitator"] * slot.facilitator_taken
    cost += WEIGHTS["interpreter"] * slot.interpreter_taken
    cost += WEIGHTS["room"] * slot.room_taken
    return round(cost + WEIGHTS["religious day"] * bool(slot.religious), 6)
