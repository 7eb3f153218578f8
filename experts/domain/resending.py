"""A message is sent once more: a new mail about the same thing, with a Message-ID of its own."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cop_platform.common import jobs
from experts.domain import message_kinds
from experts.domain.fitting import SEND_NOW
from experts.domain.outbox import TASK
from experts.domain.outbox_deeds import WAITING, fit, locked, record
from experts.enums import MessageState, NotSent
from experts.models import Message, SuppressedAddress, User

OVER = {MessageState.SENT, MessageState.BOUNCED, MessageState.FAILED, MessageState.PARKED}
# Two clicks are one wish; after this long a third mail is one again.
REST = timedelta(minutes=10)
_AGAIN = ":again:"

# What a message of a kind needs to know to be written once more, from what it is about today.
Remake = Callable[[Any], dict[str, Any]]
_remakes: dict[str, Remake] = {}


def register(kind: str, remake: Remake) -> None:
    """Lets messages of a kind be sent once more; called in AppConfig.ready."""
    _remakes[kind] = remake


@dataclass(frozen=True)
class Repetition:
    """A message and what would be sent once more, or why nothing would be."""

    message: Message
    again: Message | None
    why_not: str = ""


def why_not(message: Message) -> str:
    """Why a message cannot be sent once more, as far as it shows without asking for more."""
    if message.state not in OVER:
        return _("Only a mail that was sent or refused can be sent again.")
    if message.kind not in _remakes:
        return _("Mails of this kind are not sent again from here.")
    return ""


def rehearse(messages: Sequence[Message], *, at: datetime) -> list[Repetition]:
    """What sending these once more would do, one line a message; nothing is written.

    A constant number of queries for each kind. Of several repetitions of one message, one counts.
    """
    silent = suppressed(messages)
    about = _about([m for m in messages if not why_not(m)])
    before = _repeated(messages)
    found, taken = [], set()
    for message in messages:
        first = root(message.key)
        refusal = why_not(message) or (
            _("Mails to this address come back. Correct it, or say that it is right.")
            if message.pk in silent
            else _("It was sent again just now.")
            if first in taken or any(_is_fresh(m, at) for m in before[first])
            else ""
        )
        again = None if refusal else _again(message, about, len(before[first]) + 1, at)
        if again is not None:
            taken.add(first)
        elif not refusal:
            refusal = _("What it says is no longer true.")
        found.append(Repetition(message, again, refusal))
    return found


@transaction.atomic
def resend(*, message_ids: Iterable[int], by: User, at: datetime) -> list[Message]:
    """Sends messages once more, those that can be; the new ones.

    A mail that never arrived gives its place among the open matters to the new one. Doing it
    twice sends once. Raises Refused; DoesNotFit where none can be sent, and none was just now.
    """
    found = locked(message_ids, by)
    # Repetitions of one message are counted by its first row: two at once wait for each other.
    list(Message.objects.filter(key__in={root(m.key) for m in found}).select_for_update())
    lines = rehearse(found, at=at)
    made = [line.again for line in lines if line.again]
    Message.objects.bulk_create(made)
    _settle([line.message for line in lines if line.again])
    for message in made:
        record("message sent again", message, by, at)
    if not made and not _were_sent_just_now(found, at):
        fit(lines[0].why_not)
    jobs.enqueue(TASK)
    return made


def suppressed(messages: Iterable[Message]) -> set[int]:
    """Keys of the messages whose address gets no mail any more; one query."""
    addresses = {m.pk: m.person.email.lower() for m in messages}
    rows = SuppressedAddress.objects.filter(email__in=set(addresses.values()))
    held = set(rows.values_list("email", flat=True))
    return {pk for pk, address in addresses.items() if address in held}


def root(key: str) -> str:
    """The key of the first message of a row of repetitions."""
    return key.partition(_AGAIN)[0]


def repetitions(key: str) -> Q:
    """The condition for the repetitions of the message with that key."""
    return Q(key__startswith=root(key) + _AGAIN)


def _repeated(messages: Iterable[Message]) -> dict[str, list[Message]]:
    """The repetitions there are, by the key of the first message."""
    wanted = Q(pk__in=[])
    for message in messages:
        wanted |= repetitions(message.key)
    found: dict[str, list[Message]] = defaultdict(list)
    for again in Message.objects.filter(wanted):
        found[root(again.key)].append(again)
    return found


def _is_fresh(again: Message, at: datetime) -> bool:
    return again.state in WAITING or again.created_at > at - REST


def _were_sent_just_now(messages: Sequence[Message], at: datetime) -> bool:
    return any(_is_fresh(m, at) for rows in _repeated(messages).values() for m in rows)


def _about(messages: Sequence[Message]) -> dict[int, Any]:
    """What the messages are about, by their key; those whose object is gone are left out."""
    by_kind: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        by_kind[message.kind].append(message)
    found: dict[int, Any] = {}
    for kind, rows in by_kind.items():
        found |= message_kinds.get(kind).load(rows)
    return found


def _again(message: Message, about: dict[int, Any], number: int, at: datetime) -> Message | None:
    """The repetition; None where there is nothing true to say any more."""
    if message.pk not in about:
        return None
    person = message.person
    again = Message(
        kind=message.kind,
        object_id=message.object_id,
        person=person,
        channel=message.channel,
        due_at=at,
        not_after=message.not_after,
        message_id=f"<{uuid.uuid4()}@{settings.MAIL_DOMAIN}>",
        key=f"{root(message.key)}{_AGAIN}{number}",
        language=person.language,
        zone=person.zone,
        payload={**_remakes[message.kind](about[message.pk]), SEND_NOW: True},
        created_at=at,
    )
    kind = message_kinds.get(message.kind)
    return again if kind.still_true(again, about[message.pk], at) else None


def _settle(messages: Iterable[Message]) -> None:
    """What was refused, unwritable or came back is an open matter no more."""
    open_matters = OVER - {MessageState.SENT}
    Message.objects.filter(pk__in=[m.pk for m in messages], state__in=open_matters).update(
        state=MessageState.WITHDRAWN, not_sent=NotSent.TAKEN_BACK
    )
