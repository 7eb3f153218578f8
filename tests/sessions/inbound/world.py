"""Small worlds and words the tests beside this file share."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes, policy

from icalendar import Calendar

from cop_platform import calendar_program
from sessions.domain import (
    inbound,
)
from sessions.models import InboundMail, Invitation
from tests import factories as make

LATER = make.NOW + timedelta(hours=1)


def reply(raw: bytes, partstat: str = "ACCEPTED", at: datetime = LATER, **more) -> bytes:
    return calendar_program.answer(raw, partstat=partstat, at=at, **more)


def swapped(raw: bytes, *pairs: tuple[str, str]) -> bytes:
    """A raw mail with some of its words replaced, in its calendar text too."""
    mail = message_from_bytes(raw, policy=policy.default)
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    text = part.get_content().replace("\r\n ", "")
    for old, new in pairs:
        text = text.replace(old, new)
        for header in ("From", "To", "Message-ID"):
            value = str(mail[header]).replace(old, new)
            del mail[header]
            mail[header] = value
    part.set_content(text, subtype="calendar", params={"method": part.get_param("method")})
    return mail.as_bytes(policy=policy.SMTP)


def received(raw: bytes, at: datetime = LATER) -> InboundMail:
    return inbound.receive(raw, at=at)


def answer_of(session) -> str:
    return Invitation.objects.get(session=session).answer


def counter(raw: bytes, start: datetime, at: datetime = LATER, **more) -> bytes:
    return calendar_program.propose(raw, start=start, at=at, **more)


def calendar_part(mail):
    return next(p for p in mail.walk() if p.get_content_type() == "text/calendar")


def event(mail):
    return Calendar.from_ical(calendar_part(mail).get_content()).walk("VEVENT")[0]


def method(mail) -> str:
    return calendar_part(mail)["Content-Type"].params["method"]
