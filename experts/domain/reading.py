"""What messages are about and what they hang on, read together for many of them.

These questions are asked for every few mails, so their SQL is written once and then only filled in.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cop_platform.common.prepared import KeysSlot, Prepared, Slot, TextsSlot
from experts.domain import message_kinds, wishes
from experts.domain.wishes import Wishes
from experts.enums import MessageState
from experts.models import Message

# Kind, object and person of a mail.
Followed = tuple[str, int, int]

# Those of some messages that are still leased until then, in no order.
_ROWS = Prepared(
    lambda: (
        Message.objects.planned()
        .filter(pk__in=KeysSlot("keys"), lease_until=Slot("until"))
        .select_related("person")
        .order_by()
    )
)
_NOT_SENT = Prepared(
    lambda: (
        Message.objects.filter(kind__in=TextsSlot("kinds"), object_id__in=KeysSlot("objects"))
        .filter(person__in=KeysSlot("people"))
        .exclude(state=MessageState.SENT)
        .order_by("pk")
        .values_list("kind", "object_id", "person_id", "state")
    )
)


@dataclass
class Read:
    """Messages and what they depend on, read together."""

    messages: list[Message]
    at: float
    about: dict[int, Any] = field(default_factory=dict)
    wishes: dict[int, Wishes] = field(default_factory=dict)
    before: dict[Followed, str] = field(default_factory=dict)
    broken: dict[int, Exception] = field(default_factory=dict)


def read(keys: list[int], until: datetime) -> Read:
    """Reads messages in their order, by a number of queries that does not grow with them.

    Leaves out those no longer leased until `until`: taken back, or by another sender.
    """
    began = time.monotonic()
    rows = {row.pk: row for row in _ROWS.all(keys=keys, until=until)}
    found = Read([rows[key] for key in keys if key in rows], began)
    by_kind: dict[str, list[Message]] = defaultdict(list)
    for message in found.messages:
        by_kind[message.kind].append(message)
    for messages in by_kind.values():
        about, broken = message_kinds.read(messages)
        found.about |= about
        found.broken |= broken
    found.wishes = wishes.of({m.person_id: m.person for m in found.messages}.values())
    found.before = _before(found)
    return found


def followed(message: Message) -> Followed | None:
    """What names the mail that this one follows; None for one that stands alone."""
    kind = message_kinds.follows(message.kind)
    return (kind, message.object_id, message.person_id) if kind else None


def _before(found: Read) -> dict[Followed, str]:
    """The states of the mails that these follow, of those that did not go out."""
    wanted = [key for message in found.messages if (key := followed(message))]
    if not wanted:
        return {}
    kinds, objects, people = (list(set(column)) for column in zip(*wanted, strict=True))
    rows = _NOT_SENT.all(kinds=kinds, objects=objects, people=people)
    return {(kind, about, who): state for kind, about, who, state in rows}
