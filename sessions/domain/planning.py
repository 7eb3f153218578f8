"""A session is planned, changed and cancelled here, together with every mail that follows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_utc, zone_data_version
from experts.domain import audit
from experts.models import CommunityOfPractice, User
from materials.models import Material
from sessions import permissions
from sessions.domain import (
    language_paths,
    notices,
    reminder_rules,
    replanning,
    rooms,
    seat_limits,
    undo,
)
from sessions.domain.parts import KEEP, CountryQuota, Holder, Keep, write_parts
from sessions.domain.reminder_rules import ReminderRule
from sessions.enums import UndoableDeed
from sessions.models import AgendaStep, CopSession, Room


class EditedMeanwhile(NotPossible):
    """Somebody else saved the session after this editor opened it."""


class SessionOver(NotPossible):
    """The session is cancelled or over, and stays as it is."""


class AgendaDoesNotFit(NotPossible):
    """The steps and the duration disagree."""


class DaysDoNotFit(NotPossible):
    """The last day of a workshop is not after its first, or too far away."""


MAX_WORKSHOP_DAYS = 31


@dataclass(frozen=True)
class SessionPlan:
    """What a coordinator decides about a session.

    `day` and `clock` are wall time in `zone`; `fold` (0 or 1) says which of a doubled hour is
    meant, None that the time must be unambiguous. Steps are (title, minutes). What is KEEP stays
    as it was on a change, and is the usual on a new session.
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
    last_day: date | Keep | None = KEEP
    room: Room | Keep | None = KEEP
    languages: tuple[str, ...] | Keep = KEEP
    capacity: int | Keep | None = KEEP
    duties_needed: tuple[str, ...] | Keep = KEEP
    reminders: tuple[ReminderRule, ...] | Keep = KEEP
    guest_rule: str | Keep = KEEP
    documents: tuple[str, ...] | Keep = KEEP
    chatham_house: bool | Keep = KEEP
    competences: tuple[str, ...] | Keep = KEEP
    duties: tuple[Holder, ...] | Keep = KEEP
    seats: tuple[CountryQuota, ...] | Keep = KEEP

    @property
    def starts_at(self) -> datetime:
        """The UTC instant. Raises NoSuchTime or TwiceThatDay, see times.to_utc."""
        return to_utc(datetime.combine(self.day, self.clock), self.zone, fold=self.fold)


def as_planned(session: CopSession) -> SessionPlan:
    """The session as it is stored, to change one thing of; what has KEEP in a plan is kept."""
    return SessionPlan(
        title=session.title,
        kind=session.kind,
        mode=session.mode,
        host_cops=tuple(session.host_cops.all()),
        day=session.wall_day,
        clock=session.wall_clock,
        zone=session.zone,
        minutes=session.minutes,
        purpose=session.purpose,
        place=session.place,
        online_link=session.online_link,
        steps=tuple(session.steps.values_list("title", "minutes")),
        materials=tuple(session.materials.all()),
    )


# A change of one of these is a change calendars must hear of.
_MOVES_CALENDARS = (
    "starts_at",
    "minutes",
    "zone",
    "place",
    "online_link",
    "room_id",
    "last_day",
)
_DETAILS = (
    "languages",
    "capacity",
    "duties_needed",
    "guest_rule",
    "documents",
    "chatham_house",
    "competences",
)


@transaction.atomic
def plan_session(
    *, plan: SessionPlan, by: User, at: datetime, once: uuid.UUID | None = None
) -> CopSession:
    """Creates a session.

    `once` names the form it came from: sent twice, also at the same moment, it plans one session.
    Raises Refused, AgendaDoesNotFit, DaysDoNotFit, UnknownRung, BadReminder, NoSuchTime,
    TwiceThatDay; RoomTaken and RoomElsewhere about its room.
    """
    permissions.may_host(by, plan.host_cops)
    return enter_session(plan=plan, by=by, at=at, once=once)


