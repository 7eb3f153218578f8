"""Writes down beside the sender that a mail has left, while it talks to the mail server again.

A commit waits for the disk about as long as a mail waits for the mail server. So the statement is
only sent, over a connection of its own, and its answer read when it is needed: the mail server
agrees to take the next mail meanwhile, whose text leaves when the row before is closed. A thread
for it would cost more than the statement.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Self

import psycopg2
from django.db import connection
from psycopg2.extras import wait_select

from experts.domain.claiming import Claim
from experts.domain.closing import Closing, held
from experts.models import Message

# A mail that had to wait longer for the row before is written anew.
PATIENCE_SECONDS = 1.0
_SLOTS = Closing.statement.count("%s")
_PREPARE = "PREPARE close_row AS " + Closing.statement % tuple(f"${n + 1}" for n in range(_SLOTS))
_EXECUTE = f"EXECUTE close_row ({', '.join(['%s'] * _SLOTS)})"
_LOST = (psycopg2.OperationalError, psycopg2.InterfaceError)


class Ledger:
    """Closes one row at a time; each closing tells whether the following row is still ours."""

    def __init__(self) -> None:
        self._line: Any = None
        self._cursor: Any = None
        self._noted: Closing | None = None
        self._begun: Closing | None = None
        # The row that is known to be ours still, from the closing before.
        self._ours: int | None = None

    def close(self, closing: Closing) -> None:
        """Takes a closing that `begin` is to follow.

        Writes it at once where it is the last one or part of a transaction.
        """
        self.wait()
        if connection.in_atomic_block or closing.following is None or closing.has_consequences:
            self._ours = closing.following if closing.write() else None
        else:
            self._noted = closing

    def begin(self) -> None:
        """Gives the closing that was taken to the database."""
        closing, self._noted = self._noted, None
        if closing:
            self._begin(closing)

    def wait(self) -> None:
        """Waits for the closing that was taken or runs. Raises what it raised."""
        self.begin()
        closing, self._begun = self._begun, None
        if closing:
            self._ours = closing.following if self._is_held(closing) else None

    def lets_go(self, message: Message, claim: Claim) -> bool:
        """The row before is closed, and this message is still ours and was not taken back."""
        began = time.monotonic()
        self.wait()
        is_ours = self._ours == message.pk or claim.rows([message.pk]).exists()
        self._ours = None
        return is_ours and time.monotonic() - began <= PATIENCE_SECONDS

    def forget(self) -> None:
        """Waits, and knows of no row that is ours. Raises what a closing raised."""
        try:
            self.wait()
        finally:
            self._ours = None

    def _begin(self, closing: Closing) -> None:
        self._begun = closing
        try:
            if self._line is None:
                self._call()
            self._cursor.execute(_EXECUTE, closing.values)
        except _LOST:
            self._hang_up()

    def _call(self) -> None:
        """Opens the line, and has the statement planned once for all its uses."""
        self._line = psycopg2.connect(**connection.get_connection_params(), async_=1)
        wait_select(self._line)
        self._cursor = self._line.cursor()
        self._cursor.execute(_PREPARE)
        wait_select(self._line)

    def _is_held(self, closing: Closing) -> bool:
        """The answer of the statement; where the line broke, it is written once more."""
        if self._line is None:
            return closing.write()
        try:
            wait_select(self._line)
            return held(self._cursor.fetchone())
        except _LOST:
            self._hang_up()
            return closing.write()

    def _hang_up(self) -> None:
        line, self._line, self._cursor = self._line, None, None
        if line is not None:
            line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._hang_up()
