"""A session is moved to another day or hour; everything else about it stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import TwiceThatDay, When, to_utc
from experts.models import User
from sessions import permissions
from sessions.domain import planning
from sessions.domain.planning import SessionOver
from sessions.models import CopSession


class NowhereToMove(NotPossible):
    """The new time is the old one, or is past."""


@dataclass(frozen=True)
class Target:
    """A day and a clock in the session's own zone; `fold` says which of a doubled hour."""

    day: date
    clock: time
    fold: int | None = None

    @property
    def wall(self) -> datetime:
        return datetime.combine(self.day, self.clock)


@dataclass(frozen=True)
class Offer:
    """What a move would do: from when to when, on the session's clock and the reader's."""

    target: Target
    before: When
    after: When


def on_own_clock(session: CopSession, day: date, clock: time, zone: str) -> Target:
    """A wall time of `zone` as the session's own. Raises NoSuchTime, TwiceThatDay."""
    there = to_utc(datetime.combine(day, clock), zone).astimezone(ZoneInfo(session.zone))
    return Target(there.date(), there.time().replace(fold=0), there.fold)


def offer(session: CopSession, target: Target, user: User, at: datetime) -> Offer:
    """What a person is asked to confirm. Raises what `move_session` would raise."""
    starts_at = _new_start(session, target, at)
    reader = user.person.zone
    return Offer(
        target=target,
        before=When(session.starts_at, session.minutes, session.zone, reader),
        after=When(starts_at, session.minutes, session.zone, reader),
    )


def told(session: CopSession) -> list[str]:
    """Names of the people who get a mail about the new time: the asked who have not declined."""
    asked = session.invitations.not_declined().order_by("person__name")
    return list(asked.values_list("person__name", flat=True))


@transaction.atomic
def move_session(
    *, session_id: int, version: int, target: Target, by: User, at: datetime
) -> CopSession:
    """Moves a session that is to come; everybody invited hears of it in one mail.

    `version` is the one the mover saw. Raises Refused, EditedMeanwhile, SessionOver,
    NowhereToMove, RoomTaken, NoSuchTime, TwiceThatDay.
    """
    session = CopSession.objects.select_for_update().get(pk=session_id)
    permissions.may_run(by, session)
    if session.version != version:
        raise planning.EditedMeanwhile(_("Somebody else changed this session meanwhile."))
    _new_start(session, target, at)
    plan = replace(
        planning.as_planned(session), day=target.day, clock=target.clock, fold=target.fold
    )
    return planning.change_session(session_id=session_id, version=version, plan=plan, by=by, at=at)


def _new_start(session: CopSession, target: Target, at: datetime) -> datetime:
    if session.cancelled_at:
        raise SessionOver(_("This session was cancelled; plan a new one instead."))
    if at >= session.starts_at:
        raise SessionOver(_("This session has begun already; it can no longer be moved."))
    starts_at = _start(target, session.zone)
    if starts_at == session.starts_at:
        raise NowhereToMove(_("That is when the session is already. Choose another time."))
    if starts_at <= at:
        raise NowhereToMove(_("That time is past. Choose one that is still to come."))
    return starts_at


def _start(target: Target, zone: str) -> datetime:
    """A skipped hour stays refused, whatever `fold` says: no clock will show it."""
    try:
        return to_utc(target.wall, zone)
    except TwiceThatDay:
        if target.fold is None:
            raise
        return to_utc(target.wall, zone, fold=target.fold)
