"""The outbox: a message is a row written with the deed it tells of, and sent exactly once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from cop_platform.common import jobs
from experts.domain import message_kinds
from experts.domain.fitting import SEND_NOW, Fitting, noted, wanted
from experts.enums import Channel, MessageState, NotSent
from experts.models import Message, Person

TASK = "experts.send_due_messages"
# Ten thousand rows as seven lists: PostgreSQL reads a list faster than so many values, and Python
# writes it faster than so many objects.
_PLAN = f"""
INSERT INTO {Message._meta.db_table} (
  kind, channel, not_after, created_at, message_id, state, attempts, subject, last_error, not_sent,
  link, object_id, person_id, key, language, zone, due_at, payload
)
SELECT
  %(kind)s, %(channel)s, %(not_after)s, %(created_at)s,
  '<' || gen_random_uuid() || '@' || %(domain)s || '>', '{MessageState.PLANNED}', 0, '', '', '', '',
  planned.*
FROM unnest(
  %(objects)s::bigint[], %(people)s::bigint[], %(keys)s::text[], %(languages)s::text[],
  %(zones)s::text[], %(dues)s::timestamptz[], %(payloads)s::jsonb[]
) AS planned
ON CONFLICT DO NOTHING
"""  # noqa: S608  names of our own, no input


def plan(
    *,
    kind: str,
    object_id: int,
    person: Person,
    due_at: datetime,
    key: str,
    at: datetime,
    payload: dict[str, Any] | None = None,
    not_after: datetime | None = None,
) -> None:
    """Writes one message, or nothing when `key` was used before. See plan_many."""
    plan_many(
        kind=kind,
        rows=[(object_id, person, key)],
        due_at=due_at,
        at=at,
        payload=payload or {},
        not_after=not_after,
    )


def plan_many(
    *,
    kind: str,
    rows: Iterable[tuple[int, Person, str]],
    due_at: datetime,
    at: datetime,
    payload: dict[str, Any] | None = None,
    not_after: datetime | None = None,
    channel: str = Channel.MAIL,
) -> None:
    """Writes messages (object id, person, key) in one statement, in the caller's transaction.

    Language and zone are the person's of today; a key that exists already is left as it is.
    `due_at` (UTC) is when they are wanted: a kind that waits is due when each person may be
    written to. `not_after` (UTC) is the moment from which the message helps nobody; `channel` APP
    shows it on the platform alone.
    """
    message_kinds.get(kind)
    rows = list(rows)
    if not rows:
        return
    people = [person for _id, person, _key in rows]
    fitting = Fitting(kind, {person.pk for person in people}, at=at)
    dues = [fitting.due(person.pk, person.zone, due_at, not_after) for person in people]
    told = cache(lambda due: json.dumps(noted(payload or {}, due_at, due)))
    of_all: dict[str, Any] = {
        "kind": kind,
        "channel": channel,
        "not_after": not_after,
        "created_at": at,
    }
    of_each: dict[str, Any] = {
        "objects": [object_id for object_id, _person, _key in rows],
        "people": [person.pk for person in people],
        "keys": [key for _id, _person, key in rows],
        "languages": [person.language for person in people],
        "zones": [person.zone for person in people],
        "dues": dues,
        "payloads": [told(due) for due in dues],
    }
    with connection.cursor() as cursor:
        cursor.execute(_PLAN, of_all | of_each | {"domain": settings.MAIL_DOMAIN})
    if min(dues) <= at:
        wake()


def wake() -> None:
    """Hints to the sender, when this transaction commits, that something is due."""
    jobs.enqueue(TASK)


def withdraw(*, kinds: list[str], object_ids: Iterable[int], person: Person | None = None) -> int:
    """Takes planned messages back, of one person or of all; how many.

    A message on its way is re-checked by the sender.
    """
    planned = Message.objects.planned().filter(kind__in=kinds, object_id__in=list(object_ids))
    if person is not None:
        planned = planned.filter(person=person)
    return planned.update(state=MessageState.WITHDRAWN, not_sent=NotSent.TAKEN_BACK, payload={})


def take_back(keys: Iterable[str]) -> int:
    """Takes planned messages back by their keys; how many."""
    planned = Message.objects.planned().filter(key__in=list(keys))
    return planned.update(state=MessageState.WITHDRAWN, not_sent=NotSent.TAKEN_BACK, payload={})


def plan_again(
    keys: Iterable[str],
    *,
    due_at: datetime,
    payload: dict[str, Any],
    at: datetime,
    channel: str = Channel.MAIL,
) -> int:
    """Plans messages anew that were taken back, or that wait and shall be otherwise; how many.

    What was sent is left as it is, and what a coordinator cancelled for somebody stays cancelled.
    `due_at` (UTC) is when they are wanted, as in plan_many.
    """
    unsent = Message.objects.filter(
        key__in=list(keys), state__in=[MessageState.WITHDRAWN, MessageState.PLANNED]
    ).exclude(not_sent=NotSent.CANCELLED)
    groups: dict[datetime, list[int]] = defaultdict(list)
    for due, key in list(_fitted(unsent, due_at, at)):
        groups[due].append(key)
    return sum(
        unsent.filter(pk__in=found).update(
            state=MessageState.PLANNED,
            not_sent="",
            due_at=due,
            payload=noted(payload, due_at, due),
            channel=channel,
            attempts=0,
        )
        for due, found in groups.items()
    )


def _fitted(
    messages: QuerySet[Message], wanted_at: datetime, at: datetime
) -> Iterator[tuple[datetime, int]]:
    """When each of these rows is due for its person of today, with its key."""
    values = messages.order_by().values_list("kind", "pk", "person_id", "person__zone", "not_after")
    by_kind: dict[str, list[tuple[int, int, str, datetime | None]]] = defaultdict(list)
    for kind, key, person, zone, not_after in values:
        by_kind[kind].append((key, person, zone, not_after))
    for kind, rows in by_kind.items():
        fitting = Fitting(kind, {person for _key, person, _zone, _end in rows}, at=at)
        for key, person, zone, not_after in rows:
            yield fitting.due(person, zone, wanted_at, not_after), key


def fit_again(person: Person, *, at: datetime) -> None:
    """Fits what waits for a person to their clock, language and habits of today.

    A row that the mail server refused for now keeps the minute of its next attempt.
    """
    waiting = [MessageState.PLANNED, MessageState.GATHERED]
    rows = list(Message.objects.filter(person=person, state__in=waiting).select_for_update())
    fittings = cache(lambda kind: Fitting(kind, [person.pk], at=at))
    for row in rows:
        row.language, row.zone = person.language, person.zone
        if _may_be_fitted(row):
            asked = wanted(row)
            row.due_at = fittings(row.kind).due(person.pk, person.zone, asked, row.not_after)
            row.payload = noted(row.payload, asked, row.due_at)
    Message.objects.bulk_update(rows, ["language", "zone", "due_at", "payload"])
    if any(row.due_at <= at for row in rows):
        wake()


def _may_be_fitted(row: Message) -> bool:
    return row.state == MessageState.PLANNED and not row.attempts and SEND_NOW not in row.payload


def mark_answered(
    *, kinds: list[str], object_ids: Iterable[int], at: datetime, person_id: int | None = None
) -> int:
    """Notes on messages that were sent that what they asked for was answered; how many are new.

    Call it in the transaction that writes the answer. `person_id` narrows kinds whose object is
    shared by several people. A second answer changes nothing: the first is what the mail brought.
    """
    asked = Message.objects.filter(
        kind__in=kinds, object_id__in=list(object_ids), sent_at__isnull=False, answered_at=None
    )
    if person_id is not None:
        asked = asked.filter(person=person_id)
    return asked.update(answered_at=at)
