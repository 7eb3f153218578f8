"""The registry of message kinds: each app fills in the mails it is the one to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language

from cop_platform.common import confidential
from experts.domain.mail_words import Words
from experts.enums import Topic
from experts.models import Message, User


@dataclass(frozen=True)
class Calendar:
    """A calendar part; `method` stands in the MIME type and inside the text, and must agree."""

    method: str
    text: str


@dataclass(frozen=True)
class File:
    """One more file of a mail."""

    name: str
    text: str
    media_type: str


class Mail(NamedTuple):
    """What a kind writes: a line of subject, text, HTML, perhaps a calendar part and files.

    `reply_to` is the address an answer goes to, the sender's own when empty. `link` is the path of
    the page it is about, for readers who are on the platform.
    """

    subject: str
    text: str
    html: str = ""
    calendar: Calendar | None = None
    reply_to: str = ""
    files: tuple[File, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class Example:
    """A real object a mail could be about, as it would be written to the person who looks at it.

    Nothing of it is stored, and its links open nothing: nobody else's answer hangs on them.
    """

    about: Any
    payload: dict[str, Any]
    said: str


# The database is away; it is nobody's message that is broken.
LOST = (OperationalError, InterfaceError)

# What messages are about, by the key of the message; those whose object is gone are left out.
Load = Callable[[Sequence[Message]], dict[int, Any]]


@dataclass(frozen=True)
class MessageKind:
    """How one kind of message is written.

    `load` finds the objects of many messages at once, `still_true` decides at the last moment
    whether a message still says the truth, `render` writes it in the active language. `topic` is
    what the reader chooses by. A kind that `waits` comes unasked, so it keeps to the reader's
    quiet hours and may be gathered in a digest; any other follows a deed and goes at once. What
    became of a `confidential` one is shown to nobody but the reader: whether it was sent would
    tell what the reader did.
    `when_sent` is called in the transaction that closes a row of this kind as sent.
    `follows` names the kind of mail about the same object that must have reached the person
    before, as nobody is reminded of an invitation that came back.
    `words` are what `render` fills in; a kind without any brings its text along. `example` gives
    the newest object that a user sees, to look at the words with; None where there is none.
    """

    name: str
    label: str | Promise
    load: Load
    still_true: Callable[[Message, Any, datetime], bool]
    render: Callable[[Message, Any, datetime], Mail]
    topic: Topic = Topic.ACCOUNT
    waits: bool = False
    confidential: bool = False
    when_sent: Callable[[Message, datetime], None] | None = None
    follows: str = ""
    words: Words | None = None
    example: Callable[[User, datetime], Example | None] | None = None


def by_row(rows: Callable[[], QuerySet[Any]]) -> Load:
    """Loads the rows that messages name by `object_id`, all in one query."""

    def load(messages: Sequence[Message]) -> dict[int, Any]:
        found = rows().in_bulk({message.object_id for message in messages})
        return {m.pk: found[m.object_id] for m in messages if m.object_id in found}

    return load


def one_by_one(find: Callable[[Message], Any]) -> Load:
    """Loads by a question for each message, for kinds of which few are due at once."""

    def load(messages: Sequence[Message]) -> dict[int, Any]:
        found = {message.pk: find(message) for message in messages}
        return {pk: about for pk, about in found.items() if about is not None}

    return load


_kinds: dict[str, MessageKind] = {}


def read(messages: Sequence[Message]) -> tuple[dict[int, Any], dict[int, Exception]]:
    """What messages of one kind are about, and what kept others from being read, by their keys.

    One that cannot be read does not spoil the others. Raises what says that the database is lost.
    """
    try:
        with transaction.atomic():
            return get(messages[0].kind).load(messages), {}
    except LOST:
        raise
    except Exception as error:
        if len(messages) == 1:
            return {}, {messages[0].pk: error}
    about: dict[int, Any] = {}
    broken: dict[int, Exception] = {}
    for message in messages:
        found, failed = read([message])
        about |= found
        broken |= failed
    return about, broken


def register(kind: MessageKind) -> None:
    """Makes a kind known; called in AppConfig.ready."""
    _kinds[kind.name] = kind
    _label.cache_clear()
    if kind.confidential:
        confidential.add(kind.name)


def get(name: str) -> MessageKind:
    """The kind of that name. Raises KeyError for one that no app registered."""
    return _kinds[name]


def label(name: str) -> str:
    """What a coordinator reads for a kind; the name itself for one no longer known."""
    return _label(name, get_language()) if name in _kinds else name


@lru_cache(maxsize=1000)
def _label(name: str, _language: str | None) -> str:
    return str(_kinds[name].label)


def words(name: str) -> Words:
    """The words a kind came with. Raises KeyError for a kind that is not written in words."""
    found = _kinds[name].words
    if found is None:
        raise KeyError(name)
    return found


def written() -> list[MessageKind]:
    """The kinds with words of their own, in the order they were made known."""
    return [kind for kind in _kinds.values() if kind.words]


def about(topic: Topic) -> list[str]:
    """The kinds of a topic, by name."""
    return [name for name in names() if _kinds[name].topic == topic]


def follows(name: str) -> str:
    """The kind that a kind follows; empty where it stands alone or is not known."""
    return _kinds[name].follows if name in _kinds else ""


def waits(name: str) -> bool:
    """Messages of this kind come unasked; False for a kind that is not known."""
    return name in _kinds and _kinds[name].waits


def names() -> list[str]:
    """All kinds, by name."""
    return sorted(_kinds)


def of_topic(topic: str) -> list[str]:
    """The names of the kinds a topic covers."""
    return sorted(name for name, kind in _kinds.items() if kind.topic == topic)
