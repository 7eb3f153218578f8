"""The bell: what reached a person, to be read on the platform too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from experts.domain import message_kinds, wishes
from experts.enums import Cadence, Channel, Topic
from experts.models import Message, Person

# From here on the bell says "99+".
MANY = 100


@dataclass(frozen=True)
class Notice:
    """One message as its reader meets it on the platform; `link` is a path or empty."""

    pk: int
    subject: str
    language: str
    topic: str
    sent_at: datetime
    link: str
    is_unread: bool


def of(person: Person, *, topic: str = "") -> QuerySet[Message]:
    """The messages put before a person, the newest first; of one topic where one is named.

    Account mails hold one-time links and a digest says only what stands here one by one, so both
    are left out, and so are topics the person does not want on the platform.
    """
    chosen = wishes.of([person])[person.pk]
    shown = [
        one
        for one in wishes.CHOSEN_TOPICS
        if chosen.cadence(one, Channel.APP) != Cadence.OFF and topic in {"", one}
    ]
    kinds = [kind for one in shown for kind in message_kinds.about(one)]
    return Message.objects.notices_of(person.pk).filter(kind__in=kinds)


def notices(messages: Iterable[Message]) -> list[Notice]:
    return [
        Notice(
            pk=message.pk,
            subject=message.subject or message_kinds.label(message.kind),
            language=message.language,
            topic=str(Topic(message_kinds.get(message.kind).topic).label),
            sent_at=message.sent_at or message.due_at,
            link=_path(message.link),
            is_unread=message.read_at is None,
        )
        for message in messages
    ]


def _path(link: str) -> str:
    """A page of this platform only, whatever stands in the row."""
    return link if link.startswith("/") and not link.startswith(("//", "/\\")) else ""


def read(person: Person, message_id: int, *, at: datetime) -> str | None:
    """Notes that a person saw one notice; its path. None where it is not one of theirs."""
    found = Message.objects.notices_of(person.pk).filter(pk=message_id).first()
    if found is None:
        return None
    Message.objects.filter(pk=found.pk).unread().update(read_at=at)
    return _path(found.link)


def read_all(person: Person, *, at: datetime) -> int:
    """Notes that a person saw every notice; how many were unread."""
    return Message.objects.notices_of(person.pk).unread().order_by().update(read_at=at)
