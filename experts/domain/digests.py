"""Messages that a person wants gathered: kept until the next digest carries them."""

from __future__ import annotations

from datetime import datetime

from experts.domain.wishes import Decision
from experts.enums import MessageState
from experts.models import Message


def gather(message: Message, decision: Decision, at: datetime) -> None:
    """Keeps a due message for the digest of `decision.due_at`."""
    planned = Message.objects.planned().filter(pk=message.pk)
    planned.update(state=MessageState.GATHERED, due_at=decision.due_at or at, lease_until=None)
