"""Writing mails a little ahead of sending them, from what is true now.

How stale may the truth be? What a mail says was read at most FRESH_SECONDS before its first byte
goes to the mail server; a slower line makes the sender read again, mail by mail. Whether the row
was taken back, as a move or a cancellation does in its own transaction, is asked once more when
the mail before it is closed.
"""

from __future__ import annotations

import time
from datetime import datetime

from experts.domain.claiming import Claim
from experts.domain.drafting import (
    FRESH_SECONDS,
    Prepared,
    Ready,
    Settled,
    Unsure,
    draft,
)
from experts.domain.reading import Read, read
from experts.models import Message

__all__ = ["FRESH_SECONDS", "Prepared", "Ready", "Settled", "Unsure", "Writer"]

# Read at once; fewer where the mail server is slow.
AHEAD = 300


class Writer:
    """Writes the messages of one claim in order."""

    def __init__(self, claim: Claim, at: datetime) -> None:
        self.claim = claim
        self._at = at
        self._left = list(claim.keys)
        self._read = Read([], 0.0)
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
        prepared = draft(self._read.messages[0], self._read, self._at)
        del self._read.messages[0]
        return prepared

    def again(self, message: Message) -> Prepared | None:
        """The same message from what is true this very moment; None when it is ours no more."""
        found = read([message.pk], self.claim.until)
        if not found.messages:
            return None
        return draft(found.messages[0], found, self._at, is_sure=True)

    def _read_on(self) -> None:
        """Reads the next few; half as many where the last ones grew old before their turn."""
        unused, left = len(self._read.messages), self.left
        self._size = max(1, self._size // 2) if unused else min(AHEAD, self._size * 2)
        found = read(left[: self._size], self.claim.until)
        self._read, self._left = found, left[self._size :]
