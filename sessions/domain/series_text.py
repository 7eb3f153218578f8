"""A series as iCalendar text: its rule, the days left out, and each date that differs.

The whole has one UID. A date that differs from the rule or was answered differently stands beside
it under its RECURRENCE-ID. RANGE=THISANDFUTURE is never written: programs disagree about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.prop import vRecur

from experts.models import Person
from sessions.domain import calendar_text, reply_address
from sessions.domain.calendar_text import CANCEL, REQUEST
from sessions.domain.recurrence import Occurrence
from sessions.domain.series import slots_of
from sessions.enums import Answer
from sessions.models import CopSession, Invitation, Series

Pages = Callable[[CopSession], str]


@dataclass(frozen=True)
class Reader:
    """Whose calendar it is, and this person's invitations to sessions of the series.

    `whole` is true for somebody asked to the series, false for a guest of single dates. `reply_to`
    is the address that brings this person's answers back.
    """

    person: Person
    invitations: tuple[Invitation, ...]
    whole: bool = True
    reply_to: str = ""

    @property
    def answers(self) -> dict[int, str]:
        return {i.session_id: i.answer for i in self.invitations}


def request(series: Series, sessions: Iterable[CopSession], reader: Reader, pages: Pages) -> str:
    """What a reader's calendar should hold of the series now (METHOD:REQUEST).

    `sessions` are all rows of the series, `pages` gives the full address of one. A guest of single
    dates gets those dates alone.
    """
    answers = reader.answers
    live = {
        session.original_start: session
        for session in sessions
        if session.original_start and session.cancelled_at is None and session.pk in answers
    }
    calendar = calendar_text.empty(REQUEST)
    if reader.whole:
        for entry, answer in _whole(series, live, answers, pages):
            _invite(calendar, entry, series, reader, answer)
    else:
        for session in live.values():
            entry = _one(session, series, pages(session))
            _invite(calendar, entry, series, reader, answers[session.pk])
    return _text(calendar, series)


def cancel(series: Series, model: CopSession, reader: Reader, page: str) -> str:
    """Takes the whole series out of one person's calendar; `model` is any session of it."""
    entry = calendar_text.event(model, page)
    entry.pop("RECURRENCE-ID", None)
    _replace(entry, "SEQUENCE", series.sequence)
    return _cancelled([entry], series, reader)


def cancel_some(
    series: Series, sessions: Iterable[CopSession], reader: Reader, pages: Pages
) -> str:
    """Takes single dates out and leaves every other date alone (RECURRENCE-ID of each)."""
    entries = [_one(session, series, pages(session)) for session in sessions]
    return _cancelled(entries, series, reader)


def _whole(
    series: Series,
    live: dict[datetime, CopSession],
    answers: dict[int, str],
    pages: Pages,
) -> list[tuple[Event, str]]:
    """The master and the dates beside it, each with the reader's answer."""
    slots = slots_of(series)
    kept = [slot for slot in slots if slot.utc in live]
    model = _model(series, [(slot, live[slot.utc]) for slot in kept])
    if model is None:
        return []
    common = _common([answers[live[slot.utc].pk] for slot in kept])
    missing = [slot for slot in slots if slot.utc not in live]
    found = [(_master(series, model, slots[0], missing, pages(model)), common)]
    for slot in kept:
        session = live[slot.utc]
        answer = answers[session.pk]
        if answer != common or slot.note == "second" or _differs(series, session, slot, model):
            entry = _one(session, series, pages(session))
            if slot.note == "second" and session.starts_at == slot.utc:
                _write_in_utc(entry, session)
            found.append((entry, answer))
    return found


def _model(series: Series, pairs: Sequence[tuple[Occurrence, CopSession]]) -> CopSession | None:
    """The session whose words most of the dates share; it speaks for the rule."""
    if not pairs:
        return None
    words = Counter(_words(session) for _slot, session in pairs)
    usual, _n = words.most_common(1)[0]
    return next(session for _slot, session in pairs if _words(session) == usual)


def _words(session: CopSession) -> tuple[str, ...]:
    return (session.title, session.purpose, session.place, session.online_link)


def _common(answers: list[str]) -> str:
    """The answer to all dates, or none where they differ."""
    return answers[0] if len(set(answers)) == 1 else Answer.NONE


def _differs(series: Series, session: CopSession, slot: Occurrence, model: CopSession) -> bool:
    return (
        session.starts_at != slot.utc
        or session.minutes != series.minutes
        or session.last_day is not None
        or _words(session) != _words(model)
    )


def _master(
    series: Series,
    model: CopSession,
    first: Occurrence,
    missing: list[Occurrence],
    page: str,
) -> Event:
    zone = ZoneInfo(series.zone)
    entry = calendar_text.event(model, page)
    entry.pop("RECURRENCE-ID", None)
    start = first.utc.astimezone(zone)
    _replace(entry, "DTSTART", start)
    _replace(entry, "DTEND", (first.utc + timedelta(minutes=series.minutes)).astimezone(zone))
    _replace(entry, "SEQUENCE", series.sequence)
    _replace(entry, "DTSTAMP", series.changed_at.astimezone(UTC).replace(microsecond=0))
    entry.add("rrule", vRecur.from_ical(series.rule))
    if missing:
        entry.add("exdate", [slot.utc.astimezone(zone) for slot in missing])
    return entry


def _one(session: CopSession, series: Series, page: str) -> Event:
    """One date under its RECURRENCE-ID; never older than the rule it belongs to."""
    session.series = series
    entry = calendar_text.event(session, page)
    _replace(entry, "SEQUENCE", max(session.sequence, series.sequence))
    return entry


def _write_in_utc(entry: Event, session: CopSession) -> None:
    """A doubled hour in a zone always means the first one (RFC 5545 3.3.5)."""
    _replace(entry, "DTSTART", session.starts_at.astimezone(UTC))
    _replace(entry, "DTEND", session.ends_at.astimezone(UTC))


def _replace(entry: Event, name: str, value: object) -> None:
    entry.pop(name, None)
    entry.add(name, value)


def _invite(calendar: Calendar, entry: Event, series: Series, reader: Reader, answer: str) -> None:
    _add_people(entry, series, reader, answer, REQUEST)
    entry.add("status", "CONFIRMED")
    calendar.add_component(entry)


def _cancelled(entries: Iterable[Event], series: Series, reader: Reader) -> str:
    calendar = calendar_text.empty(CANCEL)
    for entry in entries:
        _add_people(entry, series, reader, Answer.NONE, CANCEL)
        _replace(entry, "STATUS", "CANCELLED")
        calendar.add_component(entry)
    return _text(calendar, series)


def _add_people(entry: Event, series: Series, reader: Reader, answer: str, method: str) -> None:
    mailbox = reader.reply_to or reply_address.without_token()
    organizer = calendar_text.address(mailbox, series.planned_by.name)
    _replace(entry, "ORGANIZER", organizer)
    entry.add("attendee", calendar_text.attendee(reader.person, answer, method), encode=False)


def _text(calendar: Calendar, series: Series) -> str:
    slots = slots_of(series)
    calendar_text.add_zones(calendar, slots[0].utc.date(), slots[-1].utc.date())
    return calendar.to_ical().decode()
