"""Answers an invitation as a calendar program does: for the demo's mailbox and for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

from icalendar import Calendar, Event

PRODUCT = "-//Example//Calendar program//EN"
_KEPT = ("UID", "SEQUENCE", "RECURRENCE-ID", "ORGANIZER", "SUMMARY", "DTSTART", "DTEND")


def answer(invitation: bytes, *, partstat: str, at: datetime, comment: str = "") -> bytes:
    """A raw REPLY mail to a raw mail with a REQUEST; `partstat` such as ACCEPTED.

    Raises ValueError for a mail without a calendar entry for one person.
    """
    asked, mail = _asked(invitation)
    return _mail("REPLY", _echo(asked, partstat, at, comment), mail, at)


def propose(invitation: bytes, *, start: datetime, at: datetime, comment: str = "") -> bytes:
    """A raw COUNTER mail that asks for another start, with the same length. Raises ValueError."""
    asked, mail = _asked(invitation)
    event = _echo(asked, "TENTATIVE", at, comment)
    length: timedelta = asked["DTEND"].dt - asked["DTSTART"].dt
    for name, moment in (("DTSTART", start), ("DTEND", start + length)):
        del event[name]
        event.add(name, moment)
    return _mail("COUNTER", event, mail, at)


def _asked(raw: bytes) -> tuple[Any, EmailMessage]:
    mail = message_from_bytes(raw, policy=policy.default)
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            text = part.get_payload(decode=True)
            assert isinstance(text, bytes)
            events = Calendar.from_ical(text.decode()).walk("VEVENT")
            if events and "ATTENDEE" in events[0]:
                return events[0], mail
    raise ValueError("This mail invites nobody.")


def _echo(asked: Any, partstat: str, at: datetime, comment: str) -> Event:
    event: Any = Event()
    for name in _KEPT:
        if name in asked:
            event[name] = asked[name]
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    attendee = asked["ATTENDEE"]
    attendee.params.pop("RSVP", None)
    attendee.params["PARTSTAT"] = partstat
    event.add("attendee", attendee, encode=False)
    if comment:
        event.add("comment", comment)
    return event


def _mail(method: str, event: Any, asked: EmailMessage, at: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    mail = EmailMessage()
    mail["From"] = str(event["ATTENDEE"]).removeprefix("mailto:")
    mail["To"] = str(event["ORGANIZER"]).removeprefix("mailto:")
    mail["Subject"] = f"{method.title()}: {asked['Subject']}"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = make_msgid(domain="calendar.example")
    mail.set_content("This answer was sent by a calendar program.\n")
    text = calendar.to_ical().decode()
    mail.add_alternative(text, subtype="calendar", params={"method": method})
    return mail.as_bytes(policy=policy.SMTP)
