"""Reads a raw mail of the demo mailbox for its page."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass

_LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class FullMail:
    """A mail opened: its words, the links in them, and its calendar part."""

    number: int
    to: str
    sender: str
    subject: str
    date: str
    text: str
    links: list[str]
    calendar: str
    calendar_method: str


def full(raw: bytes, number: int) -> FullMail:
    """Everything the page of one mail shows."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    body = mail.get_body(preferencelist=("plain", "html"))
    text = body.get_content() if body else ""
    calendar = next((p for p in mail.walk() if p.get_content_type() == "text/calendar"), None)
    return FullMail(
        number=number,
        to=str(mail["To"] or ""),
        sender=str(mail["From"] or ""),
        subject=str(mail["Subject"] or ""),
        date=str(mail["Date"] or ""),
        text=text,
        links=list(dict.fromkeys(_LINK.findall(text))),
        calendar=calendar.get_content() if calendar else "",
        calendar_method=str(calendar.get_param("method") or "") if calendar else "",
    )
