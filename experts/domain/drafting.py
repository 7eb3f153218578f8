"""One message on its way to being a mail: decided by what is true, worded, put together."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import translation

from experts.domain import closing, composing, digests, mail_words, message_kinds, wishes
from experts.domain.delivering import Parcel
from experts.domain.message_kinds import MessageKind
from experts.domain.reading import Read, followed
from experts.domain.wishes import Decision, Deed
from experts.enums import Channel, MessageState, NotSent
from experts.models import Message

logger = logging.getLogger(__name__)

FRESH_SECONDS = 1.0
# A reminder waits for the invitation that is still on its way.
PATIENCE = timedelta(minutes=15)


class Ready(NamedTuple):
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


def draft(message: Message, read: Read, at: datetime, *, is_sure: bool = False) -> Prepared:
    """What becomes of a message at `at`, written where it is a mail.

    With `is_sure` what another message became of is known for good: the mail is not put off again.
    Raises what says that the database is lost.
    """
    language = mail_words.spoken(message.language)
    try:
        # Changing the language and back takes as long as wording a mail: not where it is spoken.
        if translation.get_language() == language:
            return _drafted(message, read, at, is_sure=is_sure)
        with translation.override(language):
            return _drafted(message, read, at, is_sure=is_sure)
    except closing.LOST:
        raise
    except Exception as error:  # one unwritable mail must not hold up the others
        logger.exception("Message %s could not be written.", message.pk)
        return _parked(message, error)


def _drafted(message: Message, read: Read, at: datetime, *, is_sure: bool) -> Prepared:
    if message.pk in read.broken:
        raise read.broken[message.pk]
    kind = message_kinds.get(message.kind)
    about = read.about.get(message.pk)
    if untold := _untold(message, kind, about, read, at, is_sure=is_sure):
        return untold
    decision = wishes.decide(message, kind, read.wishes[message.person_id], at)
    if unmailed := _unmailed(message, decision, at):
        return unmailed
    content = kind.render(message, about, at)
    if decision.deed == Deed.APP:
        return Settled("shown", lambda: _shown(message, content.subject, content.link, at))
    parcel = composing.compose(message, content, kind)
    return Ready(message, parcel, content.subject, content.link, decision.silent, read.at)


def _untold(
    message: Message, kind: MessageKind, about: Any, read: Read, at: datetime, *, is_sure: bool
) -> Prepared | None:
    """What becomes of a message that cannot be told now; None for one that can."""
    if about is None:
        return _dropped(message, NotSent.GONE)
    if not kind.still_true(message, about, at):
        return _dropped(message, NotSent.UNTRUE)
    leader = followed(message)
    before = read.before.get(leader) if leader else None
    if before in (MessageState.PLANNED, MessageState.PARKED):
        if not is_sure:
            return Unsure(message)
        return Settled("later", lambda: closing.put_off(message, at + PATIENCE))
    if before in (MessageState.FAILED, MessageState.BOUNCED):
        return _dropped(message, NotSent.SUPPRESSED)
    return None


def _unmailed(message: Message, decision: Decision, at: datetime) -> Settled | None:
    """What a person's wishes make of a message that no words are needed for."""
    if decision.deed == Deed.DROP:
        return _dropped(message, decision.not_sent)
    if decision.deed == Deed.LATER:
        later = decision.due_at or at + PATIENCE
        return Settled("later", lambda: closing.put_off(message, later))
    if decision.deed == Deed.GATHER:
        return Settled("gathered", lambda: digests.gather(message, decision, at))
    return None


def _parked(message: Message, error: Exception) -> Settled:
    return Settled("parked", lambda: closing.parked(message, error))


def _dropped(message: Message, why: str) -> Settled:
    return Settled("withdrawn", lambda: closing.withdrawn(message, why))


def _shown(message: Message, subject: str, link: str, at: datetime) -> None:
    closing.Closing(message, subject, link, at, channel=Channel.APP).write()
