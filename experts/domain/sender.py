"""The sender: takes due messages out of the outbox, one batch over one SMTP connection.

SMTP cannot promise "exactly once": between the server's 250 and our commit lies a window in which
a killed worker sends one message again. It then carries the same Message-ID, which mail clients
show once. The window is never wider than one mail: the next one's text leaves only after the
commit. What can be done while server or disk are busy is done then: the row before is closed while
the server hears of the next mail, and the one after it written while it takes the text.
"""

from __future__ import annotations

import gc
import logging
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from experts.domain import claiming, closing, delivering, suppression
from experts.domain.claiming import CLAIM_LOCK, Claim
from experts.domain.closing import BACK_OFF, LOST, Closing
from experts.domain.delivering import ERRORS, Line
from experts.domain.ledger import Ledger
from experts.domain.preparing import Prepared, Ready, Settled, Unsure, Writer

__all__ = ["BACK_OFF", "CLAIM_LOCK", "LOST", "Drained", "send_due"]

logger = logging.getLogger(__name__)

# Between batches what is urgent overtakes, and a pause begins: so long does nobody wait for it.
BATCH_SECONDS = 10.0
# How often a run goes on after the database hung up on it, and how long it waits each time.
RESTARTS = 5
RESTART_SECONDS = 2.0


@dataclass
class Drained:
    """How a run of the sender ended, in rows.

    `shown` stands on the platform only, `later` waits for a better hour, `gathered` for a digest.
    """

    sent: int = 0
    retried: int = 0
    failed: int = 0
    withdrawn: int = 0
    parked: int = 0
    shown: int = 0
    later: int = 0
    gathered: int = 0

    def count(self, name: str) -> None:
        setattr(self, name, getattr(self, name) + 1)

    @property
    def total(self) -> int:
        return sum(vars(self).values())


def send_due(*, at: datetime) -> Drained:
    """Sends every message due at `at`, batch by batch, one SMTP connection a batch.

    Safe beside other senders: a batch is leased by the real clock, and one sender works at a time.
    A database that restarts meanwhile costs a pause. Raises OperationalError when it stays away.
    """
    result = Drained()
    with Ledger() as ledger:
        _drain(at, result, ledger)
    return result


def _drain(at: datetime, result: Drained, ledger: Ledger) -> None:
    claim: Claim | None = None
    restarts = 0
    while True:
        try:
            if claim:
                claim.release(claim.keys)
            claim = claiming.claim(at)
            if not claim.keys:
                return
            with _no_collections():
                is_up = _Batch(claim, at, result, ledger).send()
            if not is_up:
                return
            claim = None
        except LOST:
            restarts += 1
            if connection.in_atomic_block or restarts > RESTARTS:
                raise
            logger.warning("The database hung up on the sender; it goes on in a moment.")
            connection.close()
            time.sleep(RESTART_SECONDS)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Keeps Python from looking for dead cycles during the block.

    It would find the rows of the batch alive again and again, take them for long-lived, and so look
    through every object of the process every few thousand mails, which takes as long as 200 mails.
    What a batch leaves is found after it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Batch:
    """One claim on its way over one line."""

    def __init__(self, claim: Claim, at: datetime, result: Drained, ledger: Ledger) -> None:
        self._claim = claim
        self._at = at
        self._result = result
        self._writer = Writer(claim, at)
        self._line = Line(ledger.begin)
        self._ledger = ledger

    def send(self) -> bool:
        """Sends all of it, or as much as its time allows; False when the mail server is away.

        The rest is then released untried: a hanging server must cost one time-out a tick.
        """
        until = time.monotonic() + BATCH_SECONDS
        try:
            turn = self._next()
            while ready := self._sure(turn):
                turn, is_up = self._send_one(ready)
                if not is_up or time.monotonic() > until:
                    self._release(turn)
                    return is_up
        finally:
            self._line.close()
            self._ledger.forget()
        return True

    def _send_one(self, ready: Ready) -> tuple[Ready | Unsure | None, bool]:
        """Sends a mail and closes its row; gives the one after it, and whether the line works."""
        following: Ready | Unsure | None = None
        is_ours = False
        if not self._line.is_open:
            self._ledger.begin()  # the row before is not kept waiting for a connection
        try:
            self._line.begin(ready.parcel)
            if not self._ledger.lets_go(ready.message, self._claim):
                self._line.abandon()
                return Unsure(ready.message), True
            is_ours = True
            self._line.end()
            # A database that is lost now must not keep us from hearing that the mail was taken.
            with suppress(*LOST):
                following = self._next()
            self._line.wait_until_taken()
        except ERRORS as error:
            self._line.recover(error)
            if not (is_ours or self._ledger.lets_go(ready.message, self._claim)):
                return Unsure(ready.message), True
            self._refused(ready, error)
            return following or self._next(), not delivering.is_connection_lost(error)
        self._close(ready, following)
        return following or self._next(), True

    def _close(self, ready: Ready, following: Ready | Unsure | None) -> None:
        self._ledger.close(
            Closing(
                ready.message,
                ready.subject,
                ready.link,
                self._at,
                silent=ready.silent,
                following=following.message.pk if following else None,
                until=self._claim.until,
            )
        )
        self._result.sent += 1

    def _sure(self, turn: Ready | Unsure | None) -> Ready | None:
        """The mail whose turn it is, read again where it is not fresh; None at the end."""
        while turn is not None:
            self._prolong(turn)
            if isinstance(turn, Ready) and turn.is_fresh:
                return turn
            self._ledger.wait()
            turn = self._settled(self._writer.again(turn.message)) or self._next()
        return None

    def _next(self) -> Ready | Unsure | None:
        while (prepared := self._writer.next()) is not None:
            if turn := self._settled(prepared):
                return turn
        return None

    def _settled(self, prepared: Prepared | None) -> Ready | Unsure | None:
        """Writes down what is not mailed; gives what is."""
        if not isinstance(prepared, Settled):
            return prepared
        prepared.close()
        self._result.count(prepared.count)
        return None

    def _prolong(self, turn: Ready | Unsure) -> None:
        if self._claim.runs_out:
            self._claim.prolong([turn.message.pk, *self._writer.left])

    def _release(self, turn: Ready | Unsure | None) -> None:
        untried = [turn.message.pk] if turn else []
        self._claim.release([*untried, *self._writer.left])

    def _refused(self, ready: Ready, error: Exception) -> None:
        reason = delivering.reason(error)
        if delivering.is_final(error):
            closing.failed(ready.message, reason)
            self._result.failed += 1
            if isinstance(error, smtplib.SMTPRecipientsRefused):
                suppression.after_refusal(ready.message, reason)
        elif closing.retried(ready.message, reason, self._at):
            self._result.retried += 1
        else:
            self._result.failed += 1
