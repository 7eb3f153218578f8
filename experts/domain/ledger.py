"""Writes down beside the sender that a mail has left, while it talks to the mail server again.

A commit waits for the disk about as long as a mail waits for the mail server. So it runs in a
thread, with a connection of its own, while the next mail is handed over up to, but not including,
the end of its text: that leaves only when the row before is closed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection

from experts.domain.claiming import Claim
from experts.models import Message

# A mail that had to wait longer for the row before is written anew.
PATIENCE_SECONDS = 1.0


class Ledger:
    """Closes one row at a time; each closing tells whether the following row is still ours."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._closing: Future[bool] | None = None
        self._following: int | None = None

    def close(self, work: Callable[[], bool], following: int | None) -> None:
        """Begins a closing. The last mail, and a caller's own transaction, need no thread."""
        self.wait()
        self._closing, self._following = None, following
        if connection.in_atomic_block or (following is None and self._pool is None):
            done: Future[bool] = Future()
            done.set_result(work())
            self._closing = done
            return
        self._pool = self._pool or ThreadPoolExecutor(max_workers=1)
        self._closing = self._pool.submit(work)

    def wait(self) -> None:
        """Waits for the closing that runs. Raises what it raised."""
        if self._closing:
            self._closing.result()

    def lets_go(self, message: Message, claim: Claim) -> bool:
        """The row before is closed, and this message is still ours and was not taken back."""
        began = time.monotonic()
        closing, self._closing = self._closing, None
        is_ours = closing.result() if closing else False
        if closing is None or self._following != message.pk:
            is_ours = claim.rows([message.pk]).exists()
        return is_ours and time.monotonic() - began <= PATIENCE_SECONDS

    def end(self) -> None:
        """Waits, and gives the thread and its connection back. Raises what a closing raised."""
        pool, self._pool = self._pool, None
        try:
            self.wait()
        finally:
            self._closing = None
            if pool:
                pool.submit(_hang_up)
                pool.shutdown()


def _hang_up() -> None:
    """Closes the connection of the thread that runs this: each has one of its own."""
    connection.close()
