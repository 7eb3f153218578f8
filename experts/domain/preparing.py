"""Writing mails a little ahead of sending them, from what is true now.

How stale may the truth be? What a mail says was read at most FRESH_SECONDS before its first byte
goes to the mail server; a slower line makes the sender read again, mail by mail. Whether the row
was taken back, as a move or a cancellation does in its own transaction, is asked once more when
the mail before it is closed.
"""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import suppress
from datetime import datetime

from experts.domain import closing, message_kinds, wishes
from experts.domain.claiming import Claim
from experts.domain.drafting import (
    FRESH_SECONDS,
    Draft,
    Followed,
    Prepared,
    Read,
    Ready,
    Settled,
    Unsure,
    followed,
)
from experts.enums import MessageState
from experts.models import Message

__all__ = ["FRESH_SECONDS", "Prepared", "Ready", "Settled", "Unsure", "Writer"]

# Read at once; fewer where the mail server is slow.
AHEAD = 200


class Writer:
    """Writes the messages of one claim in order."""

    def __init__(self, claim: Claim, at: datetime) -> None:
        self.claim = claim
        self._at = at
        self._left = list(claim.keys)
        self._read = Read([], 0.0)
        self._draft: Draft | None = None
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
        draft = self._draft or self._begun()
        self._draft = None
        prepared = draft.finished()
        del self._read.messages[0]
        return prepared

    def work(self) -> bool:
        """A little of what `next` will give; False where there is nothing to do before it.

        For the moments in which a sender waits for an answer. Asks for no new rows.
        """
        if not self._read.messages:
            return False
        draft = self._draft or self._begun()
        if draft.prepared is not None:
            return False
        self._draft = None
        # `next` writes it from the start, and says so where the database is still lost.
        with suppress(*closing.LOST):
            draft.step()
            self._draft = draft
        return self._draft is not None

    def again(self, message: Message) -> Prepared | None:
        """The same message from what is true this very moment; None when it is ours no more."""
        found = _read(self.claim, [message.pk], self._at)
        if not found.messages:
            return None
        return Draft(found.messages[0], found, self._at, is_sure=True).finished()

    def _begun(self) -> Draft:
        return Draft(self._read.messages[0], self._read, self._at)

    def _read_on(self) -> None:
        """Reads the next few; half as many where the last ones grew old before their turn."""
        unused, left = len(self._read.messages), self.left
        self._size = max(1, self._size // 2) if unused else min(AHEAD, self._size * 2)
        found = _read(self.claim, left[: self._size], self._at)
        self._read, self._left = found, left[self._size :]
        self._draft = None


def _read(claim: Claim, keys: list[int], at: datetime) -> Read:
    """Reads messages in their order, by a number of queries that does not grow with them."""
    began = time.monotonic()
    rows = claim.rows(keys).select_related("person").order_by().in_bulk()
    read = Read([rows[key] for key in keys if key in rows], began)
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


def _before(read: Read) -> dict[Followed, str]:
    """The states of the mails that these follow, of those that did not go out."""
    wanted = [key for message in read.messages if (key := followed(message))]
    if not wanted:
        return {}
    kinds, objects, people = (set(column) for column in zip(*wanted, strict=True))
    rows = Message.objects.filter(kind__in=kinds, object_id__in=objects, person__in=people)
    found = rows.exclude(state=MessageState.SENT).order_by("pk")
    names = ("kind", "object_id", "person_id", "state")
    return {(kind, about, who): state for kind, about, who, state in found.values_list(*names)}
