"""Messages that a person wants gathered: kept until the next digest carries them.

A gathered message waits in its row. The digest is a row of its own, one for a person and an
instant, planned in the transaction that gathers the first message for it. Only when the digest has
left are its messages closed as sent, in the same transaction; until then each is asked anew
whether it is still true. A message that no digest waits for any more is decided anew.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from experts.domain import message_kinds, outbox, wishes
from experts.domain.message_kinds import Mail
from experts.domain.wishes import DIGEST, Decision
from experts.enums import Cadence, Channel, MessageState, NotSent, Topic
from experts.models import Message

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gathered:
    """A message for a digest, with what it is about (None where that is gone)."""

    message: Message
    about: Any


@dataclass(frozen=True)
class Line:
    """What a digest says of one message; `link` is a path, empty where there is no page."""

    topic: Topic
    subject: str
    link: str


@transaction.atomic
def gather(message: Message, decision: Decision, at: datetime) -> None:
    """Keeps a due message for the digest of `decision.due_at`, which is planned with it.

    Where that digest has left already, the message is asked about again at its hour: it then
    belongs to the next one.
    """
    due_at = decision.due_at or at
    planned = Message.objects.planned().filter(pk=message.pk)
    key = f"{DIGEST}:{message.person_id}:{due_at:%Y%m%dT%H%MZ}"
    outbox.plan(
        kind=DIGEST,
        object_id=message.person_id,
        person=message.person,
        due_at=due_at,
        key=key,
        at=at,
    )
    outbox.plan_again([key], due_at=due_at, payload={}, at=at)
    waits = Message.objects.planned().filter(key=key).select_for_update().exists()
    state = MessageState.GATHERED if waits else MessageState.PLANNED
    planned.update(state=state, due_at=due_at, lease_until=None)


def put_back(people: Iterable[int], *, at: datetime) -> int:
    """Lets the sender decide anew about what is gathered for these people; how many messages."""
    return _decide_anew(Message.objects.gathered().filter(person__in=list(people)), at)


def put_back_stranded(*, at: datetime) -> int:
    """The same for what is gathered and has no digest to wait for: it was cancelled or failed."""
    digest = Message.objects.planned().filter(kind=DIGEST, person=OuterRef("person"))
    return _decide_anew(Message.objects.gathered().filter(~Exists(digest)), at)


def _decide_anew(gathered: Any, at: datetime) -> int:
    found = gathered.update(state=MessageState.PLANNED, due_at=at, digest=None)
    if found:
        outbox.wake()
    return int(found)


def load(digests: Sequence[Message]) -> dict[int, list[Gathered]]:
    """What is gathered for the people of these digests, the oldest first."""
    people = {digest.person_id for digest in digests}
    rows = Message.objects.gathered().filter(person__in=people).order_by("created_at", "pk")
    by_kind: dict[str, list[Message]] = defaultdict(list)
    for message in rows.select_related("person__user"):
        by_kind[message.kind].append(message)
    found: dict[int, list[Gathered]] = defaultdict(list)
    for alike in by_kind.values():
        for one in _read(alike):
            found[one.message.person_id].append(one)
    return {digest.pk: found[digest.person_id] for digest in digests}


def _read(alike: list[Message]) -> list[Gathered]:
    """Messages of one kind with what they are about; one that cannot be read is parked."""
    about, broken = message_kinds.read(alike)
    for message in alike:
        if message.pk in broken:
            _park(message, broken[message.pk])
    return [Gathered(m, about.get(m.pk)) for m in alike if m.pk not in broken]


def has_news(_digest: Message, gathered: list[Gathered], at: datetime) -> bool:
    """Something of it is still true. What is not is withdrawn here, and what is broken parked."""
    return bool([one for one in gathered if _settled(one, at)])


def lines(digest: Message, gathered: list[Gathered], at: datetime) -> list[Line]:
    """What the digest says, topic by topic; its messages are noted as carried by it."""
    said = []
    for one in gathered:
        mail = _settled(one, at)
        if mail is None:
            continue
        said.append(Line(message_kinds.get(one.message.kind).topic, mail.subject, mail.link))
        Message.objects.gathered().filter(pk=one.message.pk).update(
            digest=digest, subject=mail.subject[:300], link=mail.link[:300]
        )
    order = list(Topic)
    return sorted(said, key=lambda line: order.index(line.topic))


def _settled(one: Gathered, at: datetime) -> Mail | None:
    """What a gathered message says now; None when it is closed unsent."""
    kind = message_kinds.get(one.message.kind)
    row = Message.objects.gathered().filter(pk=one.message.pk)
    try:
        with transaction.atomic():
            if one.about is not None and kind.still_true(one.message, one.about, at):
                return kind.render(one.message, one.about, at)
    except Exception as error:  # one unwritable message must not hold up the others
        _park(one.message, error)
        return None
    why = NotSent.GONE if one.about is None else NotSent.UNTRUE
    row.update(state=MessageState.WITHDRAWN, payload={}, not_sent=why)
    return None


def _park(message: Message, error: Exception) -> None:
    logger.error("Message %s could not be written into a digest.", message.pk, exc_info=error)
    row = Message.objects.gathered().filter(pk=message.pk)
    row.update(state=MessageState.PARKED, payload={}, last_error=type(error).__name__)


def close(digest: Message, at: datetime) -> None:
    """Closes the messages that a digest carried as sent with it.

    The digest itself counts as read: on the platform its messages stand one by one, but for those
    of topics that the person does not want to see there.
    """
    carried = Message.objects.gathered().filter(digest=digest)
    sent_at, chosen = digest.sent_at or at, wishes.of([digest.person])[digest.person_id]
    unseen = [topic for topic in Topic if chosen.cadence(topic, Channel.APP) == Cadence.OFF]
    kinds = [kind for topic in unseen for kind in message_kinds.about(topic)]
    carried.filter(kind__in=kinds).update(read_at=sent_at)
    carried.update(state=MessageState.SENT, sent_at=sent_at, payload={})
    Message.objects.filter(pk=digest.pk).update(read_at=sent_at)
