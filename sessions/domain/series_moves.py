"""Several dates of a series change at once: what differs is carried over, the rule moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from sessions.domain import (
    copies,
    planning,
    recurrence,
    replanning,
    rule_words,
    series_notices,
    undo,
)
from sessions.domain.planning import SessionPlan
from sessions.domain.recurrence import BadRule, Occurrence
from sessions.domain.series import ask_for_fold, on_date, raise_if_room_taken
from sessions.domain.series_work import Work, next_sequence, shorten
from sessions.enums import UndoableDeed
from sessions.models import CopSession, Series, SeriesInvitation

_TIMES = ("wall_day", "wall_clock", "zone", "starts_at", "ends_at", "minutes", "last_day")
_KEYS = ("uid", "series_id", "original_start", "sequence", "version", "changed_at")
# A change of one of these is a change calendars must hear of.
_HEARD = ("starts_at", "minutes", "zone", "place", "online_link")


@dataclass(frozen=True)
class _NewRule:
    """The rule after a change of day, hour, zone or length (`minutes`, where it changed)."""

    text: str
    fold: int
    slots: list[Occurrence]
    minutes: int | None


def change_many(work: Work, plan: SessionPlan, *, keep_moved: bool, by: User, at: datetime) -> None:
    """Changes every target of `work`, in the caller's transaction. See series_edit.change."""
    before = {row.pk: copies.values(row) for row in work.targets}
    kept = undo.remember(*work.touched(), series=work.series)
    rule = _new_rule(work, plan)
    own_time = {row.pk for row in work.targets if rule and keep_moved and work.has_own_time(row)}
    try:
        differs = _carry_over(work, plan, own_time, rule is not None, at)
        if rule:
            _set_times(work, rule, own_time, at)
        heard = _heard(work, before) or (work.targets if rule else [])
        if not heard and not differs:
            return
        series = _write(work, rule, plan, heard, at)
    except IntegrityError as error:
        raise_if_room_taken(error)
        raise
    made = [series] if series is not work.series else []
    undo.open_window(
        work.series, UndoableDeed.SERIES_CHANGE, kept, by=by, at=at, made={"series": made}
    )
    audit.record(deed="series changed", about=series, by=by, at=at, dates=len(work.targets))


def _heard(work: Work, before: dict[int, dict[str, Any]]) -> list[CopSession]:
    return [
        row
        for row in work.targets
        if any(before[row.pk][name] != getattr(row, name) for name in _HEARD)
    ]


def _write(
    work: Work,
    rule: _NewRule | None,
    plan: SessionPlan,
    heard: list[CopSession],
    at: datetime,
) -> Series:
    """Writes rule and rows; where calendars must hear of it, tells everybody once.

    Gives the series that the targets follow now: a new one after a split.
    """
    old, series = work.series, work.series
    if heard:
        series = _split(work, at) if work.first else series
        next_sequence(series, work.rows, at)
        for row in work.targets:
            row.sequence = series.sequence
    else:
        series.version += 1
    _save_series(work, series, rule, plan, at)
    _save_rows(work, series, rule.slots if rule else work.slots[work.first :], at)
    if heard:
        split = series is not old
        series_notices.tell_of_change(
            series,
            heard,
            what=series_notices.FOLLOWING if split else series_notices.MOVED,
            at=at,
            payload={"before": old.pk} if split else None,
        )
    else:
        replanning.follow(work.targets, at=at)
    return series


def _new_rule(work: Work, plan: SessionPlan) -> _NewRule | None:
    """None when day, hour, zone and length stay. Raises BadRule, TwiceThatDay."""
    anchor, series = work.anchor, work.series
    turn = plan.day - anchor.wall_day
    clock = plan.clock if plan.clock != anchor.wall_clock else series.wall_clock
    zone = plan.zone if plan.zone != anchor.zone else series.zone
    fold = series.fold if plan.fold is None else plan.fold
    minutes = plan.minutes if plan.minutes != anchor.minutes else None
    same = (clock, zone, fold) == (series.wall_clock, series.zone, series.fold)
    if not turn and same and minutes is None:
        return None
    before = work.slots[work.first :]
    start = datetime.combine(before[0].wall.date() + turn, clock)
    text = rule_words.moved(series.rule, old=before[0].wall, new=start, count=len(before))
    slots = recurrence.expand(rule=text, start=start, zone=zone, fold=fold)
    if not text.startswith("FREQ=MONTHLY"):
        _check_even(slots, before, turn)
    if not same:
        ask_for_fold(slots, plan.fold)
    return _NewRule(text, fold, slots, minutes)


