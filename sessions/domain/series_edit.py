"""One date of a series, this and all following, or all of them: changed, cancelled, brought back.

A preview is the deed itself, done in full and rolled back: what it shows is what happens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from experts.domain import audit
from experts.models import User
from sessions import permissions
from sessions.domain import copies, planning, series_invitations, series_notices, undo
from sessions.domain.outcomes import Outcome, Watch
from sessions.domain.planning import SessionOver, SessionPlan
from sessions.domain.recurrence import BadRule, Occurrence
from sessions.domain.series import slots_of
from sessions.domain.series_moves import change_many
from sessions.domain.series_work import (
    Seen,
    Work,
    locked,
    next_sequence,
    rows_of,
    shorten,
    take,
)
from sessions.enums import SeriesScope, UndoableDeed
from sessions.models import CopSession, Series


def rehearse(deed: Callable[[], Outcome]) -> Outcome:
    """What a deed would do; nothing of it stays."""
    with transaction.atomic():
        outcome = deed()
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def change(
    *,
    session_id: int,
    scope: SeriesScope,
    plan: SessionPlan,
    keep_moved: bool,
    seen: Seen,
    by: User,
    at: datetime,
) -> Outcome:
    """Changes one date, this and following, or all that are still to come.

    Only what differs from the session's present state is carried over. Wall time is kept over
    changes of the clocks; a date that was moved on its own keeps its time while `keep_moved`.
    Raises EditedMeanwhile, SessionOver, Refused, AgendaDoesNotFit, BadRule, NoSuchTime,
    TwiceThatDay, RoomTaken.
    """
    work = take(session_id, scope, seen, by, at)
    watch = Watch(work.rows, at)
    if scope == SeriesScope.ONE:
        planning.change_session(
            session_id=session_id, version=seen.session, plan=plan, by=by, at=at
        )
    else:
        permissions.may_host(by, plan.host_cops)
        change_many(work, plan, keep_moved=keep_moved, by=by, at=at)
    return watch.outcome(work.targets)


@transaction.atomic
def cancel(
    *, session_id: int, scope: SeriesScope, reason: str, seen: Seen, by: User, at: datetime
) -> Outcome:
    """Cancels one date, this and following, or all that are still to come.

    Raises EditedMeanwhile, SessionOver, Refused.
    """
    work = take(session_id, scope, seen, by, at)
    watch = Watch(work.rows, at)
    if scope == SeriesScope.ONE:
        planning.cancel_session(session_id=session_id, reason=reason, by=by, at=at)
    else:
        _cancel_many(work, reason, by, at)
    return watch.outcome(work.targets)


def _cancel_many(work: Work, reason: str, by: User, at: datetime) -> None:
    """Calendars keep the dates that took place: the rule then ends before the cancelled ones."""
    before = undo.remember(*work.targets, series=work.series)
    kept = [row for row in work.rows if row not in work.targets and not row.cancelled_at]
    work.first += work.number(work.targets[0])
    if kept and work.first and all(work.number(row) < 0 for row in kept):
        shorten(work, at)
    else:
        next_sequence(work.series, work.rows, at)
        work.series.save()
    for row in work.targets:
        row.cancelled_at, row.cancel_reason, row.changed_at = at, reason, at
        row.sequence = work.series.sequence
        row.version += 1
    CopSession.objects.bulk_update(
        work.targets, ["cancelled_at", "cancel_reason", "sequence", "version", "changed_at"]
    )
    series_notices.tell_of_cancellation(work.series, work.targets, whole=not kept, at=at)
    undo.open_window(work.series, UndoableDeed.SERIES_CANCEL, before, by=by, at=at)
    audit.record(deed="series cancelled", about=work.series, by=by, at=at, dates=len(work.targets))


@transaction.atomic
def bring_back(*, series_id: int, day: date, version: int, by: User, at: datetime) -> Outcome:
    """Takes a day out of the exceptions, or a cancelled date back, and tells who is asked.

    Raises EditedMeanwhile, SessionOver, Refused, BadRule for a day the rule does not give.
    """
    series = locked(series_id, version)
    rows = rows_of(series)
    slot = next((s for s in slots_of(series) if s.wall.date() == day), None)
    if slot is None or not rows:
        raise BadRule(_("The rule of this series has no such day."))
    if slot.utc <= at:
        raise SessionOver(_("This date is over; it stays as it was."))
    watch = Watch(rows, at)
    before = undo.remember(*rows, series=series)
    next_sequence(series, rows, at)
    series.exceptions = [left_out for left_out in series.exceptions if left_out != day]
    series.save()
    session = _revived(series, slot, rows, by, at)
    people = [i.person for i in series.invitations.select_related("person")]
    asked = series_invitations.ask([session], people, by=by, at=at)
    series_notices.tell_of_change(series, [session], what=series_notices.ADDED, at=at)
    made: undo.Made = {"sessions": [s for s in [session] if s not in rows], "invitations": asked}
    undo.open_window(series, UndoableDeed.BRING_BACK, before, by=by, at=at, made=made)
    audit.record(deed="date brought back", about=session, by=by, at=at)
    return watch.outcome([session])


def _revived(
    series: Series, slot: Occurrence, rows: list[CopSession], by: User, at: datetime
) -> CopSession:
    """The cancelled session of a date, alive again, or a new one like the last."""
    found = next((row for row in rows if row.original_start == slot.utc), None)
    usual = (row for row in reversed(rows) if row.starts_at == row.original_start)
    model = found or next(usual, rows[-1])
    permissions.may_run(by, model)
    if found and not found.cancelled_at:
        raise SessionOver(_("This date takes place; there is nothing to bring back."))
    session = found or copies.twin(model, slot)
    session.cancelled_at, session.cancel_reason, session.changed_at = None, "", at
    session.sequence = series.sequence
    session.version += 1
    session.save()
    if not found:
        copies.give_parts(copies.parts(model), [session])
    return session


__all__ = ["Seen", "bring_back", "cancel", "change", "rehearse"]
