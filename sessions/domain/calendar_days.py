"""Days of a calendar with what happens on them, on the clock of one zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _

from cop_platform.common.prepared import Prepared, Slot
from cop_platform.common.times import city, say_clock, say_day, to_utc, to_wall
from experts.models import Country, User
from sessions.domain import day_marks, filters
from sessions.domain.cards import SessionCard, cards
from sessions.domain.day_marks import DayMark
from sessions.domain.filters import SessionFilter
from sessions.models import CopSession

SHOWN_PER_DAY = 3
# What a calendar without filters asks.
_SHOWN = Prepared(
    lambda: CopSession.objects.for_cards().shown_within(
        Slot("since"), Slot("start"), Slot("end"), Slot("first"), Slot("last")
    )
)


@dataclass(frozen=True)
class Entry:
    """A session on one day: `part` and `parts` count the days of a workshop, 1 of 1 otherwise."""

    card: SessionCard
    part: int = 1
    parts: int = 1

    @property
    def all_day(self) -> bool:
        return self.card.shown_days is not None

    @property
    def clock(self) -> str:
        """What stands first: the hour, or which day of a workshop this is."""
        if not self.all_day:
            return self.card.clock
        return _("Day %(part)d of %(parts)d") % {"part": self.part, "parts": self.parts}

    @property
    def own_clock(self) -> str:
        """The session's own hour and city, where they differ from the page's."""
        if self.all_day or self.card.when.same_clock:
            return ""
        return f"{say_clock(self.card.own_start)} {city(self.card.when.zone)}"


@dataclass(frozen=True)
class Day:
    """A day: its sessions, of which a month shows the first few, and why not to meet on it.

    Two days are equal when they look alike, so that a day drawn once need not be drawn again.
    """

    date: date
    in_period: bool
    is_today: bool
    is_past: bool
    entries: tuple[Entry, ...] = ()
    marks: tuple[DayMark, ...] = ()

    @property
    def iso(self) -> str:
        return self.date.isoformat()

    @property
    def label(self) -> str:
        return say_day(self.date)

    @property
    def first_entries(self) -> tuple[Entry, ...]:
        return self.entries[:SHOWN_PER_DAY]

    @property
    def more(self) -> tuple[Entry, ...]:
        return self.entries[SHOWN_PER_DAY:]


@dataclass(frozen=True)
class Frame:
    """Who looks, when, on which clock, and whose holidays count."""

    user: User
    at: datetime
    zone: str
    countries: Sequence[Country]

    @property
    def today(self) -> date:
        return to_wall(self.at, self.zone).date()


def build(
    wanted: SessionFilter, first: date, last: date, frame: Frame, *, month: int = 0
) -> list[Day]:
    """The days from `first` to `last`, both included; outside `month`, if given, they are quiet.

    Of `wanted` only what narrows counts: a calendar shows what is past and what comes.
    """
    found = _entries(_cards(wanted, first, last, frame), first, last)
    marks = day_marks.between(frame.countries, first, last, frame.user)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    today = frame.today
    return [
        Day(
            date=day,
            in_period=not month or day.month == month,
            is_today=day == today,
            is_past=day < today,
            entries=found.get(day, ()),
            marks=marks.get(day, ()),
        )
        for day in days
    ]


def _cards(wanted: SessionFilter, first: date, last: date, frame: Frame) -> list[SessionCard]:
    start = _midnight(first, frame.zone)
    end = _midnight(last + timedelta(days=1), frame.zone)
    user = frame.user
    shown: Iterable[CopSession]
    if wanted.narrows or not user.access.is_member:
        found = CopSession.objects.cards_for(user).for_cards()
        narrowed = filters.apply(found, replace(wanted, when="all"), user, frame.at)
        shown = narrowed.shown_between((start, end), (first, last))
    else:
        since = start - timedelta(days=1)
        shown = _SHOWN.all(since=since, start=start, end=end, first=first, last=last)
    return cards(shown, user, frame.at, frame.zone)


def _entries(shown: list[SessionCard], first: date, last: date) -> Mapping[date, tuple[Entry, ...]]:
    """Workshops first, then by the hour; a session that passes midnight stands on its first day,
    or on the first day shown.
    """
    by_day: dict[date, list[Entry]] = {}
    for card in shown:
        if card.shown_days is None:
            by_day.setdefault(max(card.day, first), []).append(Entry(card))
            continue
        begins, ends = card.shown_days
        parts = (ends - begins).days + 1
        for n in range(max(0, (first - begins).days), min(parts, (last - begins).days + 1)):
            by_day.setdefault(begins + timedelta(days=n), []).append(Entry(card, n + 1, parts))
    return {
        day: tuple(sorted(entries, key=lambda entry: not entry.all_day))
        for day, entries in by_day.items()
    }


def _midnight(day: date, zone: str) -> datetime:
    return to_utc(datetime.combine(day, time.min), zone, fold=0).astimezone(UTC)
