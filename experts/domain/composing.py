"""A mail as the mail server takes it: headers, parts, and the way out of mails of its topic."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from email.message import Message as Part
from email.utils import parseaddr
from functools import cache
from typing import cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address

from experts.domain import mail_words, wishes
from experts.domain.delivering import Parcel
from experts.domain.message_kinds import Mail, MessageKind
from experts.models import Message

_LINE_END = re.compile(rb"\r\n|\r|\n")


def compose(message: Message, content: Mail, kind: MessageKind) -> Parcel:
    """The mail with its bytes. Raises ValueError or a kin of it for one that cannot be written.

    Every mail about a topic that a person chooses ends with the link that ends such mails, and
    carries it in its headers, where mail programs show it as a button (RFC 8058).
    """
    way_out = wishes.way_out(message, kind)
    content = mail_words.finish(content, way_out)
    mail = EmailMultiAlternatives(
        subject=content.subject,
        body=content.text,
        to=[message.person.email],
        reply_to=[content.reply_to] if content.reply_to else None,
        headers=_headers(message, way_out),
    )
    if content.html:
        mail.attach_alternative(content.html, "text/html")
    if content.calendar:
        # One value feeds both types and stands inside the text (RFC 6047 2.4).
        method = content.calendar.method
        mail.attach_alternative(content.calendar.text, f"text/calendar; method={method}")
        mail.attach("invite.ics", content.calendar.text, f"application/ics; method={method}")
    for file in content.files:
        mail.attach(file.name, file.text, file.media_type)
    # Providers' backends keep it beside the mail and name it when they tell what became of it.
    mail.metadata = {"message_id": message.message_id}  # type: ignore[attr-defined]
    return _parcel(mail)


def _parcel(mail: EmailMultiAlternatives) -> Parcel:
    message = mail.message()
    sender = _envelope(mail.from_email, mail.encoding or settings.DEFAULT_CHARSET)
    return Parcel(sender, str(message["To"]), b"\r\n".join(_lines(message)), mail)


@cache
def _envelope(address: str, encoding: str) -> str:
    """The address of the envelope: without a name, in ASCII."""
    return parseaddr(sanitize_address(address, encoding))[1]


def _lines(part: Part) -> Iterator[bytes]:
    """The lines of a message, several at once where that is quicker.

    The standard library folds each header anew, which takes longer than everything else about a
    mail. Django has checked, encoded and folded them already.
    """
    boundary = ""
    for name, value in part.items():
        if part.is_multipart() and name == "Content-Type":
            boundary = uuid.uuid4().hex
            yield f'{name}: {value}; boundary="{boundary}"'.encode("ascii")
        else:
            yield _LINE_END.sub(b"\r\n", f"{name}: {value}".encode("ascii"))
    yield b""
    payload = part.get_payload()
    if not isinstance(payload, list):
        yield _LINE_END.sub(b"\r\n", str(payload).encode("utf-8", "replace"))
        return
    for inner in payload:
        yield f"--{boundary}".encode()
        yield from _lines(cast(Part, inner))
    yield f"--{boundary}--".encode()
    yield b""


def _headers(message: Message, way_out: str) -> dict[str, str]:
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if way_out:
        headers["List-Unsubscribe"] = f"<{way_out}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
