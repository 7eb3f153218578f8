"""A raw mail, read for what calendars need: who wrote to which address, and the calendar text."""

from __future__ import annotations

import hashlib
import html
import logging
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses

import nh3

from experts.domain import bounces

logger = logging.getLogger(__name__)

MAX_BYTES = 5_000_000
MAX_WORDS = 5_000
_LONGEST_ID = 300
_SENT_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_CALENDAR_TYPES = ("text/calendar", "application/ics")


@dataclass(frozen=True)
class IncomingMail:
    """What a mail says. `calendar` is None without a calendar part, `words` its plain text.

    `sender` is empty when the mail names none or several. `method` is the one of the MIME type.
    `report` is what a mail server tells of a mail of ours; nothing else of such a mail is read.
    """

    message_id: str
    sender: str = ""
    recipients: tuple[str, ...] = ()
    method: str = ""
    calendar: str | None = None
    words: str = ""
    is_automatic: bool = False
    is_too_large: bool = False
    report: bounces.Report | None = None


def read(raw: bytes) -> IncomingMail:
    """Reads any bytes; what cannot be read is left empty."""
    unnamed = f"<{hashlib.sha256(raw).hexdigest()}@without-message-id>"
    try:
        return _read(raw, unnamed)
    except Exception:  # the standard library raises many kinds on hostile mails
        logger.exception("A mail could not be read.")
        return IncomingMail(message_id=unnamed)


def _read(raw: bytes, unnamed: str) -> IncomingMail:
    too_large = len(raw) > MAX_BYTES
    # The older policy hands headers out as they are; the newer one raises on broken ones.
    if too_large:
        mail: Message = BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:100_000])
    else:
        mail = message_from_bytes(raw, policy=policy.compat32)
    report = None if too_large else bounces.read(mail)
    senders = _addresses(mail, ("From",))
    if report:
        message_id = _message_id(mail, unnamed)
        return IncomingMail(message_id, sender=next(iter(senders), ""), report=report)
    part = None if too_large else _calendar_part(mail)
    return IncomingMail(
        message_id=_message_id(mail, unnamed),
        sender=senders[0] if len(senders) == 1 else "",
        recipients=tuple(_addresses(mail, _SENT_TO)),
        method=str(part.get_param("method") or "").upper()[:20] if part else "",
        calendar=_text(part) if part else None,
        words="" if too_large or part else _words(mail),
        is_automatic=_is_automatic(mail),
        is_too_large=too_large,
    )


def _message_id(mail: Message, unnamed: str) -> str:
    found = "".join(str(mail.get("Message-ID") or "").split())
    found = found.encode("ascii", "replace").decode().replace("\x00", "")
    return found if 0 < len(found) <= _LONGEST_ID else unnamed


def _addresses(mail: Message, headers: tuple[str, ...]) -> list[str]:
    values = [str(value) for name in headers for value in mail.get_all(name, [])]
    found = [address.strip().lower() for _name, address in getaddresses(values)]
    tidy = [a.encode("utf-8", "replace").decode().replace("\x00", "") for a in found if "@" in a]
    return [address[:254] for address in dict.fromkeys(tidy)]


def _calendar_part(mail: Message) -> Message | None:
    """The calendar inside the mail's alternatives, else the one attached."""
    parts = [part for part in mail.walk() if part.get_content_type() in _CALENDAR_TYPES]
    with_method = [part for part in parts if part.get_param("method")]
    return next(iter([*with_method, *parts]), None) or _attached(mail)


def _attached(mail: Message) -> Message | None:
    """Some gateways send the attachment as mere bytes; its name still says what it is."""
    for part in mail.walk():
        name = part.get_filename()
        if name and name.lower().endswith(".ics") and not part.is_multipart():
            return part
    return None


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    try:
        text = raw.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _words(mail: Message) -> str:
    texts = {part.get_content_type(): part for part in reversed(list(mail.walk()))}
    if "text/plain" in texts:
        return _text(texts["text/plain"]).strip()[:MAX_WORDS]
    if "text/html" in texts:
        bare = nh3.clean(_text(texts["text/html"]), tags=set())
        return html.unescape(bare).strip()[:MAX_WORDS]
    return ""


def _is_automatic(mail: Message) -> bool:
    submitted = str(mail.get("Auto-Submitted") or "no").strip().lower()
    bulk = str(mail.get("Precedence") or "").strip().lower()
    return submitted != "no" or bulk in {"bulk", "junk", "auto_reply", "list"}
