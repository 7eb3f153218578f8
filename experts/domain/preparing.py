"""Writing mails a little ahead of sending them, from what is true now.

How stale may the truth be? What a mail says was read at most FRESH_SECONDS before its first byte
goes to the mail server; a slower line makes the sender read again, mail by mail. Whether the row
was taken back, as a move or a cancellation does in its own transaction, is asked once more when
the mail before it is closed.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation

from experts.domain import closing, composing, digests, mail_words, message_kinds, wishes
from experts.domain.claiming import Claim
from experts.domain.delivering import Parcel
from experts.domain.message_kinds import MessageKind
from experts.domain.wishes import Deed, Wishes
from experts.enums import Channel, MessageState, NotSent
from experts.models import Message

logger = logging.getLogger(__name__)

# Read at once; fewer where the mail server is slow.
AHEAD = 200
FRESH_SECONDS = 1.0
# A reminder waits for the invitation that is still on its way.
PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True)
class Ready:
    """A mail that can go out."""

    message: Message
    parcel: Parcel
    subject: str
    link: str
    silent: bool
    read_at: float

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.read_at <= FRESH_SECONDS


@dataclass(frozen=True)
class Unsure:
    """A message that depends on what becomes of another one; asked again when its turn comes."""

    message: Message


@dataclass(frozen=True)
class Settled:
    """A message that is not mailed now; `close` writes that down, `count` names the sum."""

    count: str
    close: Callable[[], object]


Prepared = Ready | Unsure | Settled
# Kind, object and person of a mail.
Followed = tuple[str, int, int]


@dataclass
class _Read:
    """Messages and what they depend on, read together."""

    messages: list[Message]
    at: float
    about: dict[int, Any] = field(default_factory=dict)
    wishes: dict[int, Wishes] = field(default_factory=dict)
    before: dict[Followed, str] = field(default_factory=dict)
    broken: dict[int, Exception] = field(default_factory=dict)


class Writer:
    """Writes the messages of one claim in order."""

    def __init__(self, claim: Claim, at: datetime) -> None:
        self.claim = claim
        self._at = at
        self._left = list(claim.keys)
        self._read = _Read([], 0.0)
        self._size = AHEAD

    @property
    def left(self) -> list[int]:
        """The keys not yet given out."""
        return [message.pk for message in self._read.messages] + self._left

    def next(self) -> Prepared | None:
        """The next message, written or settled; None at the end."""
        while not self._read.messages or time.monotonic() - self._read.at > FRESH_SECONDS:
            if not self.left:
                return None
            self._read_on()
        prepared = self._prepare(self._read.messages[0], self._read, is_sure=False)
        del self._read.messages[0]
        return prepared

    def again(self, message: Message) -> Prepared | None:
        """The same message from what is true this very moment; None when it is ours no more."""
        found = _read(self.claim, [message.pk], self._at)
        return self._prepare(found.messages[0], found, is_sure=True) if found.messages else None

    def _read_on(self) -> None:
        """Reads the next few; half as many where the last ones grew old before their turn."""
        unused, left = len(self._read.messages), self.left
        self._size = max(1, self._size // 2) if unused else min(AHEAD, self._size * 2)
        found = _read(self.claim, left[: self._size], self._at)
        self._read, self._left = found, left[self._size :]

    def _prepare(self, message: Message, read: _Read, *, is_sure: bool) -> Prepared:
        try:
            if message.pk in read.broken:
                raise read.broken[message.pk]
            with translation.override(mail_words.spoken(message.language)):
                return _decided(message, read, self._at, is_sure=is_sure)
        except closing.LOST:
            raise
        except Exception as error:  # one unwritable mail must not hold up the others
            logger.exception("Message %s could not be written.", message.pk)
            parked = error
            return Settled("parked", lambda: closing.parked(message, parked))


def _read(claim: Claim, keys: list[int], at: datetime) -> _Read:
    """Reads messages in their order, by a number of queries that does not grow with them."""
    began = time.monotonic()
    rows = claim.rows(keys).select_related("person__user").in_bulk()
    read = _Read([rows[key] for key in keys if key in rows], began)
    by_kind: dict[str, list[Message]] = defaultdict(list)
    for message in read.messages:
        by_kind[message.kind].append(message)
    for messages in by_kind.values():
        about, broken = message_kinds.read(messages)
        read.about |= about
        read.broken |= broken
    read.wishes = wishes.of({m.person_id: m.person for m in read.messages}.values())
    read.before = _before(read)
    return read


def _before(read: _Read) -> dict[Followed, str]:
    """The states of the mails that these follow, of those that did not go out."""
    wanted = [key for message in read.messages if (key := _followed(message))]
    if not wanted:
        return {}
    kinds, objects, people = (set(column) for column in zip(*wanted, strict=True))
    rows = Message.objects.filter(kind__in=kinds, object_id__in=objects, person__in=people)
    found = rows.exclude(state=MessageState.SENT).order_by("pk")
    names = ("kind", "object_id", "person_id", "state")
    return {(kind, about, who): state for kind, about, who, state in found.values_list(*names)}


def _followed(message: Message) -> Followed | None:
    """What names the mail that this one follows; None for one that stands alone."""
    kind = message_kinds.follows(message.kind)
    return (kind, message.object_id, message.person_id) if kind else None


def _decided(message: Message, read: _Read, at: datetime, *, is_sure: bool) -> Prepared:
    kind = message_kinds.get(message.kind)
    about = read.about.get(message.pk)
    if about is None:
        return _dropped(message, NotSent.GONE)
    if not kind.still_true(message, about, at):
        return _dropped(message, NotSent.UNTRUE)
    followed = _followed(message)
    before = read.before.get(followed) if followed else None
    if before in (MessageState.PLANNED, MessageState.PARKED):
        if not is_sure:
            return Unsure(message)
        return Settled("later", lambda: closing.put_off(message, at + PATIENCE))
    if before in (MessageState.FAILED, MessageState.BOUNCED):
        return _dropped(message, NotSent.SUPPRESSED)
    return _as_wished(message, kind, about, read, at)


def _as_wished(
    message: Message, kind: MessageKind, about: Any, read: _Read, at: datetime
) -> Prepared:
    decision = wishes.decide(message, kind, read.wishes[message.person_id], at)
    if decision.deed == Deed.DROP:
        return _dropped(message, decision.not_sent)
    if decision.deed == Deed.LATER:
        later = decision.due_at or at + PATIENCE
        return Settled("later", lambda: closing.put_off(message, later))
    if decision.deed == Deed.GATHER:
        return Settled("gathered", lambda: digests.gather(message, decision, at))
    content = kind.render(message, about, at)
    if decision.deed == Deed.APP:
        return Settled("shown", lambda: _shown(message, content.subject, content.link, at))
    parcel = composing.compose(message, content, kind)
    return Ready(message, parcel, content.subject, content.link, decision.silent, read.at)


def _dropped(message: Message, why: str) -> Settled:
    return Settled("withdrawn", lambda: closing.withdrawn(message, why))


def _shown(message: Message, subject: str, link: str, at: datetime) -> None:
    closing.Closing(message, subject, link, at, channel=Channel.APP).write()
