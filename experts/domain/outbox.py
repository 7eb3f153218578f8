"""The outbox: a message is a row written with the deed it tells of, and sent exactly once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from cop_platform.common import jobs
from experts.domain import message_kinds
from experts.enums import Channel, MessageState, NotSent
from experts.models import Message, Person

TASK = "experts.send_due_messages"


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
    `not_after` (UTC) is the moment from which the message helps nobody; `channel` APP shows it on
    the platform alone.
    """
    message_kinds.get(kind)
    Message.objects.bulk_create(
        [
            Message(
                kind=kind,
                object_id=object_id,
                person=person,
                channel=channel,
                due_at=due_at,
                not_after=not_after,
                message_id=f"<{uuid.uuid4()}@{settings.MAIL_DOMAIN}>",
                key=key,
                language=person.language,
                zone=person.zone,
                payload=payload or {},
                created_at=at,
            )
            for object_id, person, key in rows
        ],
        ignore_conflicts=True,
    )
    if due_at <= at:
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
    keys: Iterable[str], *, due_at: datetime, payload: dict[str, Any], channel: str = Channel.MAIL
) -> int:
    """Plans messages anew that were taken back, or that wait and shall be otherwise; how many.

    What was sent, or is past mending, is left as it is.
    """
    unsent = [MessageState.WITHDRAWN, MessageState.PLANNED]
    return Message.objects.filter(key__in=list(keys), state__in=unsent).update(
        state=MessageState.PLANNED,
        not_sent="",
        due_at=due_at,
        payload=payload,
        channel=channel,
        attempts=0,
    )
