"""A session is planned, changed and cancelled here, together with every mail that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_utc
from experts.domain import audit
from experts.models import CommunityOfPractice, User
from materials.models import Material
from sessions import permissions
from sessions.domain import notices
from sessions.models import AgendaStep, CopSession


class EditedMeanwhile(NotPossible):
    """Somebody else saved the session after this editor opened it."""


class SessionOver(NotPossible):
    """The session is cancelled or over, and stays as it is."""


class AgendaDoesNotFit(NotPossible):
    """The steps and the duration disagree."""


@dataclass(frozen=True)
class SessionPlan:
    """What a coordinator decides about a session.

    `day` and `clock` are wall time in `zone`; `fold` (0 or 1) says which of a doubled hour is
    meant, None that the time must be unambiguous. Steps are (title, minutes).
    """

    title: str
    kind: str
    mode: str
    host_cops: tuple[CommunityOfPractice, ...]
    day: date
    clock: time
    zone: str
    minutes: int
    purpose: str = ""
    place: str = ""
    online_link: str = ""
    fold: int | None = None
    steps: tuple[tuple[str, int], ...] = ()
    materials: tuple[Material, ...] = ()

    @property
    def starts_at(self) -> datetime:
        """The UTC instant. Raises NoSuchTime or TwiceThatDay, see times.to_utc."""
        return to_utc(datetime.combine(self.day, self.clock), self.zone, fold=self.fold)


# A change of one of these is a change calendars must hear of.
_MOVES_CALENDARS = ("starts_at", "minutes", "zone", "place", "online_link")


@transaction.atomic
def plan_session(*, plan: SessionPlan, by: User, at: datetime) -> CopSession:
    """Creates a session. Raises Refused, AgendaDoesNotFit, NoSuchTime, TwiceThatDay."""
    permissions.may_host(by, plan.host_cops)
    session = CopSession(planned_by=by.person, planned_at=at)
    _write(session, plan, at)
    session.save()
    _write_parts(session, plan)
    audit.record(deed="session planned", about=session, by=by, at=at)
    return session


@transaction.atomic
def change_session(
    *, session_id: int, version: int, plan: SessionPlan, by: User, at: datetime
) -> CopSession:
    """Changes a session; everybody invited hears of a new time or place, in one mail.

    `version` is the one the editor saw. Raises EditedMeanwhile, SessionOver, Refused,
    AgendaDoesNotFit, NoSuchTime, TwiceThatDay.
    """
    session = _locked(session_id, by, at)
    if session.version != version:
        raise EditedMeanwhile(_("Somebody else changed this session while you were editing."))
    permissions.may_host(by, plan.host_cops)
    before = {name: getattr(session, name) for name in _MOVES_CALENDARS}
    _write(session, plan, at)
    moved = any(getattr(session, name) != value for name, value in before.items())
    session.version += 1
    session.sequence += moved
    session.save()
    session.steps.all().delete()
    _write_parts(session, plan)
    if moved:
        notices.tell_of_change(session, at=at)
        audit.record(deed="session moved", about=session, by=by, at=at)
    else:
        audit.record(deed="session edited", about=session, by=by, at=at)
    return session


@transaction.atomic
def cancel_session(*, session_id: int, reason: str, by: User, at: datetime) -> CopSession:
    """Cancels a session, takes back its reminders and tells everybody invited, with the reason.

    Cancelling twice changes nothing. Raises SessionOver, Refused.
    """
    session = CopSession.objects.select_for_update().get(pk=session_id)
    permissions.may_run(by, session)
    if session.cancelled_at:
        return session
    if at >= session.ends_at:
        raise SessionOver(_("This session is over; it can no longer be cancelled."))
    session.cancelled_at = at
    session.cancel_reason = reason
    session.changed_at = at
    session.sequence += 1
    session.version += 1
    session.save()
    notices.tell_of_cancellation(session, at=at)
    audit.record(deed="session cancelled", about=session, by=by, at=at)
    return session


def _locked(session_id: int, by: User, at: datetime) -> CopSession:
    session = CopSession.objects.select_for_update().get(pk=session_id)
    permissions.may_run(by, session)
    if session.cancelled_at:
        raise SessionOver(_("This session was cancelled; plan a new one instead."))
    if at >= session.ends_at:
        raise SessionOver(_("This session is over; it stays as it was."))
    return session


def _write(session: CopSession, plan: SessionPlan, at: datetime) -> None:
    total = sum(minutes for _title, minutes in plan.steps)
    if plan.steps and total != plan.minutes:
        raise AgendaDoesNotFit(
            _("The steps add up to %(total)d minutes, the session lasts %(minutes)d.")
            % {"total": total, "minutes": plan.minutes}
        )
    session.title = plan.title
    session.kind = plan.kind
    session.mode = plan.mode
    session.purpose = plan.purpose
    session.wall_day, session.wall_clock, session.zone = plan.day, plan.clock, plan.zone
    session.starts_at = plan.starts_at
    session.minutes = plan.minutes
    session.ends_at = session.starts_at + timedelta(minutes=plan.minutes)
    session.place, session.online_link = plan.place, plan.online_link
    session.changed_at = at


def _write_parts(session: CopSession, plan: SessionPlan) -> None:
    session.host_cops.set(plan.host_cops)
    session.materials.set(plan.materials)
    AgendaStep.objects.bulk_create(_steps(session, plan.steps))


def _steps(session: CopSession, steps: Iterable[tuple[str, int]]) -> list[AgendaStep]:
    return [
        AgendaStep(session=session, position=position, title=title, minutes=minutes)
        for position, (title, minutes) in enumerate(steps, start=1)
    ]


def rewrite(session: CopSession, plan: SessionPlan, at: datetime) -> None:
    """Writes a plan into a session of a series, row and parts; telling is up to the caller.

    Raises AgendaDoesNotFit, NoSuchTime, TwiceThatDay.
    """
    _write(session, plan, at)
    session.save()
    session.steps.all().delete()
    _write_parts(session, plan)
