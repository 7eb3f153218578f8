"""Mails of a kind of their own: all that is special about one is what a test asks for."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from experts.domain import message_kinds, outbox
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, Person
from tests import factories as make

_numbers = count(1)


def kind(name: str = "test_news", **more: Any) -> MessageKind:
    """A kind whose mail greets the person it is about; registered under its name."""
    made = MessageKind(
        **{
            "name": name,
            "label": "News",
            "load": message_kinds.by_row(Person.objects.all),
            "still_true": lambda _m, _p, _at: True,
            "render": lambda _m, p, _at: Mail("News", f"Hello {p.name}", "<body>Hi</body>"),
            "topic": Topic.NEWS,
        }
        | more
        | {"name": name}
    )
    message_kinds.register(made)
    return made


def due(
    person: Person, *, of: str = "", at: datetime = make.NOW, about: int = 0, **more: Any
) -> Message:
    """A message that is due at `at`, about the person where nothing else is named."""
    key = f"test:{next(_numbers)}"
    outbox.plan(
        kind=of or kind().name,
        object_id=about or person.pk,
        person=person,
        due_at=at,
        key=key,
        at=make.NOW,
        **more,
    )
    return Message.objects.get(key=key)
