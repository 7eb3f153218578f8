"""Sessions out of somebody else's calendar file: looked at first, created on confirmation.

A foreign UID becomes the session's own by a fixed rule (UUID version 5), so that the same entry is
recognised whenever it comes again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from icalendar import Event

from cop_platform.common.refusals import NotPossible
from cop_platform.common.text import MAX_LINE, MAX_TEXT, UnusableText, tidy
from cop_platform.common.times import When, to_utc, to_wall, zone_names
from experts.domain import audit
from experts.models import CommunityOfPractice, User
from sessions.domain import calendar_reading as reading
from sessions.domain import foreign_rules, planning
from sessions.domain.planning import SessionPlan
from sessions.enums import Mode
from sessions.models import CopSession

MAX_SESSIONS = 500
_SHORTEST, _LONGEST = timedelta(minutes=5), timedelta(days=1)
_is_link = URLValidator(schemes=["http", "https"])


class NothingToImport(NotPossible):
    """The file holds nothing that could become a session."""


@dataclass(frozen=True)
class Occurrence:
    """One session to be: its key for good, its start in `zone`, its length."""

    uid: uuid.UUID
    starts_at: datetime
    zone: str
    minutes: int


@dataclass(frozen=True)
class ImportRow:
    """An event of the file: what it becomes, or the sentence why it does not."""

    title: str
    occurrences: list[Occurrence] = field(default_factory=list)
    purpose: str = ""
    place: str = ""
    link: str = ""
    problem: str = ""
    is_known: bool = False

    @property
    def is_good(self) -> bool:
        return not self.problem and not self.is_known


@dataclass(frozen=True)
class PreviewLine:
    """A row as the page shows it, in its own zone and the reader's."""

    row: ImportRow
    when: When | None
    last: When | None


def preview(text: str, *, cop: CommunityOfPractice, user: User) -> list[PreviewLine]:
    """What a file would bring; nothing is written. Raises Unreadable for a file as a whole."""
    return [_line(row, user) for row in _rows(text, cop)]


def _line(row: ImportRow, user: User) -> PreviewLine:
    def when(occurrence: Occurrence) -> When:
        zone = user.person.zone
        return When(occurrence.starts_at, occurrence.minutes, occurrence.zone, zone)

    if not row.occurrences:
        return PreviewLine(row, None, None)
    first, last = row.occurrences[0], row.occurrences[-1]
    return PreviewLine(row, when(first), when(last) if last is not first else None)


@transaction.atomic
def run(
    text: str, *, cop: CommunityOfPractice, kind: str, by: User, at: datetime
) -> list[CopSession]:
    """Creates the sessions of every row without a problem, all or none of them.

    Nobody is invited. Raises Unreadable, NothingToImport, Refused.
    """
    rows = [row for row in _rows(text, cop) if row.is_good]
    planned = [(row, occurrence) for row in rows for occurrence in row.occurrences]
    if not planned:
        raise NothingToImport(_("There is nothing in this file that could be imported."))
    if len(planned) > MAX_SESSIONS:
        raise NothingToImport(
            _("The file would make more than %(limit)d sessions. Split it.")
            % {"limit": MAX_SESSIONS}
        )
    made = []
    try:
        with transaction.atomic():
            for row, occurrence in planned:
                made.append(_create(row, occurrence, cop, kind, by, at))
    except IntegrityError as error:
        raise NothingToImport(_("Somebody imported the same file just now.")) from error
    audit.record(deed="calendar imported", about=cop, by=by, at=at, sessions=len(made))
    return made


def _create(
    row: ImportRow,
    occurrence: Occurrence,
    cop: CommunityOfPractice,
    kind: str,
    by: User,
    at: datetime,
) -> CopSession:
    wall = to_wall(occurrence.starts_at, occurrence.zone)
    fold = int(to_utc(wall, occurrence.zone, fold=0) != occurrence.starts_at)
    plan = SessionPlan(
        title=row.title,
        kind=kind,
        mode=_mode(row),
        host_cops=(cop,),
        day=wall.date(),
        clock=wall.time(),
        zone=occurrence.zone,
        minutes=occurrence.minutes,
        purpose=row.purpose,
        place=row.place,
        online_link=row.link,
        fold=fold,
    )
    session = planning.plan_session(plan=plan, by=by, at=at)
    session.uid = occurrence.uid
    session.save(update_fields=["uid"])
    return session


def _mode(row: ImportRow) -> Mode:
    if row.place:
        return Mode.HYBRID if row.link else Mode.ONSITE
    return Mode.ONLINE


