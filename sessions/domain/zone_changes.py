"""A state decrees other clocks: sessions keep the wall time people agreed on.

Each session remembers the version of the zone database its instants were derived with. When
another one is installed, sessions still to come are derived anew, as are the times of open polls;
where an instant moved, reminders follow, everybody invited gets the change mail, and calendars
hear of it by the sequence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import Q

from cop_platform.common.times import to_utc, zone_data_version
from experts.domain import audit
from sessions.domain import notices, series_notices, series_work
from sessions.domain.series import slots_of
from sessions.models import CopSession, PollSlot, Series

logger = logging.getLogger(__name__)

# No decree ever moved a clock by more than this; a day is two hours longer at most.
_NEAR = timedelta(hours=3)


def follow(*, at: datetime, version: str = "") -> dict[str, int]:
    """Derives instants anew for `version` of the zone database, the installed one. Run by the tick.

    How many sessions and times of polls moved. Doing it again changes nothing.
    """
    version = version or zone_data_version()
    old = CopSession.objects.filter(Q(starts_at__gt=at) | Q(ends_at__gt=at))
    rows = old.exclude(zone_rules=version).order_by("series_id", "starts_at")
    found = list(rows.values_list("series_id", "pk"))
    moved = 0
    for series_id, group in groupby(found, key=lambda row: row[0]):
        keys = [pk for _series, pk in group]
        moved += _follow_group(series_id, keys, version, at)
    return {"sessions": moved, "slots": _follow_polls(at)}


def _follow_group(series_id: int | None, keys: list[int], version: str, at: datetime) -> int:
    """Single sessions one by one, the dates of a series together, each in one transaction.

    Two that meet in one room are tried again once the others made way. What still meets there, as
    clocks that differ now may, keeps its old instant until people part them; each tick tries.
    """
    if series_id is not None:
        return _attempt(lambda: _follow_series(series_id, keys, version, at), keys) or 0
    moved, waiting = 0, keys
    while waiting:
        stuck = []
        for pk in waiting:
            done = _attempt(lambda pk=pk: _follow_one(pk, version, at), [pk])  # type: ignore[misc]
            if done is None:
                stuck.append(pk)
            else:
                moved += done
        if len(stuck) == len(waiting):
            break
        waiting = stuck
    return moved


def _attempt(deed: Callable[[], int], keys: list[int]) -> int | None:
    """What the deed gives; None where a room is taken at the new instant."""
    try:
        with transaction.atomic():
            return deed()
    except IntegrityError:
        logger.warning("Sessions %s keep an instant of older zone rules: no room.", keys)
        return None


def _follow_one(session_id: int, version: str, at: datetime) -> bool:
    session = CopSession.objects.select_for_update().get(pk=session_id)
    moved = _derive(session, version)
    if moved and not session.cancelled_at and session.starts_at > at:
        session.sequence += 1
        session.version += 1
        session.changed_at = at
    session.save()
    if moved and not session.cancelled_at and session.starts_at > at:
        notices.tell_of_change(session, at=at)
        audit.record(deed="session moved by zone rules", about=session, by=None, at=at)
    return moved


def _follow_series(series_id: int, keys: list[int], version: str, at: datetime) -> int:
    series = Series.objects.select_for_update().get(pk=series_id)
    rows = series_work.rows_of(series)
    slots = [slot.utc for slot in slots_of(series)]
    moved = [row for row in rows if row.pk in keys and _derive(row, version)]
    told = [row for row in moved if not row.cancelled_at and row.starts_at > at]
    if told:
        series_work.next_sequence(series, rows, at)
        series.save()
        for row in told:
            row.sequence, row.version, row.changed_at = series.sequence, row.version + 1, at
    for row in [row for row in rows if row.pk in keys]:
        # Calendars name a date by the wall time of the rule, of which this is the instant.
        near = [slot for slot in slots if abs(slot - (row.original_start or slot)) < _NEAR]
        row.original_start = near[0] if near else row.original_start
        row.save()
    if told:
        series_notices.tell_of_change(series, told, what=series_notices.MOVED, at=at)
        audit.record(
            deed="series moved by zone rules", about=series, by=None, at=at, dates=len(told)
        )
    return len(moved)


def _derive(session: CopSession, version: str) -> bool:
    """Sets the instants of the wall time by the rules of now; whether they moved."""
    session.zone_rules = version
    instants = [to_utc(session.wall_start, session.zone, fold=fold) for fold in (0, 1)]
    if session.starts_at in instants:
        return False
    length = session.ends_at - session.starts_at
    session.starts_at = instants[0]
    session.ends_at = instants[0] + length
    if session.last_day:
        last = datetime.combine(session.last_day, session.wall_clock)
        last_start = to_utc(last, session.zone, fold=0)
        session.ends_at = last_start + timedelta(minutes=session.minutes)
    return True


def _follow_polls(at: datetime) -> int:
    """Times of polls still to come, in the poll's zone; few enough to look at each of them."""
    moved = []
    for slot in PollSlot.objects.filter(starts_at__gt=at).select_related("poll"):
        wall = datetime.combine(slot.wall_day, slot.wall_clock)
        instants = [to_utc(wall, slot.poll.zone, fold=fold) for fold in (0, 1)]
        if slot.starts_at not in instants:
            slot.starts_at = instants[0]
            moved.append(slot)
    if moved:
        PollSlot.objects.bulk_update(moved, ["starts_at"])
    return len(moved)
