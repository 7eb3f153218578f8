"""A mail as the mail server takes it: headers, parts, and the way out of mails of its topic."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email.utils import formatdate, parseaddr
from functools import cache, lru_cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address

from experts.domain import mail_words, mime, wishes
from experts.domain.delivering import Parcel
from experts.domain.message_kinds import Mail, MessageKind
from experts.domain.mime import Attachment, Text
from experts.models import Message


def compose(message: Message, content: Mail, kind: MessageKind) -> Parcel:
    """The mail with its bytes. Raises ValueError or a kin of it for one that cannot be written.

    Every mail about a topic that a person chooses ends with the link that ends such mails, and
    carries it in its headers, where mail programs show it as a button (RFC 8058).
    """
    way_out = wishes.way_out(message, kind)
    content = mail_words.finish(content, way_out, mail_words.spoken(message.language))
    own = _headers(message, way_out)
    recipient = _in_ascii(message.person.email)
    headers = [
        ("Subject", content.subject),
        ("From", settings.DEFAULT_FROM_EMAIL),
        ("To", recipient),
        *([("Reply-To", content.reply_to)] if content.reply_to else ()),
        ("Date", _date(int(time.time()))),
        *own.items(),
    ]
    return Parcel(
        sender=_envelope(settings.DEFAULT_FROM_EMAIL),
        recipient=recipient,
        content=mime.written(headers, list(_texts(content)), list(_attachments(content))),
        as_object=lambda: _as_object(message, content, own),
    )


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    # Hundreds of mails are written in one second.
    return formatdate(second, localtime=settings.EMAIL_USE_LOCALTIME)


def _texts(content: Mail) -> Iterator[Text]:
    yield Text("text/plain", content.text)
    if content.html:
        yield Text("text/html", content.html)
    if content.calendar:
        # One value feeds both types and stands inside the text (RFC 6047 2.4).
        yield Text(f"text/calendar; method={content.calendar.method}", content.calendar.text)


def _attachments(content: Mail) -> Iterator[Attachment]:
    if content.calendar:
        media_type = f"application/ics; method={content.calendar.method}"
        yield Attachment("invite.ics", media_type, content.calendar.text.encode())
    for file in content.files:
        yield Attachment(file.name, file.media_type, file.text.encode())


def _as_object(message: Message, content: Mail, own: dict[str, str]) -> EmailMultiAlternatives:
    """The same mail for backends that know no SMTP conversation, such as a provider's."""
    mail = EmailMultiAlternatives(
        subject=content.subject,
        to=[message.person.email],
        reply_to=[content.reply_to] if content.reply_to else None,
        headers=own,
    )
    first, *others = _texts(content)
    mail.body = first.words
    for text in others:
        mail.attach_alternative(text.words, text.media_type)
    for file in _attachments(content):
        mail.attach(file.name, file.content, file.media_type)
    # Providers' backends keep it beside the mail and name it when they tell what became of it.
    mail.metadata = {"message_id": message.message_id}  # type: ignore[attr-defined]
    return mail


def _in_ascii(address: str) -> str:
    """An address as mail servers know it: its domain, where it has other letters, in punycode."""
    return address if address.isascii() else sanitize_address(address, settings.DEFAULT_CHARSET)


@cache
def _envelope(address: str) -> str:
    """The address of the envelope: without a name, in ASCII."""
    return parseaddr(sanitize_address(address, settings.DEFAULT_CHARSET))[1]


def _headers(message: Message, way_out: str) -> dict[str, str]:
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if way_out:
        headers["List-Unsubscribe"] = f"<{way_out}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