def _rows(text: str, cop: CommunityOfPractice) -> list[ImportRow]:
    events = reading.events(reading.read(text))
    home = cop.country.zone if cop.country else "UTC"
    rows = [_row(event, changes, home) for event, changes in _with_changes(events)]
    keys = [occurrence.uid for row in rows for occurrence in row.occurrences]
    known = set(CopSession.objects.filter(uid__in=keys).values_list("uid", flat=True))
    seen: set[uuid.UUID] = set()
    return [_marked(row, known, seen) for row in rows]


def _marked(row: ImportRow, known: set[uuid.UUID], seen: set[uuid.UUID]) -> ImportRow:
    """The row without what is here already, or stands twice in the file."""
    new = [o for o in row.occurrences if o.uid not in known and o.uid not in seen]
    seen.update(o.uid for o in row.occurrences)
    if row.occurrences and not new:
        return ImportRow(row.title, row.occurrences, is_known=True)
    return ImportRow(row.title, new, row.purpose, row.place, row.link, row.problem)


def _with_changes(events: list[Event]) -> Iterator[tuple[Event, list[Event]]]:
    """Each event with the changed dates of its rule (RECURRENCE-ID under the same UID)."""
    masters: dict[str, list[Event]] = {}
    for event in events:
        if "RECURRENCE-ID" not in event and "RRULE" in event:
            masters.setdefault(reading.line(event, "UID"), [])
    for event in events:
        if "RECURRENCE-ID" in event and reading.line(event, "UID") in masters:
            masters[reading.line(event, "UID")].append(event)
    for event in events:
        name = reading.line(event, "UID")
        if "RECURRENCE-ID" in event and name in masters:
            continue
        yield event, masters.get(name, []) if "RRULE" in event else []


def _row(event: Event, changes: list[Event], home: str) -> ImportRow:
    title = reading.line(event, "SUMMARY", MAX_LINE)
    try:
        if not title:
            raise reading.Unreadable(_("It has no title."))
        if reading.line(event, "STATUS").upper() == "CANCELLED":
            raise reading.Unreadable(_("It is cancelled."))
        occurrences = list(_occurrences(event, changes, home))
    except reading.Unreadable as error:
        return ImportRow(title or _("(no title)"), problem=str(error))
    place, link = _where(event)
    return ImportRow(title, occurrences, _purpose(event), place, link)


def _occurrences(event: Event, changes: list[Event], home: str) -> Iterator[Occurrence]:
    start, end = reading.span(event)
    length = _length(start, end)
    changed = foreign_rules.by_place(changes)
    uid = reading.line(event, "UID")
    for place in foreign_rules.expand(event, start, limit=MAX_SESSIONS):
        instant, minutes = place, length
        if place in changed:
            change = changed[place]
            if reading.line(change, "STATUS").upper() == "CANCELLED":
                continue
            new_start, new_end = reading.span(change)
            instant, minutes = new_start.astimezone(UTC), _length(new_start, new_end)
        key = _key(uid, place if "RRULE" in event or "RDATE" in event else None, event)
        yield Occurrence(key, instant, _zone(start, home), minutes)


def _length(start: datetime, end: datetime) -> int:
    length = end.astimezone(UTC) - start.astimezone(UTC)
    if not _SHORTEST <= length <= _LONGEST:
        raise reading.Unreadable(_("It lasts less than 5 minutes or more than a day."))
    return int(length.total_seconds()) // 60


def _zone(start: datetime, home: str) -> str:
    """The event's zone where a person could choose it too, else the community's own."""
    name = reading.zone_of(start)
    return name if name in zone_names() and name != "UTC" else home


def _key(uid: str, place: datetime | None, event: Event) -> uuid.UUID:
    own = _own_uid(uid)
    if own and place is None:
        return own
    if place is None and "RECURRENCE-ID" in event:
        uid += reading.line(event, "RECURRENCE-ID")
    # An entry without a UID is told apart by what it says.
    name = uid or event.to_ical().decode("utf-8", "replace")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{name}\n{place.isoformat() if place else ''}")


def _own_uid(uid: str) -> uuid.UUID | None:
    """The key of a session that left this platform and comes back."""
    try:
        return uuid.UUID(uid.rpartition("@")[0])
    except ValueError:
        return None


def _where(event: Event) -> tuple[str, str]:
    """Place and link, wherever the program wrote them."""
    place = reading.line(event, "LOCATION", MAX_LINE)
    candidates = [reading.line(event, name, 600) for name in ("CONFERENCE", "URL")]
    link = next((text for text in [place, *candidates] if _is_usable(text)), "")
    return ("" if place == link else place), link


def _is_usable(link: str) -> bool:
    try:
        _is_link(link)
    except ValidationError:
        return False
    return len(link) <= 500


def _purpose(event: Event) -> str:
    value = event.get("DESCRIPTION")
    try:
        return tidy(str(value), multiline=True)[:MAX_TEXT] if isinstance(value, str) else ""
    except UnusableText:
        return ""
