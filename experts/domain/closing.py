"""How a row of the outbox ends, or goes back into it: one statement each.

`attempts` counts what was tried; the words of the payload are forgotten when a row is closed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from experts.domain import message_kinds
from experts.enums import Channel, MessageState
from experts.models import Message

logger = logging.getLogger(__name__)

LOST = message_kinds.LOST
# A refusal for now (4xx, no connection): when to try again, in order; then the row fails.
BACK_OFF = [timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 900)]
# A mail that left is written down even if the database restarts in this moment.
PATIENCE_SECONDS = 15.0
_TABLE = Message._meta.db_table
# Closes one row and, in the same round trip, looks whether the next is still the sender's. What
# was taken back while it was on its way was sent all the same, and the contact log says so.
_CLOSE = f"""
UPDATE {_TABLE}
SET state = '{MessageState.SENT}', attempts = attempts + 1, lease_until = NULL, payload = '{{}}',
    last_error = '', not_sent = '', subject = %s, link = %s, channel = %s, sent_at = %s,
    read_at = %s
WHERE id = %s AND state IN ('{MessageState.PLANNED}', '{MessageState.WITHDRAWN}')
RETURNING EXISTS (
  SELECT FROM {_TABLE} WHERE id = %s AND state = '{MessageState.PLANNED}' AND lease_until = %s
)
"""  # noqa: S608  names of our own, no input
Result = TypeVar("Result")


@dataclass(frozen=True)
class Closing:
    """A row that is closed as sent, and the row `following` that is held until `until`.

    What a person does not want put before them on the platform (`silent`) counts as read.
    """

    message: Message
    subject: str
    link: str
    at: datetime
    silent: bool = False
    channel: Channel = Channel.MAIL
    following: int | None = None
    until: datetime | None = None
    sent_at: datetime = field(default_factory=timezone.now)

    statement = _CLOSE

    @property
    def values(self) -> list[Any]:
        """What fills the statement."""
        read_at = self.sent_at if self.silent else None
        return [
            *(self.subject[:300], self.link[:300], self.channel.value, self.sent_at, read_at),
            *(self.message.pk, self.following, self.until),
        ]

    @property
    def has_consequences(self) -> bool:
        """Something else is written with it, in the same transaction."""
        return message_kinds.get(self.message.kind).when_sent is not None

    def write(self) -> bool:
        """Closes the row; True where the one that follows is known to be held still.

        Insists through a restart of the database. Written twice it changes nothing more.
        """
        when_sent = message_kinds.get(self.message.kind).when_sent
        if when_sent is None:
            return _insisting(self._write)
        self.message.subject, self.message.link = self.subject, self.link
        self.message.sent_at = self.sent_at

        @transaction.atomic
        def close_and_tell() -> bool:
            found = self._write()
            try:
                with transaction.atomic():
                    when_sent(self.message, self.at)
            except LOST:
                raise
            except Exception:  # the mail has left: the row must say so, whatever follows from it
                logger.exception("What follows from %s could not be done.", self.message.pk)
            return found

        return _insisting(close_and_tell)

    def _write(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(self.statement, self.values)
            return held(cursor.fetchone())


def held(found: tuple[bool] | None) -> bool:
    """What the statement found of the following row; None where the row was closed already."""
    return found is not None and found[0]


def withdrawn(message: Message, why: str) -> None:
    """Closes a row that is not sent."""
    _close(message, MessageState.WITHDRAWN, not_sent=why)


def parked(message: Message, error: Exception) -> None:
    """Sets a row aside that cannot be written."""
    _close(message, MessageState.PARKED, last_error=type(error).__name__)


def failed(message: Message, reason: str) -> None:
    """Closes a row that the mail server refused for good."""
    _close(message, MessageState.FAILED, last_error=reason[:300])


def retried(message: Message, reason: str, at: datetime) -> bool:
    """Plans another attempt; False when all were made and the row failed instead."""
    if message.attempts >= len(BACK_OFF):
        failed(message, reason)
        return False
    again = at + BACK_OFF[message.attempts]
    _update(message, attempts=F("attempts") + 1, due_at=again, last_error=reason[:300])
    return True


def put_off(message: Message, due_at: datetime) -> None:
    """Plans a row that may wait for later."""
    _update(message, due_at=due_at)


def _close(message: Message, state: MessageState, **values: str) -> None:
    _update(message, state=state, attempts=F("attempts") + 1, payload={}, **values)


def _update(message: Message, **values: object) -> None:
    rows = Message.objects.planned().filter(pk=message.pk)
    rows.update(lease_until=None, **values)


def _insisting(write: Callable[[], Result]) -> Result:
    """Writes, through a restart of the database as well. Raises when it stays away."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return write()
        except LOST:
            if connection.in_atomic_block or time.monotonic() > give_up:
                raise
            connection.close()
            time.sleep(0.2)
