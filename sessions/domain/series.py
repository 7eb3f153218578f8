"""A series is planned here: one rule, one session for each of its dates, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cop_platform.common.times import TwiceThatDay
from experts.domain import audit
from experts.models import User
from sessions.domain import copies, planning, recurrence, replanning
from sessions.domain.planning import SessionPlan
from sessions.domain.recurrence import BadRule, Occurrence
from sessions.domain.rooms import HOLDS_ONE, RoomTaken
from sessions.models import CopSession, Series


@dataclass(frozen=True)
class SeriesPlan:
    """What a coordinator decides about a series: its first session, the rule, days left out."""

    session: SessionPlan
    rule: str
    left_out: tuple[date, ...] = ()

    @property
    def start(self) -> datetime:
        return datetime.combine(self.session.day, self.session.clock)

    def slots(self) -> list[Occurrence]:
        """Every date of the rule, those left out too. Raises BadRule."""
        return recurrence.expand(
            rule=self.rule,
            start=self.start,
            zone=self.session.zone,
            fold=self.session.fold or 0,
        )


def slots_of(series: Series) -> list[Occurrence]:
    """Every date the rule of a series gives, those left out too, in order."""
    start = datetime.combine(series.wall_day, series.wall_clock)
    return recurrence.expand(rule=series.rule, start=start, zone=series.zone, fold=series.fold)


@transaction.atomic
def plan_series(*, plan: SeriesPlan, by: User, at: datetime) -> Series:
    """Creates a series and its sessions, in as many statements for three dates as for thirty.

    The first date is the first that fits the rule. Raises Refused, BadRule, AgendaDoesNotFit,
    RoomTaken, and TwiceThatDay when a date falls into a doubled hour and nobody chose.
    """
    slots = plan.slots()
    ask_for_fold(slots, plan.session.fold)
    kept = [slot for slot in slots if slot.wall.date() not in plan.left_out]
    if not kept:
        raise BadRule(_("Every date is left out; keep at least one."))
    series = _new_series(plan, slots, by, at)
    try:
        _plan_sessions(series, plan, kept, by, at)
    except IntegrityError as error:
        raise_if_room_taken(error)
        raise
    audit.record(deed="series planned", about=series, by=by, at=at, sessions=len(kept))
    return series


def ask_for_fold(slots: Iterable[Occurrence], fold: int | None) -> None:
    """Raises TwiceThatDay when a date needs a choice between two hours and has none."""
    for slot in slots:
        if fold is None and slot.note in {"first", "second"}:
            raise TwiceThatDay(slot.wall, slot.zone)


def raise_if_room_taken(error: IntegrityError) -> None:
    """Turns the database's word about rooms into a sentence."""
    if HOLDS_ONE in str(error):
        raise RoomTaken(_("The room is taken on one of these dates.")) from error


def _new_series(plan: SeriesPlan, slots: list[Occurrence], by: User, at: datetime) -> Series:
    first = slots[0].wall
    days = {slot.wall.date() for slot in slots}
    return Series.objects.create(
        title=plan.session.title,
        rule=recurrence.normalise(plan.rule, start=plan.start, zone=plan.session.zone),
        wall_day=first.date(),
        wall_clock=first.time(),
        zone=plan.session.zone,
        fold=plan.session.fold or 0,
        minutes=plan.session.minutes,
        exceptions=sorted(days.intersection(plan.left_out)),
        planned_by=by.person,
        planned_at=at,
        changed_at=at,
    )


def _plan_sessions(
    series: Series, plan: SeriesPlan, kept: list[Occurrence], by: User, at: datetime
) -> None:
    """The first session the usual way, so that whatever a session needs is there; then twins."""
    first = planning.plan_session(plan=on_date(plan.session, kept[0]), by=by, at=at)
    first.series, first.original_start = series, kept[0].utc
    first.save(update_fields=["series", "original_start"])
    twins = CopSession.objects.bulk_create([copies.twin(first, slot) for slot in kept[1:]])
    copies.give_parts(copies.parts(first), twins)
    replanning.follow(twins, at=at)


def on_date(plan: SessionPlan, slot: Occurrence) -> SessionPlan:
    """The plan of a session on one date of its series, whatever the clocks do that day."""
    fold = 1 if slot.note == "second" else 0
    return replace(plan, day=slot.wall.date(), clock=slot.wall.time(), zone=slot.zone, fold=fold)
