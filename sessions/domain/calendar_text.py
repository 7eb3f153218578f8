"""A session as iCalendar text (RFC 5545, RFC 5546), always built by the library."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from experts.models import Person
from sessions.models import CopSession, Invitation

REQUEST = "REQUEST"
CANCEL = "CANCEL"
_PRODUCT = "-//CoP Platform//Sessions//EN"
# The zone's rules for the days around the session are all a calendar needs (RFC 5545 3.6.5).
_ZONE_WINDOW = timedelta(days=370)


def message(invitation: Invitation, *, method: str, page: str) -> str:
    """The calendar part of a mail to one person.

    One ATTENDEE, the reader; nobody's address reaches anybody else. `page` is the session's full
    address. DTSTAMP is the moment of the last change, so a retried mail is the same text.
    """
    session = invitation.session
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    entry = event(session, page)
    entry.add("organizer", address(settings.DEFAULT_FROM_EMAIL, session.planned_by.name))
    entry.add("attendee", attendee(invitation.person, invitation.answer, method), encode=False)
    if method == CANCEL:
        entry.add("status", "CANCELLED")
    else:
        entry.add("status", "CONFIRMED")
    calendar.add_component(entry)
    add_zones(calendar, session.starts_at, session.starts_at)
    return calendar.to_ical().decode()


def add_zones(calendar: Calendar, first: datetime, last: datetime) -> None:
    """Adds the rules of each zone named, for the years around `first` to `last`."""
    calendar.add_missing_timezones(
        first_date=first.date() - _ZONE_WINDOW, last_date=last.date() + _ZONE_WINDOW
    )


def event(session: CopSession, page: str) -> Event:
    """A session without people; one of a series names its place in it (RECURRENCE-ID)."""
    zone = ZoneInfo(session.zone)
    event = Event()
    event.add("uid", f"{session.calendar_uid}@{settings.MAIL_DOMAIN}")
    if session.series and session.original_start:
        event.add("recurrence-id", session.original_start.astimezone(ZoneInfo(session.series.zone)))
    event.add("sequence", session.sequence)
    event.add("dtstamp", _second(session.changed_at))
    event.add("last-modified", _second(session.changed_at))
    event.add("dtstart", session.starts_at.astimezone(zone))
    event.add("dtend", session.ends_at.astimezone(zone))
    event.add("summary", session.title)
    where = session.place or session.online_link
    if where:
        event.add("location", where)
    text = "\n\n".join(part for part in (session.purpose, session.online_link, page) if part)
    event.add("description", text)
    event.add("url", session.online_link or page)
    if session.online_link:
        event.add("conference", session.online_link, parameters={"VALUE": "URI"})
    return event


def _second(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def address(email: str, name: str) -> vCalAddress:
    """A person in a calendar."""
    address = vCalAddress(f"mailto:{email}")
    # A quotation mark cannot be written inside a parameter (RFC 5545 3.2).
    address.params["CN"] = vText(name.replace('"', "'"))
    return address


_PARTSTAT = {"": "NEEDS-ACTION", "yes": "ACCEPTED", "maybe": "TENTATIVE", "no": "DECLINED"}


def attendee(person: Person, answer: str, method: str) -> vCalAddress:
    """The reader of a message, with the answer given so far."""
    attendee = address(person.email, person.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(_PARTSTAT[answer])
    if method == REQUEST:
        attendee.params["RSVP"] = vText("TRUE")
    return attendee
