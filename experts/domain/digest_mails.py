"""The mail that carries what was gathered for a person."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.utils.translation import get_language_bidi, gettext_lazy, npgettext, pgettext_lazy

from experts.domain import digests, mail_blocks, mail_html, mail_words, mails, message_kinds, wishes
from experts.domain.digests import Gathered, Line
from experts.domain.mail_html import Block
from experts.domain.mail_words import NAME, Placeholder, Words
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message

WORDS = Words(
    subject=pgettext_lazy("mail", "{messages} for you from the community"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "This is what there was for you:"),
        "{news}",
        "{choices_button}",
    ),
    placeholders=(
        NAME,
        Placeholder("messages", gettext_lazy("how many messages there are")),
        mail_words.block("news", gettext_lazy("the messages, by topic"), needed=True),
        mail_words.button(
            gettext_lazy("the button that leads to the choices"), name="choices_button"
        ),
    ),
)
_HEADING = '<h2 style="font-size:16px;margin:20px 0 6px">{}</h2>'
_LINK = '<a href="{}" style="color:#0b5d5e">{}</a>'


def _write(digest: Message, gathered: list[Gathered], at: datetime) -> Mail:
    lines = digests.lines(digest, gathered, at)
    counted = npgettext("mail", "%(n)d message", "%(n)d messages", len(lines))
    choices = wishes.choices_link(digest.person_id)
    label = pgettext_lazy("mail", "Choose what you get and how often")
    return mails.write(
        wishes.DIGEST,
        {
            "name": digest.person.name,
            "messages": counted % {"n": len(lines)},
            "news": mail_blocks.stacked(*_by_topic(lines)),
            "choices_button": mail_blocks.button(choices, str(label)),
        },
    )


def _by_topic(lines: Iterable[Line]) -> list[Block]:
    return [
        _listed(str(topic.label), [_said(line) for line in found])
        for topic, found in groupby(lines, key=lambda line: line.topic)
    ]


def _listed(heading: str, said: list[Block]) -> Block:
    shown = mail_blocks.listed(said)
    return Block(f"{heading}{shown.text}", f"{_HEADING.format(html.escape(heading))}{shown.html}")


def _said(line: Line) -> Block:
    """One message: its subject, which holds what somebody typed, and where it leads."""
    subject = mail_html.inert(line.subject, get_language_bidi())
    if not line.link:
        return Block(subject.text, subject.html)
    link = settings.BASE_URL + line.link
    return Block(f"{subject.text}\n  {link}", _LINK.format(html.escape(link), subject.html))


def register() -> None:
    """Makes the digest known to the outbox."""
    message_kinds.register(
        MessageKind(
            name=wishes.DIGEST,
            label=gettext_lazy("Digest"),
            load=digests.load,
            still_true=digests.has_news,
            render=_write,
            topic=Topic.ACCOUNT,
            waits=True,
            when_sent=digests.close,
            # It may hold nothing but reminders of reviews, and then tells who is late.
            confidential=True,
            words=WORDS,
        )
    )
