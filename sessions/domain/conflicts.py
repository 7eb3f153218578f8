"""Who or what is taken twice at one time: people warn, a room blocks (the database refuses it)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, Value
from django.db.models.query import QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.times import When
from experts.models import Person, User
from sessions.enums import Answer, Duty, Status
from sessions.models import CopSession, DutyHolder, Invitation

ROOM = "room"
INVITED = "invited"
COMING = "coming"
LONGEST = timedelta(days=1)


@dataclass(frozen=True)
class Conflict:
    """One person or room that another session holds at that time.

    `part` is what they do in the other session: a duty, "coming", "invited" or "room". `open`
    says whether the reader may see that session's guests, and thus be told which one it is.
    """

    part: str
    name: str
    person_id: int | None
    session_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    open: bool

    @property
    def blocks(self) -> bool:
        return self.part == ROOM


def of(
    *,
    starts_at: datetime,
    ends_at: datetime,
    people: Collection[int] | QuerySet = (),
    room_id: int | None = None,
    ignore: int | None = None,
    by: User,
) -> list[Conflict]:
    """What clashes with a session in [starts_at, ends_at), by one query, in the order of time.

    `people` are ids of everybody who is to be there: facilitator, interpreter, guests. `ignore`
    is the session itself. Cancelled sessions and invitations declined do not count; instants are
    compared, so a session over midnight clashes on both days.
    """
    seen = CopSession.objects.tells_guests_to(by).filter(pk=OuterRef("session_id"))
    clash = Q(session__in=_overlapping(starts_at, ends_at, ignore))
    invited = Invitation.objects.filter(clash, person__in=people).not_declined()
    rows = _rows(invited.annotate(seen=Exists(seen)), F("answer"))
    duties = DutyHolder.objects.filter(clash, person__in=people)
    rows = rows.union(_rows(duties.annotate(seen=Exists(seen)), F("duty")), all=True)
    if room_id is not None:
        rows = rows.union(_room_rows(room_id, starts_at, ends_at, ignore), all=True)
    return _merged(rows)


def of_session(session: CopSession, *, by: User) -> list[Conflict]:
    """What clashes with a session as it stands, its people found within the same query."""
    return of(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        people=_people_of(session),
        room_id=session.room_id,
        ignore=session.pk,
        by=by,
    )


def warnings(session: CopSession, *, by: User, at: datetime) -> list[str]:
    """Sentences about a session that is still to come, in the reader's zone."""
    if session.status(at) != Status.PLANNED:
        return []
    return sentences(of_session(session, by=by), zone=by.person.zone)


def _people_of(session: CopSession) -> QuerySet:
    """Ids of everybody who has a part in a session, as a condition of another query."""
    invited = session.invitations.not_declined().order_by().values("person_id")
    holders = session.duty_holders.order_by().values("person_id")
    people = Person.objects.filter(Q(pk__in=invited) | Q(pk__in=holders))
    return people.order_by().values("pk")


def sentences(conflicts: Iterable[Conflict], *, zone: str) -> list[str]:
    """What a coordinator reads, in `zone`; one line a person or room and session."""
    return [_sentence(conflict, zone) for conflict in conflicts]


def _sentence(conflict: Conflict, zone: str) -> str:
    when = When(conflict.starts_at, _minutes(conflict), conflict.zone, zone).full_line()
    values = {"name": conflict.name, "title": conflict.title, "when": when}
    if conflict.blocks:
        return _("The room %(name)s is taken by “%(title)s”: %(when)s.") % values
    if not conflict.open:
        return _("%(name)s has another session then: %(when)s.") % values
    return {
        Duty.FACILITATOR: _("%(name)s leads “%(title)s” then: %(when)s."),
        Duty.INTERPRETER: _("%(name)s interprets in “%(title)s” then: %(when)s."),
        Duty.NOTE_TAKER: _("%(name)s takes notes in “%(title)s” then: %(when)s."),
        COMING: _("%(name)s said yes to “%(title)s” then: %(when)s."),
    }.get(conflict.part, _("%(name)s is also invited to “%(title)s”: %(when)s.")) % values


def _minutes(conflict: Conflict) -> int:
    return int((conflict.ends_at - conflict.starts_at).total_seconds() // 60)


def _overlapping(starts_at: datetime, ends_at: datetime, ignore: int | None) -> QuerySet:
    """Sessions in that time: none but a workshop of several days is longer than a day, which
    leaves the database few rows to look at.
    """
    near = Q(starts_at__gt=starts_at - LONGEST) | Q(last_day__isnull=False)
    found = CopSession.objects.not_cancelled().filter(
        near, ~Q(pk=ignore), starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    return found.order_by()


def _rows(found: QuerySet, part: Any) -> QuerySet:
    session = [f"session__{name}" for name in ("title", "starts_at", "ends_at", "zone")]
    named = found.order_by().annotate(part=part)
    return named.values_list("part", "person__name", "person_id", "session_id", *session, "seen")


def _room_rows(
    room_id: int, starts_at: datetime, ends_at: datetime, ignore: int | None
) -> QuerySet:
    taken = _overlapping(starts_at, ends_at, ignore).filter(room_id=room_id)
    named = taken.annotate(
        part=Value(ROOM), nobody=Value(None, output_field=IntegerField()), seen=Value(True)
    )
    return named.values_list(
        "part", "room__name", "nobody", "pk", "title", "starts_at", "ends_at", "zone", "seen"
    )


def _merged(rows: Iterable[tuple[Any, ...]]) -> list[Conflict]:
    """A person with a duty is often invited as well: the duty says more, and one line is enough."""
    found: dict[tuple[int | None, int], Conflict] = {}
    for row in sorted(rows, key=lambda row: _WEIGHT.get(row[0], 0)):
        part = {Answer.YES: COMING, Answer.NONE: INVITED, Answer.MAYBE: INVITED}.get(row[0], row[0])
        found[row[2], row[3]] = Conflict(part, *row[1:])
    return sorted(found.values(), key=lambda c: (not c.blocks, c.starts_at, c.name, c.session_id))


# Heavier words replace lighter ones about the same person and session.
_WEIGHT = {Answer.YES: 1, Duty.NOTE_TAKER: 2, Duty.INTERPRETER: 3, Duty.FACILITATOR: 4}
