"""Sessions that are alike: the row of one and its parts, written for many in a few statements."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F

from cop_platform.common.times import to_utc, to_wall, zone_data_version
from sessions.domain.recurrence import Occurrence
from sessions.models import AgendaStep, CopSession, CountrySeats, DutyHolder

_PARTS = (AgendaStep, DutyHolder, CountrySeats)
# Longer than any series: places in a rule moved by it never meet others on the way.
_FAR = timedelta(days=400 * 365)


def values(row: models.Model) -> dict[str, Any]:
    """Every stored value of a row but its key, by column attribute."""
    fields = row._meta.concrete_fields
    return {field.attname: getattr(row, field.attname) for field in fields if not field.primary_key}


def twin(session: CopSession, occurrence: Occurrence) -> CopSession:
    """An unsaved session like `session` on another date of its series."""
    copy = CopSession(**values(session))
    copy.uid = uuid.uuid4()
    put(copy, occurrence, like=session)
    copy.original_start = occurrence.utc
    return copy


def put(session: CopSession, occurrence: Occurrence, *, like: CopSession) -> None:
    """Sets the times of a session to a date of its series; as long as `like` lasts."""
    span = like.last_day - like.wall_day if like.last_day else None
    length = like.ends_at - like.starts_at
    end_clock = to_wall(like.ends_at, like.zone).time()
    session.minutes = like.minutes
    session.zone = occurrence.zone
    session.wall_day, session.wall_clock = occurrence.wall.date(), occurrence.wall.time()
    session.starts_at, session.zone_rules = occurrence.utc, zone_data_version()
    session.ends_at = occurrence.utc + length
    session.last_day = session.wall_day + span if span else None
    if session.last_day:
        # Over several days the last hour is a wall time as well.
        end = datetime.combine(session.last_day, end_clock)
        session.ends_at = max(
            to_utc(end, occurrence.zone, fold=0), occurrence.utc + timedelta(minutes=5)
        )


def sources() -> list[tuple[type[models.Model], str]]:
    """Each table of parts with the column that names the session."""
    found: list[tuple[type[models.Model], str]] = [(model, "session_id") for model in _PARTS]
    for field in CopSession._meta.many_to_many:
        link: Any = field
        found.append((link.remote_field.through, f"{link.m2m_field_name()}_id"))
    return found


def parts(session: CopSession) -> list[list[dict[str, Any]]]:
    """Agenda, duties, seats, hosts and materials of a session, table by table."""
    found = []
    for model, link in sources():
        rows = model._base_manager.filter(**{link: session.pk}).order_by("pk")
        found.append([{k: v for k, v in values(row).items() if k != link} for row in rows])
    return found


def give_parts(found: list[list[dict[str, Any]]], targets: Iterable[CopSession]) -> None:
    """Writes parts to sessions that have none yet."""
    targets = list(targets)
    for (model, link), rows in zip(sources(), found, strict=True):
        model._base_manager.bulk_create(
            [model(**row, **{link: target.pk}) for target in targets for row in rows]
        )


def exchange_parts(
    before: list[list[dict[str, Any]]],
    after: list[list[dict[str, Any]]],
    targets: Sequence[CopSession],
) -> None:
    """Gives `after` to sessions in place of what they have, table by table that changed."""
    keys = [target.pk for target in targets]
    if not keys:
        return
    for (model, link), old, new in zip(sources(), before, after, strict=True):
        if old == new:
            continue
        model._base_manager.filter(**{f"{link}__in": keys}).delete()
        model._base_manager.bulk_create(
            [model(**row, **{link: key}) for key in keys for row in new]
        )


def save_all(sessions: Sequence[CopSession]) -> None:
    """Writes sessions that may pass over each other's place in the rule, or room, on the way.

    Raises IntegrityError and has then written nothing.
    """
    fields = [field.name for field in CopSession._meta.concrete_fields if field.name != "id"]
    with transaction.atomic():
        CopSession.objects.filter(pk__in=[row.pk for row in sessions]).update(
            original_start=F("original_start") + _FAR, room=None
        )
        CopSession.objects.bulk_update(sessions, fields)
