"""Which messages the outbox shows: by state, kind, topic, person, country, day and subject.

What a message is about belongs to upper rooms; they add their scopes in AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from cop_platform.common.times import to_utc
from experts.domain import message_kinds
from experts.enums import MessageState
from experts.models import Country, Message, Person, User

ANSWERED, DELIVERED = "answered", "delivered"
NEWEST, OLDEST, BY_NAME = "", "oldest", "name"
_ORDERS = {
    NEWEST: ("-due_at", "-pk"),
    OLDEST: ("due_at", "pk"),
    BY_NAME: ("person__name", "-due_at", "-pk"),
}


@dataclass(frozen=True)
class Scope:
    """The messages about one object: its name for the page's title and the condition."""

    label: str
    condition: Q


# The scope of an object of that key, or None where this person may not see its mails.
FindScope = Callable[[User, int], Scope | None]
_scopes: dict[str, FindScope] = {}


def register_scope(name: str, find: FindScope) -> None:
    """Adds a way to narrow the outbox to one object, under the name of its parameter."""
    _scopes[name] = find


def scope(name: str, user: User, key: int) -> Scope | None:
    """The messages about one object; None for what is foreign, missing or of no known name."""
    return _scopes[name](user, key) if name in _scopes else None


@dataclass(frozen=True)
class Wanted:
    """What the outbox is narrowed to; days are of the reader's clock, both included."""

    state: str = ""
    kind: str = ""
    topic: str = ""
    q: str = ""
    country: Country | None = None
    person: Person | None = None
    since: date | None = None
    until: date | None = None
    sort: str = NEWEST


def find(
    messages: QuerySet[Message], wanted: Wanted, *, about: Scope | None, zone: str
) -> QuerySet[Message]:
    """The messages that fit, in the order asked for."""
    condition = about.condition if about else Q()
    for part in _conditions(wanted, zone):
        condition &= part
    return messages.filter(condition).order_by(*_ORDERS[wanted.sort])


def _conditions(wanted: Wanted, zone: str) -> Iterator[Q]:
    if wanted.state:
        yield _in_state(wanted.state)
    if wanted.kind:
        yield Q(kind=wanted.kind)
    if wanted.topic:
        yield Q(kind__in=message_kinds.of_topic(wanted.topic))
    if wanted.since:
        yield Q(due_at__gte=_begin(wanted.since, zone))
    if wanted.until:
        yield Q(due_at__lt=_begin(wanted.until + timedelta(days=1), zone))
    yield from _whose(wanted)


def _whose(wanted: Wanted) -> Iterator[Q]:
    if wanted.q:
        yield Q(person__name__icontains=wanted.q)
    if wanted.country:
        yield Q(person__country=wanted.country)
    if wanted.person:
        yield Q(person=wanted.person)


def _in_state(state: str) -> Q:
    """The states a page shows; each message is in one of them."""
    if state == ANSWERED:
        return Q(state=MessageState.SENT, answered_at__isnull=False)
    if state == DELIVERED:
        return Q(state=MessageState.SENT, answered_at=None, delivered_at__isnull=False)
    if state == MessageState.SENT:
        return Q(state=state, answered_at=None, delivered_at=None)
    return Q(state=state)


def _begin(day: date, zone: str) -> datetime:
    return to_utc(datetime.combine(day, time()), zone, fold=0)
