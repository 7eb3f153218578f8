"""A series taken in hand: locked, with every date of its rule and every row it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from experts.models import User
from sessions import permissions
from sessions.domain import rule_words
from sessions.domain.planning import EditedMeanwhile, SessionOver
from sessions.domain.recurrence import Occurrence
from sessions.domain.series import slots_of
from sessions.enums import SeriesScope
from sessions.models import CopSession, Series


@dataclass(frozen=True)
class Seen:
    """The versions of session and series the editor saw."""

    session: int
    series: int


@dataclass
class Work:
    """What a change is about.

    `slots` are all dates of the rule, `first` the number of the first one in question, `targets`
    the rows in question: still to come and not cancelled.
    """

    series: Series
    anchor: CopSession
    rows: list[CopSession]
    slots: list[Occurrence]
    first: int
    targets: list[CopSession]

    def number(self, row: CopSession) -> int:
        """Where a row stands from `first` on; negative before it or outside the rule."""
        place = self._places.get(row.original_start)
        return -1 if place is None else place - self.first

    @cached_property
    def _places(self) -> dict[datetime | None, int]:
        return {slot.utc: n for n, slot in enumerate(self.slots)}

    def touched(self) -> list[CopSession]:
        """The rows from `first` on: past and cancelled ones too get their new place in the rule."""
        return [row for row in self.rows if self.number(row) >= 0]

    def has_own_time(self, row: CopSession) -> bool:
        """Moved or lengthened on its own, against the rule."""
        return row.starts_at != row.original_start or row.minutes != self.series.minutes


def take(session_id: int, scope: SeriesScope, seen: Seen, by: User, at: datetime) -> Work:
    """Locks the series of a session. Raises EditedMeanwhile, SessionOver, Refused."""
    series_id = CopSession.objects.values_list("series_id", flat=True).get(pk=session_id)
    if series_id is None:
        raise SessionOver(_("This session belongs to no series."))
    series = locked(series_id, seen.series)
    rows = rows_of(series)
    anchor = next(row for row in rows if row.pk == session_id)
    if anchor.version != seen.session:
        raise _edited_meanwhile()
    if anchor.cancelled_at or anchor.starts_at <= at:
        raise SessionOver(_("This date is cancelled or over; choose one that is still to come."))
    work = Work(series, anchor, rows, slots_of(series), 0, [anchor])
    if scope == SeriesScope.FOLLOWING:
        work.first = work.number(anchor)
    if scope != SeriesScope.ONE:
        work.targets = [row for row in rows if _in_question(work, row, at)]
    for row in work.targets:
        permissions.may_run(by, row)
    return work


def _in_question(work: Work, row: CopSession, at: datetime) -> bool:
    return row.starts_at > at and row.cancelled_at is None and work.number(row) >= 0


def locked(series_id: int, version: int) -> Series:
    """The series, locked. Raises EditedMeanwhile when it is not the version that was seen."""
    series = Series.objects.select_for_update().get(pk=series_id)
    if series.version != version:
        raise _edited_meanwhile()
    return series


def _edited_meanwhile() -> EditedMeanwhile:
    return EditedMeanwhile(_("Somebody else changed this series while you were editing."))


def rows_of(series: Series) -> list[CopSession]:
    """Every row of a series, locked, in the order of the rule."""
    found = CopSession.objects.select_for_update().filter(series=series)
    return list(found.order_by("original_start").prefetch_related("host_cops"))


def next_sequence(series: Series, rows: list[CopSession], at: datetime) -> None:
    """Above everything calendars heard of the series or of one of its dates."""
    series.sequence = max([series.sequence, *(row.sequence for row in rows)]) + 1
    series.version += 1
    series.changed_at = at


def shorten(work: Work, at: datetime) -> None:
    """The rule ends before `first`."""
    series, begin = work.series, work.slots[work.first].wall.date()
    series.rule = rule_words.counted(series.rule, work.first)
    series.exceptions = [day for day in series.exceptions if day < begin]
    next_sequence(series, work.rows, at)
    series.save()
