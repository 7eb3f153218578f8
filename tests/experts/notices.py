"""Notices as they stand behind a person's bell."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from experts.domain import outbox
from experts.enums import MessageState
from experts.models import Message, Person
from tests import factories as make

_numbers = count(1)


def notice(
    person: Person,
    *,
    kind: str = "session_invitation",
    subject: str = "You are invited",
    link: str = "/sessions/",
    read_at: datetime | None = None,
    **more: object,
) -> Message:
    """A message that reached a person, each a minute later than the one before."""
    number = next(_numbers)
    outbox.plan(
        kind=kind, object_id=1, person=person, due_at=make.NOW, key=f"notice:{number}", at=make.NOW
    )
    rows = Message.objects.filter(key=f"notice:{number}")
    values = {"sent_at": make.NOW + timedelta(minutes=number), "state": MessageState.SENT}
    rows.update(subject=subject, link=link, read_at=read_at, **values | more)
    return rows.get()