@transaction.atomic
def enter_session(
    *, plan: SessionPlan, by: User, at: datetime, once: uuid.UUID | None = None
) -> CopSession:
    """Creates a session for a person whose right to it the caller has checked.

    Raises what plan_session raises, but Refused.
    """
    session = CopSession(planned_by=by.person, planned_at=at)
    _write(session, plan, at)
    if once:
        session.uid = uuid.uuid5(once, str(by.public_code))
        planned = _planned_before(session)
        if planned:
            return planned
    rooms.save(session)
    _write_parts(session, plan)
    replanning.follow([session], at=at)
    audit.record(deed="session planned", about=session, by=by, at=at)
    return session


def _planned_before(session: CopSession) -> CopSession | None:
    """The session this form planned before, or None; a second sending waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(session.uid)])
    return CopSession.objects.filter(uid=session.uid).first()


@transaction.atomic
def change_session(
    *, session_id: int, version: int, plan: SessionPlan, by: User, at: datetime
) -> CopSession:
    """Changes a session; everybody invited hears of a new time or place, in one mail.

    `version` is the one the editor saw. Raises EditedMeanwhile, SessionOver and whatever
    plan_session raises.
    """
    session = _locked(session_id, by, at)
    if session.version != version:
        raise EditedMeanwhile(_("Somebody else changed this session while you were editing."))
    permissions.may_host(by, plan.host_cops)
    before = {name: getattr(session, name) for name in _MOVES_CALENDARS}
    kept = undo.remember(session)
    _write(session, plan, at)
    moved = any(getattr(session, name) != value for name, value in before.items())
    session.version += 1
    session.sequence += moved
    rooms.save(session)
    session.steps.all().delete()
    _write_parts(session, plan)
    seat_limits.follow_plan(session, at=at)
    if moved:
        notices.tell_of_change(session, at=at)
        undo.open_window(session, UndoableDeed.MOVE, kept, by=by, at=at)
        audit.record(deed="session moved", about=session, by=by, at=at)
    else:
        replanning.follow([session], at=at)
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
    kept = undo.remember(session)
    session.cancelled_at = at
    session.cancel_reason = reason
    session.changed_at = at
    session.sequence += 1
    session.version += 1
    session.save()
    notices.tell_of_cancellation(session, at=at)
    undo.open_window(session, UndoableDeed.CANCEL, kept, by=by, at=at)
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
    _write_time(session, plan)
    session.online_link = plan.online_link
    rooms.place(session, plan.room, plan.place, plan.host_cops)
    _write_details(session, plan)
    session.changed_at = at


def _write_time(session: CopSession, plan: SessionPlan) -> None:
    last_day = plan.last_day
    if isinstance(last_day, Keep):
        # A workshop that is moved keeps its length.
        last_day = session.last_day and session.last_day + (plan.day - session.wall_day)
    if last_day and not timedelta() < last_day - plan.day < timedelta(days=MAX_WORKSHOP_DAYS):
        raise DaysDoNotFit(
            _("A workshop ends on a later day than it begins, within %(days)d days.")
            % {"days": MAX_WORKSHOP_DAYS}
        )
    session.wall_day, session.wall_clock, session.zone = plan.day, plan.clock, plan.zone
    session.last_day = last_day
    session.starts_at, session.zone_rules = plan.starts_at, zone_data_version()
    session.minutes = plan.minutes
    last_start = session.starts_at
    if last_day:
        last_start = to_utc(datetime.combine(last_day, plan.clock), plan.zone, fold=plan.fold or 0)
    session.ends_at = last_start + timedelta(minutes=plan.minutes)


def _write_details(session: CopSession, plan: SessionPlan) -> None:
    for name in _DETAILS:
        value: Any = getattr(plan, name)
        if not isinstance(value, Keep):
            setattr(session, name, list(value) if isinstance(value, tuple) else value)
    if not isinstance(plan.reminders, Keep):
        session.reminders = reminder_rules.tidy(plan.reminders)
    if not session.languages:
        countries = [cop.country for cop in plan.host_cops if cop.country]
        session.languages = language_paths.usual(country.language for country in countries)


def _write_parts(session: CopSession, plan: SessionPlan) -> None:
    write_parts(session, duties=plan.duties, seats=plan.seats)
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
