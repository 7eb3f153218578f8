"""The mails that carry a few words from one member to another."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_words import NAME, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message
from practices.domain.people.mails import person_button
from practices.domain.people.notes import KINDS as NAMES
from practices.enums import NoteKind
from practices.models import Note

_PLACEHOLDERS = (
    NAME,
    Placeholder("sender", gettext_lazy("the name of the person who writes")),
    mail_words.block("words", gettext_lazy("what the person wrote")),
    mail_words.button(
        gettext_lazy("the button that opens the other person's page"), "person_button"
    ),
)

HELLO_WORDS = Words(
    subject=pgettext_lazy("mail", "{sender} says hello"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "{sender} is new in the community and writes to you:"),
        "{words}",
        "{person_button}",
    ),
    placeholders=_PLACEHOLDERS,
)

THANKS_WORDS = Words(
    subject=pgettext_lazy("mail", "{sender} says thank you"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "{sender} thanks you:"),
        "{words}",
        pgettext_lazy(
            "mail", "Only you see this. On your own page you can show it to all members."
        ),
        "{person_button}",
    ),
    placeholders=_PLACEHOLDERS,
)

CONTACT_WORDS = Words(
    subject=pgettext_lazy("mail", "{sender} writes to you about: {title}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "{sender} read what you put up, “{title}”, and writes:"),
        "{words}",
        "{person_button}",
    ),
    placeholders=(
        *_PLACEHOLDERS,
        Placeholder("title", gettext_lazy("what was offered or looked for")),
    ),
)


def _notes() -> QuerySet[Note]:
    return Note.objects.select_related("sender", "receiver", "exchange")


def _holds(_message: Message, _note: Note, _at: datetime) -> bool:
    """What somebody said stays said."""
    return True


def _write(message: Message, note: Note, _at: datetime) -> Mail:
    # Thanks are shown from one's own page; the others lead to the person who wrote.
    thanks = note.kind == NoteKind.THANKS
    page = path("person_detail", note.receiver_id if thanks else note.sender_id)
    values: dict[str, Value] = {
        "name": message.person.name,
        "sender": note.sender.name,
        "words": mail_blocks.quote(note.words),
        "title": note.exchange.words if note.exchange else "",
        "person_button": person_button(page),
    }
    return write(NAMES[NoteKind(note.kind)], values, link=page)


def _kind(kind: NoteKind, label: Promise, words: Words, *, waits: bool) -> MessageKind:
    # Private words: whoever looks at the outbox sees none of them, and whoever edits the mail is
    # shown no example.
    return MessageKind(
        name=NAMES[kind],
        label=label,
        load=message_kinds.by_row(_notes),
        still_true=_holds,
        render=_write,
        topic=Topic.NEWS,
        waits=waits,
        confidential=True,
        words=words,
    )


KINDS = (
    _kind(NoteKind.HELLO, gettext_lazy("Somebody says hello"), HELLO_WORDS, waits=True),
    _kind(NoteKind.THANKS, gettext_lazy("Somebody thanks you"), THANKS_WORDS, waits=False),
    _kind(
        NoteKind.CONTACT,
        gettext_lazy("Somebody answers your offer or need"),
        CONTACT_WORDS,
        waits=True,
    ),
)
