"""A session as iCalendar text (RFC 5545, 5546, 7986), always built by the library.

Times carry the session's own zone with its rules beside it, never a floating time; an all-day
workshop carries dates, whose end is the day after the last (RFC 5545 3.6.1).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from experts.models import Person
from sessions.domain import reply_address, zone_rules
from sessions.models import CopSession, Invitation

PUBLISH = "PUBLISH"
REQUEST = "REQUEST"
CANCEL = "CANCEL"
DECLINECOUNTER = "DECLINECOUNTER"
_PRODUCT = "-//CoP Platform//Sessions//EN"
# The zone's rules for the days around the session are all a calendar needs (RFC 5545 3.6.5).
_ZONE_WINDOW = timedelta(days=370)
_PARTSTAT = {"": "NEEDS-ACTION", "yes": "ACCEPTED", "maybe": "TENTATIVE", "no": "DECLINED"}


def message(
    invitation: Invitation, *, method: str, page: str, stamp: datetime | None = None
) -> str:
    """The calendar part of a mail to one person.

    One ATTENDEE, the reader; nobody's address reaches anybody else. `page` is the session's full
    address. DTSTAMP is the moment of the last change, or `stamp`, so a retried mail is the same
    text. The ORGANIZER is the address that brings this person's answer back.
    """
    session = invitation.session
    calendar = empty(method)
    found = event(session, page)
    newest = stamp or max(session.changed_at, invitation.invited_at)
    found.DTSTAMP = _second(newest)
    organizer = reply_address.of_invitation(invitation)
    found.add("organizer", address(organizer, session.planned_by.name))
    found.add("attendee", attendee(invitation.person, invitation.answer, method), encode=False)
    found.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    calendar.add_component(found)
    add_zones(calendar, session.starts_at.date(), session.ends_at.date())
    return calendar.to_ical().decode()


def empty(method: str) -> Calendar:
    """A calendar object of ours with nothing in it yet."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def uid(session: CopSession) -> str:
    """The UID of a session in every mail and feed, for good; one for a whole series."""
    return f"{session.calendar_uid}@{settings.MAIL_DOMAIN}"


def event(session: CopSession, page: str) -> Event:
    """The session as VEVENT, without organiser, attendee and status, which the method decides.

    A session of a series names its place in it and holds no rule.
    """
    found = outline(session)
    where = ", ".join(part for part in (session.place, session.online_link) if part)
    if where:
        found.add("location", where)
    text = "\n\n".join(part for part in (session.purpose, session.online_link, page) if part)
    found.add("description", text)
    found.add("url", session.online_link or page)
    if session.online_link:
        parameters = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": _("Join online")}
        found.add("conference", session.online_link, parameters=parameters)
    return found


def outline(session: CopSession) -> Event:
    """What everybody may know of a session: its name in calendars, title and time."""
    found = Event()
    found.add("uid", uid(session))
    found.add("sequence", session.sequence)
    found.add("dtstamp", _second(session.changed_at))
    found.add("created", _second(session.planned_at))
    found.add("last-modified", _second(session.changed_at))
    if session.series and session.original_start:
        found.add("recurrence-id", session.original_start.astimezone(ZoneInfo(session.series.zone)))
    if session.shown_days:
        first, last = session.shown_days
        found.add("dtstart", first)
        found.add("dtend", last + timedelta(days=1))
    else:
        zone = ZoneInfo(session.zone)
        found.add("dtstart", session.starts_at.astimezone(zone))
        found.add("dtend", session.ends_at.astimezone(zone))
    found.add("summary", session.title)
    return found


def add_zones(calendar: Calendar, first: date, last: date) -> None:
    """Adds the rules of every zone the calendar names, for the days from `first` to `last`."""
    for name in sorted(calendar.get_missing_tzids(), reverse=True):
        rules = zone_rules.between(name, first - _ZONE_WINDOW, last + _ZONE_WINDOW)
        calendar.subcomponents.insert(0, rules)


def _second(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def address(email: str, name: str) -> vCalAddress:
    """A calendar user, by address and name."""
    user = vCalAddress(f"mailto:{email}")
    # A quotation mark cannot be written inside a parameter (RFC 5545 3.2).
    user.params["CN"] = vText(name.replace('"', "'"))
    return user


def attendee(person: Person, answer: str, method: str) -> vCalAddress:
    """The reader as ATTENDEE with the answer known so far; a REQUEST asks for one."""
    user = address(person.email, person.name)
    user.params["ROLE"] = vText("REQ-PARTICIPANT")
    user.params["PARTSTAT"] = vText(_PARTSTAT[answer])
    if method == REQUEST:
        user.params["RSVP"] = vText("TRUE")
    return user
