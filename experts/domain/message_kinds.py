"""The registry of message kinds: each app fills in the mails it is the one to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from experts.models import Message


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


@dataclass(frozen=True)
class Mail:
    """What a kind writes: a line of subject, text, HTML, perhaps a calendar part and files.

    `reply_to` is the address an answer goes to, the sender's own when empty.
    """

    subject: str
    text: str
    html: str = ""
    calendar: Calendar | None = None
    reply_to: str = ""
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class MessageKind:
    """How one kind of message is written.

    `load` finds the object (None: it is gone), `still_true` decides at the last moment whether
    the message still says the truth, `render` writes it in the active language.
    """

    name: str
    label: str | Promise
    load: Callable[[Message], Any]
    still_true: Callable[[Message, Any, datetime], bool]
    render: Callable[[Message, Any, datetime], Mail]


_kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> None:
    """Makes a kind known; called in AppConfig.ready."""
    _kinds[kind.name] = kind


def get(name: str) -> MessageKind:
    """The kind of that name. Raises KeyError for one that no app registered."""
    return _kinds[name]


def label(name: str) -> str:
    """What a coordinator reads for a kind; the name itself for one no longer known."""
    return str(_kinds[name].label) if name in _kinds else name


def names() -> list[str]:
    """All kinds, by name."""
    return sorted(_kinds)