def _check_even(slots: list[Occurrence], before: list[Occurrence], turn: timedelta) -> None:
    """Each date must move by as many days as the first. Raises BadRule."""
    if [slot.wall.date() for slot in slots] != [slot.wall.date() + turn for slot in before]:
        raise BadRule(
            _("This rule cannot be moved to another day; end the series and plan a new one.")
        )


def _carry_over(
    work: Work, plan: SessionPlan, own_time: set[int], moves: bool, at: datetime
) -> bool:
    """Writes the plan into the anchor, and what thereby changed into the other targets.

    True when something but the time changed.
    """
    anchor = work.anchor
    old, old_parts = copies.values(anchor), copies.parts(anchor)
    others = [row for row in work.targets if row is not anchor]
    if moves:
        # On the way, a date may pass over the next one's room.
        CopSession.objects.filter(pk__in=[row.pk for row in others]).update(room=None)
    slot = recurrence.localised(datetime.combine(plan.day, plan.clock), plan.zone, plan.fold or 0)
    planning.rewrite(anchor, on_date(plan, slot), at)
    new, new_parts = copies.values(anchor), copies.parts(anchor)
    changed = {
        name: value
        for name, value in new.items()
        if value != old[name] and name not in (*_TIMES, *_KEYS)
    }
    for row in others:
        for name, value in changed.items():
            setattr(row, name, value)
    copies.exchange_parts(old_parts, new_parts, [row for row in others if row.pk not in own_time])
    return bool(changed) or old_parts != new_parts


def _set_times(work: Work, rule: _NewRule, own_time: set[int], at: datetime) -> None:
    """The new time of each target; dates that keep their own are left alone."""
    like = CopSession(**copies.values(work.anchor))
    for row in work.targets:
        if row.pk not in own_time:
            slot = rule.slots[work.number(row)]
            copies.put(row, slot, like=like if rule.minutes else row)
        if row.starts_at <= at:
            raise NotPossible(_("A date would lie in the past; choose a later day or hour."))


def _split(work: Work, at: datetime) -> Series:
    """Ends the series before the first target and begins another, for the same people."""
    old = work.series
    new = Series.objects.create(
        title=old.title,
        rule=rule_words.counted(old.rule, len(work.slots) - work.first),
        wall_day=work.slots[work.first].wall.date(),
        wall_clock=old.wall_clock,
        zone=old.zone,
        fold=old.fold,
        minutes=old.minutes,
        exceptions=[d for d in old.exceptions if d >= work.slots[work.first].wall.date()],
        follows=old,
        planned_by=old.planned_by,
        planned_at=at,
        changed_at=at,
    )
    SeriesInvitation.objects.bulk_create(
        SeriesInvitation(
            series=new, person_id=i.person_id, invited_by_id=i.invited_by_id, invited_at=at
        )
        for i in old.invitations.all()
    )
    shorten(work, at)
    return new


def _save_series(
    work: Work, series: Series, rule: _NewRule | None, plan: SessionPlan, at: datetime
) -> None:
    if rule:
        old_days = [slot.wall.date() for slot in work.slots[work.first :]]
        new_days = [slot.wall.date() for slot in rule.slots]
        days = dict(zip(old_days, new_days, strict=True))
        series.exceptions = [days[day] for day in series.exceptions if day in days]
        series.rule, series.fold = rule.text, rule.fold
        first = rule.slots[0]
        series.wall_day, series.wall_clock = first.wall.date(), first.wall.time()
        series.zone = first.zone
        series.minutes = rule.minutes or series.minutes
    series.title = plan.title
    series.changed_at = at
    series.save()


def _save_rows(work: Work, series: Series, slots: list[Occurrence], at: datetime) -> None:
    """Every row at its new place in the rule; those that took place change nothing else."""
    touched = work.touched()
    for row in touched:
        row.series, row.original_start = series, slots[work.number(row)].utc
        if row.cancelled_at or row.ends_at > at:
            row.version += 1
    for row in work.targets:
        row.changed_at = at
    copies.save_all(touched)
