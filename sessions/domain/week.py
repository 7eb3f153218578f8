"""A week of sessions as seven columns of hours; what overlaps stands side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cop_platform.common.times import FIRST_DAY, LAST_DAY, say_clock
from sessions.domain import calendar_days
from sessions.domain.calendar_days import Day, Entry, Frame
from sessions.domain.filters import SessionFilter

FIRST_HOUR, LAST_HOUR = 8, 18
STEP = 15
MAX_LANES = 3
_DAY = 24 * 60


@dataclass(frozen=True)
class Block:
    """A session in its column, in minutes since midnight; `lane` counts from 0 to `lanes` - 1.

    `continues` where it began the day before.
    """

    entry: Entry
    begins: int
    ends: int
    lane: int
    lanes: int
    clocks: str
    continues: bool


@dataclass(frozen=True)
class Column:
    """A day; what does not fit side by side is `surplus` and stands on top."""

    day: Day
    all_day: tuple[Entry, ...]
    blocks: tuple[Block, ...]
    surplus: tuple[Entry, ...]


@dataclass(frozen=True)
class Week:
    """Seven days from Monday on, and the hours that are shown: [first_hour, last_hour)."""

    first: date
    columns: list[Column]
    first_hour: int
    last_hour: int
    previous: date | None
    following: date | None

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def count(self) -> int:
        """How many sessions; one of several days counts once."""
        return len({entry.card.pk for column in self.columns for entry in column.day.entries})


@dataclass(frozen=True)
class _Piece:
    entry: Entry
    begins: int
    ends: int
    clocks: str
    continues: bool


def build(wanted: SessionFilter, day: date, frame: Frame) -> Week:
    """The week of `day`, filled with the sessions that are `wanted`."""
    first = day - timedelta(days=day.weekday())
    days = calendar_days.build(wanted, first, first + timedelta(days=6), frame)
    pieces: dict[date, list[_Piece]] = {d.date: [] for d in days}
    for entry in [e for d in days for e in d.entries if not e.all_day]:
        for on, piece in _pieces(entry):
            if on in pieces:
                pieces[on].append(piece)
    used = [piece for found in pieces.values() for piece in found]
    return Week(
        first=first,
        columns=[_column(d, pieces[d.date]) for d in days],
        first_hour=min([FIRST_HOUR, *(p.begins // 60 for p in used)]),
        last_hour=max([LAST_HOUR, *(-(-p.ends // 60) for p in used)]),
        previous=_neighbour(first, -7),
        following=_neighbour(first, 7),
    )


def _pieces(entry: Entry) -> list[tuple[date, _Piece]]:
    """A session cut at midnight, day by day, by the wall clock of the page.

    In the night the clock goes back an end may read earlier than its start: then the minutes count.
    """
    when = entry.card.when
    start, end = when.wall, when.wall_end
    end = end if end > start else start + timedelta(minutes=when.minutes)
    clocks = f"{say_clock(start)}–{say_clock(when.wall_end)}"  # noqa: RUF001 a range
    found, day = [], start.date()
    while (midnight := datetime.combine(day, time.min)) < end:
        begins = max(0, _minutes(start - midnight))
        ends = min(_DAY, _minutes(end - midnight))
        found.append((day, _Piece(entry, begins, ends, clocks, day != start.date())))
        day += timedelta(days=1)
    return found


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60


def _column(day: Day, pieces: list[_Piece]) -> Column:
    """Puts each piece into the first free lane of the group it overlaps with."""
    pieces.sort(key=lambda piece: (piece.begins, -piece.ends))
    blocks: list[Block] = []
    surplus: list[Entry] = []
    for group in _groups(pieces):
        free: list[int] = []
        placed: list[tuple[_Piece, int]] = []
        for piece in group:
            lane = next((n for n, until in enumerate(free) if until <= piece.begins), len(free))
            if lane == MAX_LANES:
                surplus.append(piece.entry)
                continue
            free[lane : lane + 1] = [max(piece.ends, piece.begins + STEP)]
            placed.append((piece, lane))
        blocks += [
            Block(p.entry, p.begins, p.ends, lane, len(free), p.clocks, p.continues)
            for p, lane in placed
        ]
    all_day = tuple(entry for entry in day.entries if entry.all_day)
    return Column(day, all_day, tuple(blocks), tuple(surplus))


def _groups(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces that touch one another, directly or through others; `pieces` are in order."""
    groups: list[list[_Piece]] = []
    until = -1
    for piece in pieces:
        if piece.begins >= until:
            groups.append([])
        groups[-1].append(piece)
        until = max(until, piece.ends, piece.begins + STEP)
    return groups


def _neighbour(first: date, days: int) -> date | None:
    """The Monday before or after; None beyond the years we keep."""
    day = first + timedelta(days=days)
    return day if day + timedelta(days=6) >= FIRST_DAY and day <= LAST_DAY else None
